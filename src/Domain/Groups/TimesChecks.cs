using System.Collections.Immutable;
using System.Globalization;
using NodaTime;

namespace Telephony.Domain.Groups;

/// <summary>What is wrong with hours, holidays and closures, whoever's they are.</summary>
public static class TimesChecks
{
    public const int YearMin = 2000;

    /// <summary>Further ahead nobody knows the clocks.</summary>
    public const int YearMax = 2199;

    public static IEnumerable<FeatureError> Hours(ImmutableArray<OpenRange> hours)
    {
        const string Field = "businessHours";
        if (hours.Length > OpeningTimes.RangesMax)
        {
            yield return TooMany(Field, hours.Length, "ranges", OpeningTimes.RangesMax);
            yield break;
        }

        for (var i = 0; i < hours.Length; i++)
        {
            var (day, from, to) = hours[i];
            if (from >= DayTime.DayEnd)
            {
                yield return new(
                    At(Field, i, "from"), "not-that-day", $"{from} is on the day after {day}.",
                    "Send the range with the day that it starts on.");
            }
            else if (to <= from)
            {
                yield return new(
                    At(Field, i, "to"), "end-before-start", $"It is to end at {to}, and starts at {from}.",
                    "Send a later end. After midnight, count on from 24:00: two o'clock on the day after is 26:00.");
            }
        }

        foreach (var error in Overlaps(hours))
            yield return error;
    }

    public static IEnumerable<FeatureError> Holidays(ImmutableArray<Holiday> holidays) =>
        holidays.SelectMany((holiday, i) => holiday.When switch
        {
            HolidayTime.Days(var first, var last) => Days(i, first, last),
            HolidayTime.Hours(var start, var end) => Span("holidays", i, new(start, end)),
            HolidayTime.Yearly(var month, var day) => Yearly(i, month, day),
            HolidayTime.YearlyWeekday(var month, _, _) => Month(i, month),
            _ => throw new InvalidOperationException($"No check for {holiday.When}."),
        });

    public static IEnumerable<FeatureError> Closures(ImmutableArray<Closure> closures) =>
        closures.SelectMany((closure, i) => Span("closures", i, closure.Span));

    /// <param name="field">Where the last ones stand.</param>
    /// <param name="count">Holidays and closures together.</param>
    public static IEnumerable<FeatureError> Count(string field, int count)
    {
        if (count > GroupFeatures.DatesMax)
            yield return TooMany(field, count, "holidays and closures", GroupFeatures.DatesMax);
    }

    static IEnumerable<FeatureError> Overlaps(ImmutableArray<OpenRange> hours)
    {
        for (var i = 1; i < hours.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (!hours[i].Overlaps(hours[j]))
                    continue;
                yield return new(
                    string.Create(CultureInfo.InvariantCulture, $"businessHours[{i}]"), "overlaps",
                    $"{hours[i]} overlaps {hours[j]}.", "Make one range of the two, or let one end before the other.");
                break;
            }
        }
    }

    static IEnumerable<FeatureError> Days(int i, LocalDate first, LocalDate last)
    {
        if (YearError("holidays", i, "firstDay", first.Year) is { } early)
            yield return early;
        if (YearError("holidays", i, "lastDay", last.Year) is { } late)
            yield return late;
        if (last < first)
        {
            yield return new(
                At("holidays", i, "lastDay"), "end-before-start", "It ends before its first day.",
                "Send a later day, or leave it out for one day.");
        }
    }

    static IEnumerable<FeatureError> Span(string list, int i, LocalSpan span)
    {
        if (YearError(list, i, "start", span.Start.Year) is { } early)
            yield return early;
        if (YearError(list, i, "end", span.End.Year) is { } late)
            yield return late;
        if (span.End <= span.Start)
            yield return new(At(list, i, "end"), "end-before-start", "It ends before it starts.", "Send a later end.");
    }

    static IEnumerable<FeatureError> Yearly(int i, int month, int day)
    {
        // A leap year: 29 February may be meant, for the years that have it.
        const int LeapYear = 2000;
        if (Month(i, month).FirstOrDefault() is { } error)
        {
            yield return error;
        }
        else if (CalendarSystem.Iso.GetDaysInMonth(LeapYear, month) is var days && (day < 1 || day > days))
        {
            yield return new(
                At("holidays", i, "yearly.day"), "no-such-date", $"Month {month} has no day {day}.",
                string.Create(CultureInfo.InvariantCulture, $"Send a day from 1 to {days}."));
        }
    }

    static IEnumerable<FeatureError> Month(int i, int month)
    {
        if (month is < 1 or > 12)
            yield return new(
                At("holidays", i, "yearly.month"), "no-such-date", $"A year has no month {month}.", "Send 1 to 12.");
    }

    static FeatureError? YearError(string list, int i, string member, int year) => year is >= YearMin and <= YearMax
        ? null
        : new(
            At(list, i, member), "out-of-range", $"The year {year} is not {YearMin} to {YearMax}.",
            "Send a date in these years.");

    static FeatureError TooMany(string field, int count, string what, int max) => new(
        field, "out-of-range", string.Create(CultureInfo.InvariantCulture, $"{count} {what} are too many."),
        string.Create(CultureInfo.InvariantCulture, $"Send at most {max}."));

    static string At(string list, int i, string member) =>
        string.Create(CultureInfo.InvariantCulture, $"{list}[{i}].{member}");
}
