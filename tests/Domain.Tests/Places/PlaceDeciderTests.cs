using System.Collections.Immutable;
using CsCheck;
using Telephony.Domain.Directory;
using Telephony.Domain.Places;

namespace Telephony.Domain.Tests.Places;

public sealed class PlaceDeciderTests
{
    static readonly Id<Account> Acme = Id<Account>.Parse("acme");

    [Fact]
    public void A_thing_counts_what_stands_on_it_as_that_comes_moves_and_goes()
    {
        var places = Given(
            Space("a"), Space("b"), Switch("core"), Port("p1", "a"), Port("p2", "b"), Phone(1, "a", "p1"));
        Assert.Equal(new(Ports: 1, Handsets: 1), Uses(places, "a"));
        Assert.Equal(new(Ports: 2), places.Find(Domain.Places.Switch.RefOf(Id<Switch>.Parse("core")))!.Uses);
        Assert.Equal(new(Handsets: 1, PluggedIn: Mac(1)), PortUses(places, "p1"));
        Assert.Equal(new(Spaces: 2, Switches: 1, Ports: 2, Handsets: 1), places.Counts);

        places = Put(places, Phone(1, "b", "p2"));
        Assert.Equal(new(Ports: 1), Uses(places, "a"));
        Assert.Equal(new(Ports: 1, Handsets: 1), Uses(places, "b"));
        Assert.Equal(Domain.Places.Uses.None, PortUses(places, "p1"));

        places = Removed(places, Phone(1).Ref);
        Assert.Equal(Domain.Places.Uses.None, PortUses(places, "p2"));
        Assert.Equal(0, places.Counts.Handsets);
    }

    [Fact]
    public void A_change_touches_only_what_it_leaves_and_comes_to()
    {
        var places = Given(Space("a"), Space("b"), Switch("core"), Port("p1", "a"), Phone(1, "a", "p1"));

        Assert.Equal(
            [Phone(1).Ref, Space("a").Ref, Space("b").Ref],
            Put(places, Phone(1, "b", "p1")).Touched.OrderByDescending(which => which.Kind).ThenBy(which => which.Id));
        Assert.Equal([Phone(1).Ref], Put(places, Phone(1, "a", "p1") with { Model = "T58" }).Touched);
        Assert.IsType<PlaceDecision.Unchanged>(PlaceDecider.Put(places, Phone(1, "a", "p1"), mayLease: false));
    }

    [Fact]
    public void What_is_not_there_is_named_with_the_field_that_names_it() => Assert.Equal(
        [
            new PlaceRefusal.Missing("space", Space("nowhere").Ref),
            new PlaceRefusal.Missing("port", Port("none").Ref),
        ],
        Refusals(PlaceDecider.Put(SitePlaces.None, Phone(1, "nowhere", "none"), mayLease: true)));

    [Fact]
    public void A_port_has_one_handset()
    {
        var places = Given(Switch("core"), Port("p1"), Phone(1, port: "p1"));

        Assert.Equal([new PlaceRefusal.PortTaken("port", Mac(1))], Refuse(places, Phone(2, port: "p1")));
        Put(Removed(places, Phone(1).Ref), Phone(2, port: "p1"));
        Put(Put(places, Phone(1)), Phone(2, port: "p1"));
    }

    [Fact]
    public void A_switch_has_the_ports_that_it_says_it_has()
    {
        var places = Given(Switch("core", 2), Port("p1"), Port("p2"));

        Assert.Equal([new PlaceRefusal.SwitchFull("switch", 2)], Refuse(places, Port("p3")));
        Assert.Equal([new PlaceRefusal.FewerPorts(2)], Refuse(places, Switch("core", 1)));
        Put(Put(places, Switch("core", 3)), Port("p3"));
        Put(places, Port("p1") with { Name = "Gi2" });
    }

    [Fact]
    public void What_something_stands_on_stays()
    {
        var places = Given(Space("a"), Switch("core"), Port("p1", "a"), Phone(1, "a", "p1"));

        AssertInUse(places, Space("a").Ref, new(Ports: 1, Handsets: 1));
        AssertInUse(places, Switch("core").Ref, new(Ports: 1));
        AssertInUse(places, Port("p1").Ref, new(Handsets: 1, PluggedIn: Mac(1)));
        Assert.IsType<PlaceDecision.NotThere>(PlaceDecider.Remove(places, Space("b").Ref, mayLease: true));

        var ringing = places with
        {
            Items = places.Items.SetItem(Phone(1).Ref, new(Phone(1, "a", "p1"), new(Numbers: 2))),
        };
        AssertInUse(ringing, Phone(1).Ref, new(Numbers: 2));

        static void AssertInUse(SitePlaces places, PlaceRef which, Uses uses) =>
            Assert.Equal([new PlaceRefusal.InUse(which, uses)], Refuse(places, which));
    }

    [Fact]
    public void A_lease_begins_changes_and_ends_by_those_only_who_may_change_leases()
    {
        var leased = Space("a") with { LeasedTo = Acme };
        var places = Put(SitePlaces.None, leased);

        Assert.Equal([new PlaceRefusal.LeaseNotTheirs(null)], Refuse(SitePlaces.None, leased, mayLease: false));
        Assert.Equal([new PlaceRefusal.LeaseNotTheirs(Acme)], Refuse(places, Space("a"), mayLease: false));
        Assert.Equal(
            [new PlaceRefusal.LeaseNotTheirs(Acme)],
            Refusals(PlaceDecider.Remove(places, leased.Ref, mayLease: false)));
        Assert.IsType<PlaceDecision.Accepted>(
            PlaceDecider.Put(places, leased with { Floor = "9" }, mayLease: false));
        Put(places, Space("a"));
        Removed(places, leased.Ref);
    }

    [Fact]
    public void A_port_has_an_outlet_only_in_a_space()
    {
        var places = Given(Space("a"), Switch("core"));
        var outlet = Port("p1", "a") with { Outlet = "2N-1" };
        Put(places, outlet);
        Assert.Equal([new PlaceRefusal.OutletNowhere()], Refuse(places, outlet with { Space = null }));
    }

    [Theory]
    [InlineData(PlaceKind.Space, 5_000)]
    [InlineData(PlaceKind.Switch, 200)]
    [InlineData(PlaceKind.Port, 20_000)]
    [InlineData(PlaceKind.Handset, 10_000)]
    public void A_site_has_no_more_of_a_kind_than_it_may(PlaceKind kind, int max)
    {
        var full = new PlaceCounts(5_000, 200, 20_000, 10_000);
        var places = Given(Switch("core")) with { Counts = full };
        PlaceItem one = kind switch
        {
            PlaceKind.Space => Space("new"),
            PlaceKind.Switch => Switch("new"),
            PlaceKind.Port => Port("new"),
            _ => Phone(9),
        };

        Assert.Equal([new PlaceRefusal.TooMany(kind, max)], Refuse(places, one));
        Put(places, Switch("core", 48));
    }

    /// <summary>However things come, change and go, each counts just those that name it, and none is missing.</summary>
    [Fact]
    public void After_any_changes_the_uses_are_those_that_a_count_of_all_things_finds() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 3], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Bool).List[1, 60].Sample(steps =>
        {
            var places = SitePlaces.None;
            foreach (var (kind, id, space, port, goes) in steps)
            {
                PlaceItem item = kind switch
                {
                    0 => Space($"s{id}"),
                    1 => Switch("core", id),
                    2 => Port($"p{id}", space == 0 ? null : $"s{space}"),
                    _ => Phone(id, space == 0 ? null : $"s{space}", port == 0 ? null : $"p{port}"),
                };
                var decision = goes
                    ? PlaceDecider.Remove(places, item.Ref, mayLease: true)
                    : PlaceDecider.Put(places, item, mayLease: true);
                places = decision is PlaceDecision.Accepted accepted ? accepted.After : places;
                AssertInStep(places);
            }
        });

    static void AssertInStep(SitePlaces places)
    {
        var named = places.Items.Values
            .SelectMany(placed => placed.Item.Links.Select(link => (link.To, User: placed.Item))).ToList();
        Assert.All(named, link => Assert.NotNull(places.Find(link.To)));
        foreach (var (which, placed) in places.Items)
        {
            var users = named.Where(link => link.To == which).Select(link => link.User).ToList();
            var phones = users.OfType<Handset>().ToList();
            Assert.Equal(
                new(users.OfType<Port>().Count(), phones.Count, 0, which.Kind is PlaceKind.Port && phones is [var one]
                    ? one.Mac
                    : null),
                placed.Uses);
            Assert.False(which.Kind is PlaceKind.Port && phones.Count > 1);
        }

        Assert.All(Enum.GetValues<PlaceKind>(), kind =>
            Assert.Equal(places.Items.Keys.Count(which => which.Kind == kind), places.Counts[kind]));
    }

    static SitePlaces Given(params PlaceItem[] items) =>
        items.Aggregate(SitePlaces.None, (places, item) => Put(places, item)) with { Touched = [] };

    static SitePlaces Put(SitePlaces places, PlaceItem item) =>
        Assert.IsType<PlaceDecision.Accepted>(PlaceDecider.Put(places, item, mayLease: true)).After;

    static SitePlaces Removed(SitePlaces places, PlaceRef which) =>
        Assert.IsType<PlaceDecision.Accepted>(PlaceDecider.Remove(places, which, mayLease: true)).After;

    static ImmutableArray<PlaceRefusal> Refuse(SitePlaces places, PlaceItem item, bool mayLease = true) =>
        Refusals(PlaceDecider.Put(places, item, mayLease));

    static ImmutableArray<PlaceRefusal> Refuse(SitePlaces places, PlaceRef which) =>
        Refusals(PlaceDecider.Remove(places, which, mayLease: true));

    static ImmutableArray<PlaceRefusal> Refusals(PlaceDecision decision) =>
        Assert.IsType<PlaceDecision.Refused>(decision).Refusals;

    static Uses Uses(SitePlaces places, string space) => places.Find(Space(space).Ref)!.Uses;

    static Uses PortUses(SitePlaces places, string port) => places.Find(Port(port).Ref)!.Uses;

    static Space Space(string id) => new(Id<Space>.Parse(id), SpaceKind.Desk, "2", null, id, null);

    static Switch Switch(string id, int? ports = null) => new(Id<Switch>.Parse(id), id, null, null, null, ports);

    static Port Port(string id, string? space = null) => new(
        Id<Port>.Parse(id), Id<Switch>.Parse("core"), id, space is null ? null : Id<Space>.Parse(space), null);

    static Handset Phone(int index, string? space = null, string? port = null) => new(
        Mac(index), null, null, null, space is null ? null : Id<Space>.Parse(space), null,
        port is null ? null : Id<Port>.Parse(port), Shared: false);

    static MacAddress Mac(int index) => MacAddress.Parse($"00:1a:2b:00:00:0{index}");
}
