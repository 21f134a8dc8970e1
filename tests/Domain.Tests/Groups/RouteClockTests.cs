using CsCheck;
using NodaTime;
using Telephony.Domain.Groups;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Groups;

/// <summary>Modes by the clock, beside an independent calculation.</summary>
public sealed class RouteClockTests
{
    /// <summary>With twenty moments each: 120,000 answers.</summary>
    const long Configurations = 6_000;

    [Fact]
    public void The_mode_and_its_rule_are_what_an_independent_calculation_says() => AnyGroups.Any.Sample(any =>
    {
        var painted = new PaintedModes(any.Features, any.Site.Times, any.Site.TimeZone, any.Start);
        Assert.All(any.Moments, moment => Assert.Equal(painted.At(moment), Said(any, moment)));
    }, iter: Configurations);

    [Fact]
    public void The_answer_over_a_time_changes_where_the_answer_at_a_moment_does() => AnyGroups.Any.Sample(any =>
    {
        // The end is not included, and the last moment is.
        var (from, to) = (any.Moments.Min(), any.Moments.Max().AddMilliseconds(1));
        var changes = Routing.Changes(any.Site, Ours, Instant.FromDateTimeUtc(from), Instant.FromDateTimeUtc(to));
        Assert.Equal(from, changes[0].From.ToDateTimeUtc());
        Assert.All(any.Moments, moment => Assert.Equal(
            changes.Last(change => change.From <= Instant.FromDateTimeUtc(moment)).Route.Decision,
            Routing.Route(any.Site, Ours, Instant.FromDateTimeUtc(moment)).Decision));
        Assert.All(changes.Skip(1), change => Assert.NotEqual(
            Routing.Route(any.Site, Ours, change.From - Duration.FromMilliseconds(1)).Decision,
            change.Route.Decision));
    }, iter: 1_000);

    [Fact]
    public void The_answer_over_a_time_is_the_answer_at_each_of_its_minutes() => AnyGroups.Any.Sample(any =>
    {
        var from = any.Start.AddDays(3);
        var changes = Routing.Changes(
            any.Site, Ours, Instant.FromDateTimeUtc(from), Instant.FromDateTimeUtc(from.AddDays(2)));
        var next = 0;
        for (var minute = 0; minute < 2 * 1_440; minute++)
        {
            var at = Instant.FromDateTimeUtc(from.AddMinutes(minute));
            while (next + 1 < changes.Length && changes[next + 1].From <= at)
                next++;
            Assert.Equal(changes[next].Route.Decision, Routing.Route(any.Site, Ours, at).Decision);
        }
    }, iter: 100);

    [Fact]
    public void A_clock_that_is_made_to_run_forward_shows_a_time_once_it_has_come() =>
        Gen.Select(AnyGroups.Any, Gen.Int[0, WallClock.Minutes - 1], Gen.Int[0, WallClock.Minutes - 1])
            .Sample((any, one, other) =>
            {
                var zone = TimeZones.Find(any.Site.TimeZone);
                var reading = LocalDateTime.FromDateTime(any.Start.AddMinutes(one));
                var at = Instant.FromDateTimeUtc(any.Start.AddMinutes(other));
                Assert.Equal(zone.FirstAt(reading) <= at, reading <= zone.ReadingAt(at));
            }, iter: 20_000);

    [Fact]
    public void Both_zone_databases_show_the_same() => Assert.All(WallClock.Zones, id =>
    {
        var zone = TimeZones.Find(id);
        Assert.All(WallClock.StartsOf(id), start => Assert.Equal(
            WallClock.Of(id, start),
            Enumerable.Range(0, WallClock.Minutes).Select(minute => Instant.FromDateTimeUtc(start.AddMinutes(minute))
                .InZone(zone).ToDateTimeUnspecified())));
    });

    static string Said(AnyGroups any, DateTime moment) =>
        Said(Routing.Route(any.Site, Ours, Instant.FromDateTimeUtc(moment)));

    static string Said(Route route) => $"{route.Decision.Mode}: " + route.Decision.Rule switch
    {
        ModeRule.ByHand => "by hand",
        ModeRule.Closed closed => closed.Closure.Name,
        ModeRule.OnHoliday holiday => holiday.Name,
        ModeRule.InRange inRange => $"{inRange.Range}",
        _ => "none",
    };
}
