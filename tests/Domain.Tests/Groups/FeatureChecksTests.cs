using NodaTime;
using Telephony.Domain.Groups;
using Telephony.Domain.Numbers;
using Telephony.Domain.Tests.Calls;
using static Telephony.Domain.Tests.Some;
using static Telephony.Domain.Tests.Groups.SomeGroups;

namespace Telephony.Domain.Tests.Groups;

/// <summary>What is refused, by which field, and what is not.</summary>
public sealed class FeatureChecksTests
{
    static readonly HolidayTime Christmas = new HolidayTime.Yearly(12, 25);

    public static readonly TheoryData<string, string, GroupFeatures> Wrong = new()
    {
        { "timeZone", "unknown-time-zone", new() { TimeZone = "Europe/Londno" } },
        { "timeZone", "unknown-time-zone", new() { TimeZone = "UTC+3" } },
        { "businessHours[0].to", "end-before-start", Open((1, "09:00", "09:00")) },
        { "businessHours[0].to", "end-before-start", Open((1, "22:00", "02:00")) },
        { "businessHours[0].from", "not-that-day", Open((1, "24:00", "26:00")) },
        { "businessHours[1]", "overlaps", Open((1, "09:00", "12:00"), (1, "11:59", "14:00")) },
        { "businessHours[1]", "overlaps", Open((5, "22:00", "26:00"), (6, "01:00", "09:00")) },
        { "businessHours[1]", "overlaps", Open((1, "00:00", "09:00"), (7, "22:00", "24:01")) },
        { "businessHours", "out-of-range", Open([.. Enumerable.Repeat((1, "09:00", "09:01"), 71)]) },
        { "holidays[0].yearly.day", "no-such-date", On(new HolidayTime.Yearly(2, 30)) },
        { "holidays[0].yearly.day", "no-such-date", On(new HolidayTime.Yearly(4, 31)) },
        { "holidays[0].yearly.day", "no-such-date", On(new HolidayTime.Yearly(4, 0)) },
        { "holidays[0].yearly.month", "no-such-date", On(new HolidayTime.Yearly(13, 1)) },
        { "holidays[0].yearly.month", "no-such-date",
            On(new HolidayTime.YearlyWeekday(0, WeekOfMonth.Last, IsoDayOfWeek.Monday)) },
        { "holidays[1].lastDay", "end-before-start",
            On(Christmas, new HolidayTime.Days(new(2026, 5, 2), new(2026, 5, 1))) },
        { "holidays[0].firstDay", "out-of-range", On(new HolidayTime.Days(new(1999, 5, 1), new(2026, 5, 1))) },
        { "holidays[0].lastDay", "out-of-range", On(new HolidayTime.Days(new(2026, 5, 1), new(2200, 1, 1))) },
        { "holidays[0].end", "out-of-range",
            On(new HolidayTime.Hours(new(2026, 5, 1, 9, 0), new(2200, 1, 1, 0, 0))) },
        { "holidays[0].end", "end-before-start",
            On(new HolidayTime.Hours(new(2026, 5, 1, 9, 0), new(2026, 5, 1, 9, 0))) },
        { "closures[0].end", "end-before-start", new() { Closures = [Closed(2026, 5, 2, 1)] } },
        { "closures[0].start", "out-of-range", new() { Closures = [Closed(2200, 5, 1, 2)] } },
        { "closures[0].end", "out-of-range", new()
        {
            Closures = [new("It", new(new(2026, 5, 1, 0, 0), new(2200, 1, 1, 0, 0)))],
        } },
        { "closures", "out-of-range", On([.. Enumerable.Repeat(Christmas, 200)]) with
        {
            Closures = [Closed(2026, 5, 1, 2)],
        } },
        { "override.until", "in-the-past", new() { Override = new(OverrideKind.ForceOpen, Monday) } },
        { "huntGroup.ringSeconds", "out-of-range", new() { HuntGroup = new([], RingSeconds: 4) } },
        { "huntGroup.ringSeconds", "out-of-range", new() { HuntGroup = new([], RingSeconds: 121) } },
        { "huntGroup.maxSeconds", "out-of-range", new() { HuntGroup = new([], MaxSeconds: 601) } },
        { "ifNotAnswered.afterSeconds", "out-of-range", new() { NotAnsweredSeconds = 0 } },
        { "huntGroup.members", "out-of-range", Ring(Enumerable.Range(0, 101)) },
        { "huntGroup.members[1].number", "named-twice", Ring(10, 10) },
        { "huntGroup.members[0].weight", "out-of-range", new() { HuntGroup = new([new(Some.At(10), Weight: 0)]) } },
        { "huntGroup.members[1].number", "not-a-direct-number-in-service", Ring(10, 12) },
        { "huntGroup.members[0].number", "not-a-direct-number-in-service", Ring(20) },
        { "huntGroup.members[0].number", "not-a-direct-number-in-service", Ring(1) },
        { "huntGroup.members[0].number", "not-a-direct-number-in-service", Ring(99) },
        { "voicemail.toEmail", "missing", new() { Voicemail = new(SendsMail: true) } },
        { "outOfHours", "voicemail-off", new() { Voicemail = new(Enabled: false) } },
        { "ifNotAnswered.to", "voicemail-off", new() { Voicemail = new(Enabled: false) } },
        { "receptionNumber", "not-a-direct-number-in-service", new() { Reception = new(Some.At(20)) } },
        { "inHours", "loop", new() { InHours = ForwardTo(1) } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void It_is_refused_by_its_field(string field, string code, GroupFeatures wanted)
    {
        var errors = Errors(Site, Ours, wanted, Monday);
        Assert.Contains((field, code), errors.Select(error => (error.Field, error.Code)));
        Assert.All(errors, error => Assert.True(error.Reason.EndsWith('.') && error.WayOut.EndsWith('.')));
    }

    public static readonly TheoryData<GroupFeatures> Right = new()
    {
        GroupFeatures.Default,
        Open(),
        Open((1, "09:00", "12:00"), (1, "12:00", "24:00"), (7, "22:00", "24:00"), (2, "00:00", "48:00")),
        On(Christmas, new HolidayTime.Yearly(2, 29)),
        Ring(11, 10) with { IfBusy = ForwardTo(2), InHours = new Destination.Reception() },
        new GroupFeatures { Reception = new(Some.At(10)) },
        new GroupFeatures { HuntGroup = new([], RingSeconds: 5, MaxSeconds: 5), NotAnsweredSeconds = 5 },
        new GroupFeatures { HuntGroup = new([], RingSeconds: 120, MaxSeconds: 600), NotAnsweredSeconds = 600 },
        new GroupFeatures { Override = new(OverrideKind.ForceClosed, Monday.PlusTicks(1)) },
        On([.. Enumerable.Repeat(Christmas, 199)]) with { Closures = [Closed(2026, 5, 1, 2)] },
    };

    [Theory, MemberData(nameof(Right))]
    public void It_is_taken(GroupFeatures wanted) => Assert.Empty(Errors(Site, Ours, wanted, Monday));

    [Fact]
    public void A_reception_is_refused_while_there_is_none()
    {
        var site = Site with { State = SiteOf((1, MainOf(Ours))) };
        var wanted = new GroupFeatures { IfBusy = new Destination.Reception() };
        Assert.Equal(("ifBusy", "no-reception"), Only(Errors(site, Ours, wanted, Monday)));
    }

    [Fact]
    public void The_operators_reception_is_no_reception_of_its_own()
    {
        var wanted = new GroupFeatures { InHours = new Destination.Reception() };
        var without = Site with { State = SiteOf((1, MainOf(Ours))) };
        Assert.Equal(("inHours", "loop"), Only(Errors(Site, Operator, wanted, Monday)));
        Assert.Equal(("inHours", "loop"), Only(Errors(without, Operator, wanted, Monday)));
    }

    [Fact]
    public void What_was_right_once_is_not_in_the_way_of_another_change()
    {
        var site = Site with { State = SiteOf((1, MainOf(Ours))) };
        var before = new GroupFeatures { InHours = new Destination.Reception() };
        var closed = before with { Override = new(OverrideKind.ForceClosed) };

        Assert.Empty(FeatureChecks.Here(site, Ours, before, closed, Monday));
        var more = closed with { OnHoliday = new Destination.Reception() };
        Assert.Equal(("holiday", "no-reception"), Only(FeatureChecks.Here(site, Ours, before, more, Monday)));
        var named = before with { Reception = new(Some.At(10)) };
        Assert.Empty(FeatureChecks.Here(site, Ours, named, named with { DisplayName = "A" }, Monday));
        Assert.Equal(
            ("inHours", "no-reception"), Only(FeatureChecks.Here(site, Ours, named, before, Monday)));
    }

    [Fact]
    public void A_loop_is_found_over_any_number_of_hops()
    {
        var accounts = Numbered(50);
        var site = Site with { State = SiteOf([.. accounts.Select((account, i) => (100 + i, MainOf(account)))]) };
        site = accounts.Index().Skip(1).SkipLast(1).Aggregate(site, (all, account) =>
            all.With(account.Item, new() { OnHoliday = ForwardTo(101 + account.Index) }));
        var wanted = new GroupFeatures { IfUnreachable = ForwardTo(101) };

        Assert.Empty(Errors(site, accounts[0], wanted, Monday));
        site = site.With(accounts[^1], new() { IfBusy = ForwardTo(100) });
        Assert.Equal(("ifUnreachable", "loop"), Only(Errors(site, accounts[0], wanted, Monday)));
    }

    [Fact]
    public void A_loop_is_found_before_the_number_that_closes_it_is_in_service()
    {
        var next = MainOf(Others) with { Role = NumberRole.NominatedMain, State = NumberState.Reserved };
        var site = (Site with { State = SiteOf((1, MainOf(Ours)), (2, next)) })
            .With(Others, new() { InHours = ForwardTo(1) });
        var wanted = new GroupFeatures { InHours = ForwardTo(2) };
        Assert.Equal(("inHours", "loop"), Only(Errors(site, Ours, wanted, Monday)));
    }

    [Fact]
    public void A_number_elsewhere_is_an_end() =>
        Assert.Empty(Errors(Site, Ours, new() { InHours = ForwardTo(5_000) }, Monday));

    [Fact]
    public void A_sites_times_are_checked_alike()
    {
        var many = OpeningTimes.Default with { Holidays = [.. Enumerable.Repeat(new Holiday("It", Christmas), 201)] };
        Assert.Equal(("holidays", "out-of-range"), Only(FeatureChecks.Of(many)));
        Assert.Equal(
            ("businessHours[0].to", "end-before-start"), Only(FeatureChecks.Of(Open((1, "10:00", "09:00")).Own)));
    }

    static IEnumerable<FeatureError> Errors(
        SiteGroups site, Id<Domain.Directory.Account> account, GroupFeatures wanted, Instant now) =>
    [
        .. FeatureChecks.Anywhere(wanted), .. FeatureChecks.Here(site, account, GroupFeatures.Default, wanted, now),
        .. new SiteCalls(site).Ways(account, wanted).Select(way => FeatureChecks.Way(way.Field, way.Search))
            .OfType<FeatureError>(),
    ];

    static (string, string) Only(IEnumerable<FeatureError> errors)
    {
        var error = Assert.Single(errors);
        return (error.Field, error.Code);
    }

    static GroupFeatures Open(params (int Day, string From, string To)[] ranges) => new()
    {
        Own = new(
            [.. ranges.Select(at => new OpenRange((IsoDayOfWeek)at.Day, DayTime.Parse(at.From), DayTime.Parse(at.To)))],
            []),
    };

    static GroupFeatures On(params HolidayTime[] holidays) => new()
    {
        Own = OpeningTimes.Default with { Holidays = [.. holidays.Select(when => new Holiday("It", when))] },
    };

    static Closure Closed(int year, int month, int from, int to) =>
        new("It", new(new(year, month, from, 0, 0), new(year, month, to, 0, 0)));
}
