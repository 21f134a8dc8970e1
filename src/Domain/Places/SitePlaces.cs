using System.Collections.Immutable;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Places;

/// <summary>How much stands on a thing.</summary>
/// <param name="Ports">On a switch, its ports; on a space, the ports that are patched to it.</param>
/// <param name="Handsets">On a space or a port.</param>
/// <param name="Numbers">How many numbers ring there.</param>
/// <param name="PluggedIn">The one handset of a port.</param>
/// <param name="Assigned">The one number that is assigned to a handset.</param>
/// <param name="LoggedIn">The one number that is logged in to a handset.</param>
public sealed record Uses(
    int Ports = 0, int Handsets = 0, int Numbers = 0, MacAddress? PluggedIn = null, E164? Assigned = null,
    E164? LoggedIn = null)
{
    public static readonly Uses None = new();

    /// <summary>The same for somebody who may not know of every number which one it is, only that it rings.</summary>
    public Uses Showing(Predicate<E164> shows) => this with
    {
        Assigned = Assigned is { } assigned && shows(assigned) ? Assigned : null,
        LoggedIn = LoggedIn is { } guest && shows(guest) ? LoggedIn : null,
    };

    /// <param name="user">What stands on it from now on.</param>
    /// <param name="isPort">Whether it is a port, which has one handset.</param>
    internal Uses With(PlaceItem user, bool isPort) => user switch
    {
        Port => this with { Ports = Ports + 1 },
        Handset handset => this with { Handsets = Handsets + 1, PluggedIn = isPort ? handset.Mac : null },
        _ => this,
    };

    /// <param name="number">What rings on it from now on.</param>
    /// <param name="what">Where it is, and whether it is logged in there.</param>
    internal Uses With(E164 number, Ringing what) => what switch
    {
        Ringing.Assigned => this with { Numbers = Numbers + 1, Assigned = number },
        Ringing.LoggedIn => this with { Numbers = Numbers + 1, LoggedIn = number },
        _ => this with { Numbers = Numbers + 1 },
    };

    internal Uses Without(Ringing what) => what switch
    {
        Ringing.Assigned => this with { Numbers = Numbers - 1, Assigned = null },
        Ringing.LoggedIn => this with { Numbers = Numbers - 1, LoggedIn = null },
        _ => this with { Numbers = Numbers - 1 },
    };

    internal Uses Without(PlaceItem user) => user switch
    {
        Port => this with { Ports = Ports - 1 },
        Handset => this with { Handsets = Handsets - 1, PluggedIn = null },
        _ => this,
    };
}

/// <summary>How a number comes to ring at a thing.</summary>
enum Ringing
{
    /// <summary>At what its handset stands on, or as what it is assigned to itself.</summary>
    There,

    /// <summary>On the handset that it is assigned to.</summary>
    Assigned,

    /// <summary>On the handset that its user is logged in to.</summary>
    LoggedIn,
}

/// <summary>A thing of a site and what stands on it.</summary>
public sealed record Placed(PlaceItem Item, Uses Uses)
{
    /// <summary>What is at the other end of a handset's cable: its port, or the handset of a port.</summary>
    public PlaceRef? Cabled => this switch
    {
        { Item: Handset { Port: { } port } } => Port.RefOf(port),
        { Uses.PluggedIn: { } mac } => Handset.RefOf(mac),
        _ => null,
    };

    /// <summary>The same for somebody who may not know of what is at the other end of the cable.</summary>
    public Placed WithoutCable() => new(
        Item is Handset handset ? handset with { Port = null } : Item, Uses with { PluggedIn = null });
}

/// <summary>How many things of each kind a site has.</summary>
public sealed record PlaceCounts(int Spaces = 0, int Switches = 0, int Ports = 0, int Handsets = 0)
{
    public static readonly PlaceCounts None = new();

    public int this[PlaceKind kind] => kind switch
    {
        PlaceKind.Space => Spaces,
        PlaceKind.Switch => Switches,
        PlaceKind.Port => Ports,
        _ => Handsets,
    };

    /// <summary>The most that a site may have: a tower of offices has fewer.</summary>
    public static int Max(PlaceKind kind) => kind switch
    {
        PlaceKind.Space => 5_000,
        PlaceKind.Switch => 200,
        PlaceKind.Port => 20_000,
        _ => 10_000,
    };

    internal PlaceCounts Plus(PlaceKind kind, int more) => kind switch
    {
        PlaceKind.Space => this with { Spaces = Spaces + more },
        PlaceKind.Switch => this with { Switches = Switches + more },
        PlaceKind.Port => this with { Ports = Ports + more },
        _ => this with { Handsets = Handsets + more },
    };
}

/// <summary>
/// The things of a site that a decision looks at: at least the one that changes and those that it stands on, before and
/// after.
/// </summary>
public sealed record SitePlaces(ImmutableDictionary<PlaceRef, Placed> Items, PlaceCounts Counts)
{
    public static readonly SitePlaces None = new(ImmutableDictionary<PlaceRef, Placed>.Empty, PlaceCounts.None);

    /// <summary>What decisions have changed, created or removed since it was read.</summary>
    public ImmutableHashSet<PlaceRef> Touched { get; init; } = [];

    public Placed? Find(PlaceRef which) => Items.GetValueOrDefault(which);

    internal SitePlaces With(Placed placed) => this with
    {
        Items = Items.SetItem(placed.Item.Ref, placed), Touched = Touched.Add(placed.Item.Ref),
    };

    internal SitePlaces Without(PlaceRef which) => this with
    {
        Items = Items.Remove(which), Touched = Touched.Add(which),
    };

    internal SitePlaces Counting(PlaceKind kind, int more) => this with { Counts = Counts.Plus(kind, more) };
}
