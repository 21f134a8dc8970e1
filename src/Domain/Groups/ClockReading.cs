using NodaTime;
using NodaTime.TimeZones;

namespace Telephony.Domain.Groups;

/// <summary>
/// What a zone's clock shows, made to run forward only. A time that it shows twice is the first of the two; one that it
/// leaves out is the moment at which it leaps over it.
/// </summary>
/// <remarks>
/// So of two times by the clock the later one is never the earlier moment, and ranges that do not overlap in the week
/// do not overlap on any day. See docs/decisions/0016.
/// </remarks>
public static class ClockReading
{
    static readonly ZoneLocalMappingResolver FirstTime = Resolvers.CreateMappingResolver(
        Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>The moment at which the clock first shows that time, or a later one.</summary>
    public static Instant FirstAt(this DateTimeZone zone, LocalDateTime reading) =>
        zone.ResolveLocal(reading, FirstTime).ToInstant();

    /// <summary>
    /// The last time by the clock whose <see cref="FirstAt"/> has come. While the clock repeats itself that is the end
    /// of what it repeats.
    /// </summary>
    public static LocalDateTime ReadingAt(this DateTimeZone zone, Instant at)
    {
        var shown = at.InZone(zone);
        var mapping = zone.MapLocal(shown.LocalDateTime);
        return mapping.Count > 1 && at >= mapping.LateInterval.Start
            ? mapping.EarlyInterval.IsoLocalEnd.PlusTicks(-1)
            : shown.LocalDateTime;
    }
}
