using System.Collections.Immutable;
using CsCheck;
using NodaTime;
using Telephony.Domain.Groups;
using static Telephony.Domain.Tests.Some;
using static Telephony.Domain.Tests.Groups.SomeGroups;

namespace Telephony.Domain.Tests.Groups;

public sealed class RouteTests
{
    static readonly Gen<Destination> AnyDestination = Gen.Frequency(
        (1, Gen.Const<Destination>(new Destination.HuntGroup())),
        (2, Gen.Const<Destination>(new Destination.Reception())),
        (1, Gen.Const<Destination>(new Destination.Voicemail())),
        (1, Gen.Const<Destination>(new Destination.Announcement())),
        (4, Gen.OneOf(0, 1, 2, 20).Select(ForwardTo)));

    static readonly Gen<GroupFeatures> AnyFeatures = Gen.Select(
        AnyDestination.Array[6], Gen.OneOf(10, 12, 20).Array[0, 3], Gen.Bool, (to, members, named) =>
            Ring(members) with
            {
                InHours = to[0], OutOfHours = to[1], OnHoliday = to[2],
                IfNotAnswered = to[3], IfBusy = to[4], IfUnreachable = to[5],
                Reception = named ? new(Some.At(10)) : null,
            });

    [Fact]
    public void A_main_number_that_nobody_configured_takes_messages()
    {
        var open = Assert.IsType<Stop.Silent>(Site.Ask(Monday).First);
        Assert.Equal(Silence.NobodyInGroup, open.Why);
        Assert.IsType<Stop.Voicemail>(Assert.Single(open.Branches).Then);
        Assert.IsType<Stop.Voicemail>(Site.Ask(Night).First);
    }

    [Fact]
    public void The_reception_is_the_number_that_is_named()
    {
        var site = Site.With(Ours, new() { InHours = new Destination.Reception(), Reception = new(Some.At(10)) });
        var stop = Assert.IsType<Stop.Number>(site.Ask(Monday).First);
        Assert.Equal((Some.At(10), true), (stop.To, stop.IsReception));
    }

    [Fact]
    public void A_reception_that_went_out_of_service_is_unreachable()
    {
        var site = Site.With(Ours, new() { InHours = new Destination.Reception(), Reception = new(Some.At(12)) });
        var stop = Assert.IsType<Stop.Silent>(site.Ask(Monday).First);
        Assert.Equal(Silence.ReceptionNotInService, stop.Why);
        Assert.Equal(Failure.Unreachable, Assert.Single(stop.Branches).When);
    }

    [Fact]
    public void A_forward_to_a_number_of_the_site_that_is_not_in_service_reaches_nobody()
    {
        var site = Site.With(Ours, new() { InHours = ForwardTo(12), IfUnreachable = ForwardTo(99) });
        var stop = Assert.IsType<Stop.Silent>(site.Ask(Monday).First);
        Assert.Equal(Silence.ForwardNotInService, stop.Why);
        Assert.Equal(Some.At(99), Assert.IsType<Stop.Number>(Assert.Single(stop.Branches).Then).To);
    }

    [Fact]
    public void A_reception_that_nobody_named_is_the_operators_main_number_which_takes_the_call_over()
    {
        var site = Site.With(Ours, new() { InHours = new Destination.Reception() })
            .With(Operator, new() { InHours = ForwardTo(99) });
        var main = Assert.IsType<Stop.Main>(site.Ask(Monday).First);
        Assert.Equal((Some.At(0), Operator), (main.Called, main.Route.Account));
        Assert.Equal(Some.At(99), Assert.IsType<Stop.Number>(main.Route.First).To);
        Assert.Empty(main.Branches);
    }

    [Fact]
    public void Without_an_operators_main_number_in_service_there_is_no_reception()
    {
        var site = (Site with { State = SiteOf((1, MainOf(Ours))) })
            .With(Ours, new() { InHours = new Destination.Reception() });
        Assert.Equal(Silence.NoReception, Assert.IsType<Stop.Silent>(site.Ask(Monday).First).Why);
    }

    [Fact]
    public void Each_failure_sends_a_call_on_once()
    {
        var site = Site.With(Ours, new()
        {
            InHours = ForwardTo(90),
            IfNotAnswered = ForwardTo(91),
            IfBusy = ForwardTo(92),
            IfUnreachable = ForwardTo(93),
        });
        Assert.Equal(
            [
                "90-91-92-93-end", "90-91-93-92-end", "90-92-91-93-end", "90-92-93-91-end", "90-93-91-92-end",
                "90-93-92-91-end",
            ],
            Paths(site.Ask(Monday).First).Where(path => path.Count(c => c == '-') == 4).Distinct().Order());
    }

    public static readonly TheoryData<int, GroupFeatures> Rings = new()
    {
        { 30, new() { HuntGroup = new([new(Some.At(10))], MaxSeconds: 30), NotAnsweredSeconds = 45 } },
        { 30, new() { HuntGroup = new([new(Some.At(10))], MaxSeconds: 45), NotAnsweredSeconds = 30 } },
        { 25, new() { InHours = new Destination.Reception(), Reception = new(Some.At(10)), NotAnsweredSeconds = 25 } },
        { 90, new() { InHours = new Destination.Reception(), Reception = new(Some.At(10)), NotAnsweredSeconds = 90 } },
        { 25, new() { InHours = ForwardTo(99), NotAnsweredSeconds = 25 } },
        { 90, new() { InHours = ForwardTo(99), NotAnsweredSeconds = 90 } },
    };

    [Theory, MemberData(nameof(Rings))]
    public void What_rings_rings_for_its_seconds_and_a_group_for_the_fewer_of_two(int seconds, GroupFeatures features)
    {
        var branch = Site.With(Ours, features).Ask(Monday).First.Branches[0];
        Assert.Equal((Failure.NotAnswered, seconds), (branch.When, branch.AfterSeconds));
    }

    [Fact]
    public void Each_mode_has_its_own_destination_and_greeting()
    {
        var tuesday = Monday.Plus(Duration.FromDays(1));
        var holiday = new Holiday("It", new HolidayTime.Days(new(2026, 6, 16), new(2026, 6, 16)));
        var site = Site.With(Ours, new()
        {
            HoursSource = HoursSource.Own, Own = OpeningTimes.Default with { Holidays = [holiday] },
            InHours = ForwardTo(90), OutOfHours = ForwardTo(91), OnHoliday = ForwardTo(92),
            Greetings = new("Hello", "Good night", "Happy holidays"),
        });
        Assert.Equal(
            [(Some.At(90), "Hello"), (Some.At(91), "Good night"), (Some.At(92), "Happy holidays")],
            new[] { Monday, Night, tuesday }.Select(at => site.Ask(at))
                .Select(route => (Assert.IsType<Stop.Number>(route.First).To, route.Greeting!)));
    }

    [Fact]
    public void Mail_is_told_only_when_it_is_sent()
    {
        var features = new GroupFeatures { Voicemail = new(ToEmail: "a@b.example") };
        Assert.Null(Assert.IsType<Stop.Voicemail>(Site.With(Ours, features).Ask(Night).First).MailTo);
        features = features with { Voicemail = features.Voicemail with { SendsMail = true } };
        Assert.Equal("a@b.example", Assert.IsType<Stop.Voicemail>(Site.With(Ours, features).Ask(Night).First).MailTo);
    }

    [Fact]
    public void A_loop_that_came_about_later_ends_the_call()
    {
        var site = Site.With(Ours, new() { InHours = ForwardTo(2) }).With(Others, new() { InHours = ForwardTo(1) });
        var main = Assert.IsType<Stop.Main>(site.Ask(Monday).First);
        Assert.Equal(CallEnd.Loop, Assert.IsType<Stop.End>(main.Route.First).Why);
    }

    [Fact]
    public void A_call_goes_on_through_five_more_main_numbers_at_most()
    {
        var accounts = Numbered(8);
        var site = Site with { State = SiteOf([.. accounts.Select((account, i) => (100 + i, MainOf(account)))]) };
        site = accounts.Index().Aggregate(site, (all, account) =>
            all.With(account.Item, new() { InHours = ForwardTo(101 + account.Index) }));
        var stops = Routing.Route(site, accounts[0], Monday).Stops().ToList();
        Assert.Equal(5, stops.OfType<Stop.Main>().Count());
        Assert.Contains(new Stop.End(CallEnd.TooFar), stops);
    }

    [Fact]
    public void Every_path_ends_and_no_stop_that_rings_is_without_what_follows() =>
        Gen.Select(AnyFeatures, AnyFeatures, AnyFeatures, Gen.OneOf(Monday, Night)).Sample((ours, theirs, others, at) =>
        {
            var site = Site.With(Ours, ours).With(Operator, theirs).With(Others, others);
            Assert.All(site.Ask(at).Stops(), stop => Assert.Equal(
                stop switch
                {
                    Stop.Group or Stop.Number => [Failure.NotAnswered, Failure.Busy, Failure.Unreachable],
                    Stop.Silent => [Failure.Unreachable],
                    _ => ImmutableArray<Failure>.Empty,
                },
                stop.Branches.Select(branch => branch.When)));
        });

    [Fact]
    public void Changes_of_main_numbers_that_a_call_is_passed_on_to_are_changes()
    {
        var late = new OpenRange(IsoDayOfWeek.Monday, DayTime.Parse("10:00"), DayTime.Parse("16:00"));
        var site = Site.With(Ours, new() { InHours = ForwardTo(2) })
            .With(Others, new() { HoursSource = HoursSource.Own, Own = new([late], []) });
        var changes = Routing.Changes(site, Ours, At("2026-06-15T00:00Z"), At("2026-06-16T00:00Z"));
        Assert.Equal(
            ["00:00", "07:30", "09:00", "15:00", "17:00"],
            changes.Select(change => change.From.ToString("HH:mm", null)));
        Assert.All(changes, change => Assert.Equal(
            change.Route.Decisions, site.Ask(change.From).Decisions));
    }

    /// <summary>Numbers rung one after the other, by their place, on every path.</summary>
    static IEnumerable<string> Paths(Stop stop) => stop switch
    {
        Stop.Number(var to, _, var branches) => branches.SelectMany(branch => Paths(branch.Then))
            .Select(rest => $"{to.Slot}-{rest}"),
        _ => ["end"],
    };
}
