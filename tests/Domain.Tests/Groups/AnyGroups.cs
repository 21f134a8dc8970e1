using System.Collections.Immutable;
using CsCheck;
using NodaTime;
using Telephony.Domain.Directory;
using Telephony.Domain.Groups;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Groups;

/// <summary>A configuration at a site, and a window of days to look at.</summary>
/// <param name="Site">With the configuration of <see cref="Some.Ours"/>.</param>
/// <param name="Start">The first day of the window, in UTC.</param>
/// <param name="Moments">Some in the middle of it.</param>
sealed record AnyGroups(SiteGroups Site, DateTime Start, ImmutableArray<DateTime> Moments)
{
    const int MomentsCount = 20;

    public static readonly Gen<AnyGroups> Any =
        from zone in Gen.OneOf(WallClock.Zones)
        from start in Gen.OneOf(WallClock.StartsOf(zone))
        from ownZone in Gen.OneOf(WallClock.Zones).Null()
        from siteTimes in Times(start)
        from features in Configured(start)
        from moments in Moment(start).Array[MomentsCount]
        select new AnyGroups(
            new(Theirs, zone, siteTimes, SiteOf(), ImmutableDictionary<Id<Account>, GroupFeatures>.Empty
                .Add(Ours, features with { TimeZone = ownZone })),
            start, [.. moments]);

    public GroupFeatures Features => Site.Of(Ours);

    public override string ToString() =>
        $"{Site.TimeZone}/{Features.TimeZone} from {Start:O}, {Features.HoursSource}: site "
        + $"[{Said(Site.Times)}] own [{Said(Features.Own)}] {string.Join(", ", Features.Closures)} {Features.Override}";

    static string Said(OpeningTimes times) =>
        string.Join(", ", times.Hours) + "; " + string.Join(", ", times.Holidays);

    static Gen<GroupFeatures> Configured(DateTime start) =>
        from own in Times(start)
        from source in Gen.Enum<HoursSource>()
        from closures in Span(start).Array[0, 2]
        from byHand in Gen.Frequency((3, Gen.Const((Override?)null)), (1, Over(start)))
        select new GroupFeatures
        {
            Own = own,
            HoursSource = source,
            Closures = [.. closures.Select((span, i) => new Closure($"closure {i}", span))],
            Override = byHand,
        };

    static Gen<OpeningTimes> Times(DateTime start) =>
        from ranges in Gen.Frequency((1, Gen.Const(AllWeek())), (8, Range.Array[0, 12]))
        from holidays in Holiday(start).Array[0, 4]
        select new OpeningTimes(Apart(ranges), [.. holidays.Select((when, i) => new Holiday($"holiday {i}", when))]);

    static Gen<OpenRange> Range =>
        from day in Gen.Int[1, 7]
        from start in Gen.Frequency((3, Gen.Int[0, 5 * 4].Select(q => q * 15)), (2, Gen.Int[0, 1_439]))
        from length in Gen.Frequency((3, Gen.Int[1, 8].Select(q => q * 15)), (2, Gen.Int[1, 1_440]))
        select new OpenRange((IsoDayOfWeek)day, Time(start), Time(start + length));

    static Gen<HolidayTime> Holiday(DateTime start) => Gen.OneOf(
        Gen.Select(Day(start), Gen.Int[0, 2], (day, more) =>
            (HolidayTime)new HolidayTime.Days(LocalDate.FromDateTime(day), LocalDate.FromDateTime(day.AddDays(more)))),
        Span(start).Select(span => (HolidayTime)new HolidayTime.Hours(span.Start, span.End)),
        Day(start).Select(day => (HolidayTime)new HolidayTime.Yearly(day.Month, day.Day)),
        Gen.Select(Day(start), Gen.Enum<WeekOfMonth>(), Gen.Int[1, 7], (day, week, weekday) =>
            (HolidayTime)new HolidayTime.YearlyWeekday(day.Month, week, (IsoDayOfWeek)weekday)));

    static Gen<Override> Over(DateTime start) =>
        from kind in Gen.Enum<OverrideKind>()
        from until in Gen.Frequency(
            (1, Gen.Const((Instant?)null)), (3, Moment(start).Select(at => (Instant?)Instant.FromDateTimeUtc(at))))
        select new Override(kind, until);

    static Gen<LocalSpan> Span(DateTime start) =>
        from first in Gen.Int[0, (WallClock.WindowDays * 24 * 4) - 1]
        from length in Gen.Int[1, 3 * 24 * 4]
        let at = LocalDateTime.FromDateTime(start)
        select new LocalSpan(at.PlusMinutes(first * 15), at.PlusMinutes((first + length) * 15));

    static Gen<DateTime> Day(DateTime start) => Gen.Int[2, WallClock.WindowDays - 2].Select(day => start.AddDays(day));

    /// <summary>In the window's middle four days, to the second.</summary>
    static Gen<DateTime> Moment(DateTime start) =>
        Gen.Int[2 * 86_400, (6 * 86_400) - 1].Select(second => start.AddSeconds(second));

    static OpenRange[] AllWeek() =>
        [.. Enumerable.Range(1, 7).Select(day => new OpenRange((IsoDayOfWeek)day, DayTime.Midnight, DayTime.DayEnd))];

    /// <summary>Without those that overlap one before, found minute by minute over a week that comes round.</summary>
    static ImmutableArray<OpenRange> Apart(OpenRange[] ranges)
    {
        var (taken, apart) = (new bool[7 * 1_440], new List<OpenRange>());
        foreach (var range in ranges)
        {
            var minutes = Enumerable.Range(range.From.Minutes, range.To.Minutes - range.From.Minutes)
                .Select(minute => ((((int)range.Day - 1) * 1_440) + minute) % taken.Length).ToList();
            if (minutes.Exists(minute => taken[minute]))
                continue;
            minutes.ForEach(minute => taken[minute] = true);
            apart.Add(range);
        }

        return [.. apart];
    }

    static DayTime Time(int minutes) => DayTime.Parse($"{minutes / 60:00}:{minutes % 60:00}");
}
