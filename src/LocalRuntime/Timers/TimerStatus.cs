using Microsoft.Azure.Functions.Worker;

namespace Telephony.LocalRuntime.Timers;

/// <summary>How far a timer has come, by the host's own rules.</summary>
/// <param name="Last">When it last ran under its schedule, or null.</param>
/// <param name="Next">The occurrence to come; it is missed when that is long past.</param>
/// <param name="LastUpdated">The time that <paramref name="Next"/> was counted from.</param>
sealed record TimerStatus(DateTimeOffset? Last, DateTimeOffset Next, DateTimeOffset LastUpdated)
{
    public static TimerStatus Begin(TimerSchedule schedule, DateTimeOffset now) => new(null, schedule.After(now), now);

    /// <param name="schedule">What it runs by.</param>
    /// <param name="at">
    /// When the run began, however long it took: what came due while it ran is run once, at its end.
    /// </param>
    public static TimerStatus Ran(TimerSchedule schedule, DateTimeOffset at) => new(at, schedule.After(at), at);

    /// <summary>
    /// The same, unless it was counted by another schedule. Then nothing is missed: the function has not promised yet
    /// to run at the new times.
    /// </summary>
    public TimerStatus Under(TimerSchedule schedule, DateTimeOffset now)
    {
        var from = Last ?? LastUpdated;
        var next = schedule.After(from);
        return next == Next ? this
            : next < now ? Begin(schedule, now)
            : new(null, next, from);
    }

    public ScheduleStatus Show() => new()
    {
        Last = Last?.UtcDateTime ?? default,
        Next = Next.UtcDateTime,
        LastUpdated = LastUpdated.UtcDateTime,
    };
}
