using System.Collections.Concurrent;

namespace Telephony.Domain.Tests.Groups;

/// <summary>
/// What the framework's own zones show, minute by minute over some days, with days at which clocks change among them.
/// Only years gone by: of those all versions of the zones say the same.
/// </summary>
static class WallClock
{
    public const int WindowDays = 8;
    public const int Minutes = WindowDays * 24 * 60;

    public static readonly string[] Zones =
    [
        "Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca",
        "Asia/Beirut", "Asia/Kathmandu", "Pacific/Apia", "America/Havana",
    ];

    /// <summary>Days to look at by themselves: leap days and the one that is none, ends of years.</summary>
    static readonly DateTime[] Days =
    [
        Utc(2016, 2, 29), Utc(2020, 2, 29), Utc(2019, 2, 28), Utc(2019, 12, 31), Utc(2020, 12, 31), Utc(2018, 6, 14),
    ];

    static readonly ConcurrentDictionary<(string Zone, DateTime Start), DateTime[]> Shown = new();

    static readonly Dictionary<string, DateTime[]> Starts = Zones.ToDictionary(
        zone => zone, zone => Days.Concat(Changes(zone)).Select(day => day.AddDays(-WindowDays / 2)).ToArray());

    /// <summary>First days of windows; in the middle of each is something worth it.</summary>
    public static DateTime[] StartsOf(string zone) => Starts[zone];

    /// <summary>What the clock shows at each minute of the window.</summary>
    public static DateTime[] Of(string zone, DateTime start) => Shown.GetOrAdd((zone, start), key =>
    {
        var there = TimeZoneInfo.FindSystemTimeZoneById(key.Zone);
        return
        [
            .. Enumerable.Range(0, Minutes)
                .Select(minute => TimeZoneInfo.ConvertTimeFromUtc(key.Start.AddMinutes(minute), there)),
        ];
    });

    /// <summary>Days on which the zone's offset changed.</summary>
    static IEnumerable<DateTime> Changes(string zone)
    {
        var there = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return Enumerable.Range(0, 366 * 9).Select(day => Utc(2011, 1, 1).AddDays(day))
            .Where(day => there.GetUtcOffset(day) != there.GetUtcOffset(day.AddDays(1)));
    }

    static DateTime Utc(int year, int month, int day) => new(year, month, day, 0, 0, 0, DateTimeKind.Utc);
}
