using NodaTime;
using Telephony.Domain.Directory;
using Telephony.Domain.Groups;
using Telephony.Domain.Numbers;
using static Telephony.Domain.Tests.Groups.SomeGroups;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Groups;

/// <summary>Main numbers that hand calls on to each other in a row, each on every path that a call can take.</summary>
public sealed class ManyHopsTests
{
    [Fact]
    public void What_follows_a_hand_over_is_worked_out_once_however_many_paths_lead_there()
    {
        var accounts = Numbered(Routing.HopsMax + 1);
        var site = Chain(accounts);

        var route = Routing.Route(site, accounts[0], Monday);

        Assert.Equal(accounts, route.Decisions.Select(decided => decided.Account));
        var routes = new HashSet<Route>(ReferenceEqualityComparer.Instance);
        Assert.InRange(Count(route, routes), 1, 16 * accounts.Count);
        Assert.Equal(accounts.Count, routes.Count);
    }

    [Fact]
    public void Nobody_further_than_a_call_can_come_makes_a_change()
    {
        var accounts = Numbered(Routing.HopsMax + 3);
        var site = Chain(accounts);

        Assert.Equal(accounts[..(Routing.HopsMax + 1)], Routing.Reached(site, accounts[0]));
        Assert.Single(Routing.Changes(site, accounts[0], Monday, Monday + Duration.FromHours(1)));
    }

    [Fact]
    public void Who_sees_one_account_only_sees_no_change_of_anothers_hours()
    {
        var late = new OpenRange(IsoDayOfWeek.Monday, DayTime.Parse("10:00"), DayTime.Parse("16:00"));
        var site = SomeGroups.Site.With(Ours, new() { InHours = ForwardTo(2) })
            .With(Others, new() { HoursSource = HoursSource.Own, Own = new([late], []) });
        var (from, to) = (At("2026-06-15T00:00Z"), At("2026-06-16T00:00Z"));

        Assert.Equal(5, Routing.Changes(site, Ours, from, to).Length);
        Assert.Equal(
            ["00:00", "07:30", "17:00"],
            Routing.Changes(site, Ours, from, to, only: Ours).Select(change => change.From.ToString("HH:mm", null)));
    }

    /// <summary>0 hands to 1 and to 5; 1 to 2 to 3 to 4 to 5, where a call goes no further; 5 to 6.</summary>
    [Fact]
    public void Who_is_far_on_one_way_and_near_on_another_counts_with_all_that_follows()
    {
        var accounts = Numbered(7);
        var site = Chain(accounts);
        site = site.With(accounts[0], site.Of(accounts[0]) with { IfBusy = ForwardTo(5) });

        var route = Routing.Route(site, accounts[0], Monday);

        Assert.Equal(accounts, route.Decisions.Select(decided => decided.Account).Order());
    }

    /// <summary>Each forwards elsewhere, and to the next one where nothing can ring.</summary>
    static SiteGroups Chain(List<Id<Account>> accounts)
    {
        var site = SomeGroups.Site with
        {
            State = SiteOf([.. accounts.Select((account, place) => (place, MainOf(account)))]),
        };
        Destination elsewhere = new Destination.Forward(E164.FromDigits(442070000000));
        for (var i = 0; i < accounts.Count; i++)
        {
            site = site.With(accounts[i], new()
            {
                InHours = elsewhere, IfNotAnswered = elsewhere, IfBusy = elsewhere,
                IfUnreachable = i + 1 < accounts.Count ? ForwardTo(i + 1) : new Destination.Announcement(),
            });
        }

        return site;
    }

    /// <summary>Stops, each route once; more than there can be when one is built again and again.</summary>
    static int Count(Route route, HashSet<Route> seen) => seen.Add(route) ? Count(route.First, seen) : 0;

    static int Count(Stop stop, HashSet<Route> seen) =>
        1 + (stop is Stop.Main main ? Count(main.Route, seen) : stop.Branches.Sum(branch => Count(branch.Then, seen)));
}
