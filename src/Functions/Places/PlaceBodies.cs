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

/// <remarks>What its members mean stands at those of the answer.</remarks>
record SpaceBody(
    SpaceKind Kind,
    [Length(1, PlaceLimits.TextMax)] string Floor,
    [Length(1, PlaceLimits.NameMax)] string Label,
    [Length(1, PlaceLimits.TextMax)] string? Room = null,
    Id<Account>? LeasedTo = null);

/// <remarks>What its members mean stands at those of the answer.</remarks>
record SwitchBody(
    [Length(1, PlaceLimits.NameMax)] string Name,
    [Length(1, PlaceLimits.NameMax)] string? Model = null,
    [Length(1, PlaceLimits.TextMax)] string? Floor = null,
    [Length(1, PlaceLimits.TextMax)] string? Room = null,
    [Range(1, Switch.PortsMax)] int? PortCount = null);

/// <remarks>What its members mean stands at those of the answer.</remarks>
record PortBody(
    Id<Switch> Switch,
    [Length(1, PlaceLimits.TextMax)] string Name,
    Id<Space>? Space = null,
    [Length(1, PlaceLimits.TextMax)] string? Outlet = null);

/// <remarks>What its members mean stands at those of the answer.</remarks>
record HandsetBody(
    [Length(1, PlaceLimits.NameMax)] string? Model = null,
    [Length(1, PlaceLimits.NameMax)] string? Vendor = null,
    [Length(1, PlaceLimits.NameMax)] string? Serial = null,
    Id<Space>? Space = null,
    [Length(1, PlaceLimits.NameMax)] string? DeskLabel = null,
    Id<Port>? Port = null,
    bool Shared = false);

/// <remarks>A body and the id that a route would say.</remarks>
sealed record SpaceLine(
    Id<Space> Id,
    SpaceKind Kind,
    [Length(1, PlaceLimits.TextMax)] string Floor,
    [Length(1, PlaceLimits.NameMax)] string Label,
    [Length(1, PlaceLimits.TextMax)] string? Room = null,
    Id<Account>? LeasedTo = null) : SpaceBody(Kind, Floor, Label, Room, LeasedTo);

/// <remarks>A body and the id that a route would say.</remarks>
sealed record SwitchLine(
    Id<Switch> Id,
    [Length(1, PlaceLimits.NameMax)] string Name,
    [Length(1, PlaceLimits.NameMax)] string? Model = null,
    [Length(1, PlaceLimits.TextMax)] string? Floor = null,
    [Length(1, PlaceLimits.TextMax)] string? Room = null,
    [Range(1, Switch.PortsMax)] int? PortCount = null) : SwitchBody(Name, Model, Floor, Room, PortCount);

/// <remarks>A body and the id that a route would say.</remarks>
sealed record PortLine(
    Id<Port> Id,
    Id<Switch> Switch,
    [Length(1, PlaceLimits.TextMax)] string Name,
    Id<Space>? Space = null,
    [Length(1, PlaceLimits.TextMax)] string? Outlet = null) : PortBody(Switch, Name, Space, Outlet);

/// <remarks>A body and the address that a route would say, in any of the usual spellings.</remarks>
sealed record HandsetLine(
    [Length(12, 17)] string Mac,
    [Length(1, PlaceLimits.NameMax)] string? Model = null,
    [Length(1, PlaceLimits.NameMax)] string? Vendor = null,
    [Length(1, PlaceLimits.NameMax)] string? Serial = null,
    Id<Space>? Space = null,
    [Length(1, PlaceLimits.NameMax)] string? DeskLabel = null,
    Id<Port>? Port = null,
    bool Shared = false) : HandsetBody(Model, Vendor, Serial, Space, DeskLabel, Port, Shared);
