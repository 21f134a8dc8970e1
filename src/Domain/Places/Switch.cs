using System.Collections.Immutable;

namespace Telephony.Domain.Places;

/// <summary>A network switch.</summary>
/// <param name="Id">Unique within the site.</param>
/// <param name="Name">As the network calls it.</param>
/// <param name="Model">As its maker calls it.</param>
/// <param name="Floor">Where it stands.</param>
/// <param name="Room">Where it stands.</param>
/// <param name="PortCount">Ports that it has, 1 to <see cref="PortsMax"/>; null when nobody said.</param>
public sealed record Switch(
    Id<Switch> Id, string Name, string? Model, string? Floor, string? Room, int? PortCount) : PlaceItem
{
    /// <summary>More than any stack of switches has that is run as one.</summary>
    public const int PortsMax = 1_024;

    public override PlaceRef Ref => RefOf(Id);

    public static PlaceRef RefOf(Id<Switch> id) => new(PlaceKind.Switch, id.Value);
}

/// <summary>A port of a switch, and the outlet that it is patched to.</summary>
/// <param name="Id">Unique within the site.</param>
/// <param name="Switch">Whose port it is.</param>
/// <param name="Name">As the switch calls it, such as Gi1/0/12.</param>
/// <param name="Space">Where its outlet is; null when it is not patched.</param>
/// <param name="Outlet">What stands on the outlet; only with a space.</param>
public sealed record Port(Id<Port> Id, Id<Switch> Switch, string Name, Id<Space>? Space, string? Outlet) : PlaceItem
{
    public override PlaceRef Ref => RefOf(Id);

    public override ImmutableArray<PlaceLink> Links =>
    [
        new("switch", Places.Switch.RefOf(Switch)),
        .. Space is { } space ? [new PlaceLink("space", Places.Space.RefOf(space))] : Array.Empty<PlaceLink>(),
    ];

    public static PlaceRef RefOf(Id<Port> id) => new(PlaceKind.Port, id.Value);
}
