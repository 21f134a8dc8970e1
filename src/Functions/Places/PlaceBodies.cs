using System.ComponentModel.DataAnnotations;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Places;

namespace Telephony.Functions.Places;

/// <summary>How long the texts of things may be.</summary>
static class PlaceLimits
{
    /// <summary>What people call a floor, a room, a port or an outlet is short.</summary>
    public const int TextMax = 40;

    /// <summary>What stands on a desk or a device, and what its maker calls it.</summary>
    public const int NameMax = 80;
}

/// <summary>A space as it is to be.</summary>
/// <param name="Kind">What it is used as.</param>
/// <param name="Floor">As the building calls it.</param>
/// <param name="Label">What stands on the desk or the door.</param>
/// <param name="Room">As the building calls it.</param>
/// <param name="LeasedTo">The account whose it is; absent when it is shared by all.</param>
record SpaceBody(
    SpaceKind Kind,
    [Length(1, PlaceLimits.TextMax)] string Floor,
    [Length(1, PlaceLimits.NameMax)] string Label,
    [Length(1, PlaceLimits.TextMax)] string? Room = null,
    Id<Account>? LeasedTo = null);

/// <summary>A switch as it is to be.</summary>
/// <param name="Name">As the network calls it.</param>
/// <param name="Model">As its maker calls it.</param>
/// <param name="Floor">Where it stands.</param>
/// <param name="Room">Where it stands.</param>
/// <param name="PortCount">Ports that it has; no more can be listed.</param>
record SwitchBody(
    [Length(1, PlaceLimits.NameMax)] string Name,
    [Length(1, PlaceLimits.NameMax)] string? Model = null,
    [Length(1, PlaceLimits.TextMax)] string? Floor = null,
    [Length(1, PlaceLimits.TextMax)] string? Room = null,
    [Range(1, Switch.PortsMax)] int? PortCount = null);

/// <summary>A port as it is to be.</summary>
/// <param name="Switch">Whose port it is.</param>
/// <param name="Name">As the switch calls it, such as Gi1/0/12.</param>
/// <param name="Space">Where its outlet is; absent when it is not patched.</param>
/// <param name="Outlet">What stands on the outlet; only with a space.</param>
record PortBody(
    Id<Switch> Switch,
    [Length(1, PlaceLimits.TextMax)] string Name,
    Id<Space>? Space = null,
    [Length(1, PlaceLimits.TextMax)] string? Outlet = null);

/// <summary>A handset as it is to be.</summary>
/// <param name="Model">As its maker calls it.</param>
/// <param name="Vendor">Its maker.</param>
/// <param name="Serial">Its maker's number.</param>
/// <param name="Space">Where it stands.</param>
/// <param name="DeskLabel">Which place of the space, where that has several.</param>
/// <param name="Port">What it is plugged into.</param>
/// <param name="Shared">Whether anybody may log in to it.</param>
record HandsetBody(
    [Length(1, PlaceLimits.NameMax)] string? Model = null,
    [Length(1, PlaceLimits.NameMax)] string? Vendor = null,
    [Length(1, PlaceLimits.NameMax)] string? Serial = null,
    Id<Space>? Space = null,
    [Length(1, PlaceLimits.NameMax)] string? DeskLabel = null,
    Id<Port>? Port = null,
    bool Shared = false);

/// <summary>A space of an import: a body, and the id that a route would say.</summary>
sealed record SpaceLine(
    Id<Space> Id,
    SpaceKind Kind,
    [Length(1, PlaceLimits.TextMax)] string Floor,
    [Length(1, PlaceLimits.NameMax)] string Label,
    [Length(1, PlaceLimits.TextMax)] string? Room = null,
    Id<Account>? LeasedTo = null) : SpaceBody(Kind, Floor, Label, Room, LeasedTo);

/// <summary>A switch of an import: a body, and the id that a route would say.</summary>
sealed record SwitchLine(
    Id<Switch> Id,
    [Length(1, PlaceLimits.NameMax)] string Name,
    [Length(1, PlaceLimits.NameMax)] string? Model = null,
    [Length(1, PlaceLimits.TextMax)] string? Floor = null,
    [Length(1, PlaceLimits.TextMax)] string? Room = null,
    [Range(1, Switch.PortsMax)] int? PortCount = null) : SwitchBody(Name, Model, Floor, Room, PortCount);

/// <summary>A port of an import: a body, and the id that a route would say.</summary>
sealed record PortLine(
    Id<Port> Id,
    Id<Switch> Switch,
    [Length(1, PlaceLimits.TextMax)] string Name,
    Id<Space>? Space = null,
    [Length(1, PlaceLimits.TextMax)] string? Outlet = null) : PortBody(Switch, Name, Space, Outlet);

/// <summary>A handset of an import: a body, and what a route would say.</summary>
/// <param name="Mac">Its hardware address, in any of the usual spellings.</param>
/// <param name="Model">As its maker calls it.</param>
/// <param name="Vendor">Its maker.</param>
/// <param name="Serial">Its maker's number.</param>
/// <param name="Space">Where it stands.</param>
/// <param name="DeskLabel">Which place of the space, where that has several.</param>
/// <param name="Port">What it is plugged into.</param>
/// <param name="Shared">Whether anybody may log in to it.</param>
sealed record HandsetLine(
    [Length(12, 17)] string Mac,
    [Length(1, PlaceLimits.NameMax)] string? Model = null,
    [Length(1, PlaceLimits.NameMax)] string? Vendor = null,
    [Length(1, PlaceLimits.NameMax)] string? Serial = null,
    Id<Space>? Space = null,
    [Length(1, PlaceLimits.NameMax)] string? DeskLabel = null,
    Id<Port>? Port = null,
    bool Shared = false) : HandsetBody(Model, Vendor, Serial, Space, DeskLabel, Port, Shared);
