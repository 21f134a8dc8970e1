using System.Collections.Immutable;

namespace Telephony.Domain.Places;

/// <summary>A telephone on a desk or a wall. Its address is unique everywhere.</summary>
/// <param name="Mac">Its hardware address, which is its id.</param>
/// <param name="Model">As its maker calls it.</param>
/// <param name="Vendor">Its maker.</param>
/// <param name="Serial">Its maker's number.</param>
/// <param name="Space">Where it stands.</param>
/// <param name="DeskLabel">Which place of the space, where that has several.</param>
/// <param name="Port">What it is plugged into.</param>
/// <param name="Shared">Whether anybody may log in to it.</param>
public sealed record Handset(
    MacAddress Mac,
    string? Model,
    string? Vendor,
    string? Serial,
    Id<Space>? Space,
    string? DeskLabel,
    Id<Port>? Port,
    bool Shared) : PlaceItem
{
    public override PlaceRef Ref => RefOf(Mac);

    public override ImmutableArray<PlaceLink> Links =>
    [
        .. Space is { } space ? [new PlaceLink("space", Places.Space.RefOf(space))] : Array.Empty<PlaceLink>(),
        .. Port is { } port ? [new PlaceLink("port", Places.Port.RefOf(port))] : Array.Empty<PlaceLink>(),
    ];

    public static PlaceRef RefOf(MacAddress mac) => new(PlaceKind.Handset, mac.Key);
}
