using System.Globalization;
using Microsoft.Extensions.Configuration;
using NCrontab;

namespace Telephony.LocalRuntime.Timers;

/// <summary>When a timer is due: six NCRONTAB fields in UTC, seconds first, or a constant interval.</summary>
sealed class TimerSchedule
{
    static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    readonly string text;
    readonly Func<DateTime, DateTime> next;

    TimerSchedule(string text, Func<DateTime, DateTime> next, bool isFrequent) =>
        (this.text, this.next, IsFrequent) = (text, next, isFrequent);

    /// <summary>Due more than once a minute; the host then remembers nothing, whatever the trigger says.</summary>
    public bool IsFrequent { get; }

    /// <param name="expression">A schedule, or %names% of settings that have it.</param>
    /// <param name="settings">Where such names are looked up.</param>
    /// <exception cref="FormatException">No schedule that this host knows; the message says why.</exception>
    public static TimerSchedule Parse(string expression, IConfiguration settings)
    {
        var text = LocalSettings.Resolve(expression, settings, "its schedule");
        var schedule = Interval(text) ?? Fields(text) ?? throw new FormatException(
            $"'{text}' is no schedule: it takes six fields, seconds first, or an interval such as 00:05:00");
        return schedule.next(DateTime.UnixEpoch) == DateTime.MaxValue
            ? throw new FormatException($"the schedule '{text}' never comes")
            : schedule;
    }

    /// <summary>The first occurrence after a time.</summary>
    public DateTimeOffset After(DateTimeOffset time) => new(next(time.UtcDateTime), TimeSpan.Zero);

    public override string ToString() => text;

    static TimerSchedule? Interval(string text) =>
        // Without a colon it would be a number of days, which nobody who writes 5 expects.
        text.Contains(':', StringComparison.Ordinal)
        && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval)
        && interval > TimeSpan.Zero
            ? new(text, time => time + interval, interval < TimeSpan.FromMinutes(1))
            : null;

    static TimerSchedule? Fields(string text) =>
        CrontabSchedule.TryParse(text, WithSeconds) is { } fields
            ? new(text, fields.GetNextOccurrence, IsEverySoManySeconds(fields))
            : null;

    /// <summary>Only the seconds are restricted, and to more than one of a minute's.</summary>
    static bool IsEverySoManySeconds(CrontabSchedule fields)
    {
        // The start and the end do not count, so this is the whole minute between them.
        var before = DateTime.UnixEpoch.AddSeconds(-1);
        return fields.ToString().Split(' ').Skip(1).All(field => field == "*")
            && fields.GetNextOccurrences(before, before.AddSeconds(61)).Skip(1).Any();
    }
}
