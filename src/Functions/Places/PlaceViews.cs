using System.Collections.Immutable;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Places;
using Telephony.Functions.Http;

namespace Telephony.Functions.Places;

/// <summary>Somewhere at a site where handsets stand.</summary>
/// <param name="Id">Its id, unique within the site.</param>
/// <param name="Kind">What it is used as.</param>
/// <param name="Floor">As the building calls it.</param>
/// <param name="Room">As the building calls it.</param>
/// <param name="Label">What stands on the desk or the door.</param>
/// <param name="LeasedTo">The account whose it is; absent when it is shared by all.</param>
/// <param name="Ports">How many ports are patched to it.</param>
/// <param name="Handsets">How many handsets stand there.</param>
sealed record SpaceView(
    Id<Space> Id,
    SpaceKind Kind,
    string Floor,
    string? Room,
    string Label,
    Id<Account>? LeasedTo,
    int Ports,
    int Handsets)
{
    public static SpaceView Of(Placed placed)
    {
        var space = (Space)placed.Item;
        return new(
            space.Id, space.Kind, space.Floor, space.Room, space.Label, space.LeasedTo, placed.Uses.Ports,
            placed.Uses.Handsets);
    }
}

/// <summary>A network switch.</summary>
/// <param name="Id">Its id, unique within the site.</param>
/// <param name="Name">As the network calls it.</param>
/// <param name="Model">As its maker calls it.</param>
/// <param name="Floor">Where it stands.</param>
/// <param name="Room">Where it stands.</param>
/// <param name="PortCount">Ports that it has; no more can be listed. Absent when nobody said.</param>
/// <param name="Ports">Ports of it that are listed.</param>
sealed record SwitchView(
    Id<Switch> Id, string Name, string? Model, string? Floor, string? Room, int? PortCount, int Ports)
{
    public static SwitchView Of(Placed placed)
    {
        var found = (Switch)placed.Item;
        return new(
            found.Id, found.Name, found.Model, found.Floor, found.Room, found.PortCount, placed.Uses.Ports);
    }
}

/// <summary>A port of a switch, and the outlet that it is patched to.</summary>
/// <param name="Id">Its id, unique within the site.</param>
/// <param name="Switch">Whose port it is.</param>
/// <param name="Name">As the switch calls it, such as Gi1/0/12.</param>
/// <param name="Space">Where the outlet is; absent when the port is not patched.</param>
/// <param name="Outlet">What stands on the outlet.</param>
/// <param name="Handset">
/// The address of the handset that is plugged in; absent also when the caller does not see that handset.
/// </param>
sealed record PortView(
    Id<Port> Id, Id<Switch> Switch, string Name, Id<Space>? Space, string? Outlet, string? Handset)
{
    public static PortView Of(Placed placed)
    {
        var port = (Port)placed.Item;
        return new(port.Id, port.Switch, port.Name, port.Space, port.Outlet, placed.Uses.PluggedIn?.ToString());
    }
}

/// <summary>A telephone on a desk or a wall.</summary>
/// <param name="Mac">Its hardware address, unique everywhere.</param>
/// <param name="Model">As its maker calls it.</param>
/// <param name="Vendor">Its maker.</param>
/// <param name="Serial">Its maker's number.</param>
/// <param name="Space">Where it stands.</param>
/// <param name="DeskLabel">Which place of the space, where that has several.</param>
/// <param name="Port">What it is plugged into; absent also when the caller does not see that port.</param>
/// <param name="Shared">Whether anybody may log in to it.</param>
/// <param name="Free">Whether it rings for no number.</param>
/// <param name="Number">
/// The number that is assigned to it, in E.164; absent also when it is another account's than the caller's.
/// </param>
/// <param name="LoggedIn">
/// The number that is logged in to it, in E.164; absent also when it is another account's than the caller's.
/// </param>
/// <param name="Chain">From the handset to its switch; not in lists.</param>
sealed record HandsetView(
    string Mac,
    string? Model,
    string? Vendor,
    string? Serial,
    Id<Space>? Space,
    string? DeskLabel,
    Id<Port>? Port,
    bool Shared,
    bool Free,
    string? Number,
    string? LoggedIn,
    [property: NotInTables] ChainView? Chain = null)
{
    public static HandsetView Of(Placed placed)
    {
        var handset = (Handset)placed.Item;
        return new(
            handset.Mac.ToString(), handset.Model, handset.Vendor, handset.Serial, handset.Space, handset.DeskLabel,
            handset.Port, handset.Shared, placed.Uses.Numbers == 0, placed.Uses.Assigned?.ToString(),
            placed.Uses.LoggedIn?.ToString());
    }
}

/// <summary>From a handset to its switch and to where it stands, without a port that the caller does not see.</summary>
/// <param name="Port">Its port, as its switch calls it.</param>
/// <param name="Outlet">What stands on the outlet that the port is patched to.</param>
/// <param name="PatchedTo">The space where that outlet is.</param>
/// <param name="Switch">The port's switch.</param>
/// <param name="Floor">Where the handset stands.</param>
/// <param name="Room">Where the handset stands.</param>
/// <param name="LeasedTo">Whose its space is; absent when that is shared by all.</param>
/// <param name="Missing">What keeps it from being found and reached, in words; empty when nothing does.</param>
sealed record ChainView(
    string? Port,
    string? Outlet,
    Id<Space>? PatchedTo,
    string? Switch,
    string? Floor,
    string? Room,
    Id<Account>? LeasedTo,
    ImmutableArray<string> Missing)
{
    /// <param name="chain">As it is.</param>
    /// <param name="shown">The handset, as the caller may know it.</param>
    public static ChainView Of(HandsetChain chain, Placed shown)
    {
        var port = shown.Cabled is null ? null : chain.Port;
        return new(
            port?.Name, port?.Outlet, port?.Space, port is null ? null : chain.Switch?.Name, chain.Space?.Floor,
            chain.Space?.Room, chain.Space?.LeasedTo, [.. chain.Gaps.Select(gap => Words(gap, port))]);
    }

    static string Words(ChainGap gap, Port? port) => gap switch
    {
        ChainGap.NoSpace => "It stands in no space.",
        ChainGap.NoPort => "It is plugged into no port.",
        ChainGap.NotPatched => port is null ? "Its port is not patched." : $"Its port '{port.Id}' is not patched.",
        _ => port is null
            ? "Its port belongs to another space."
            : $"Its port '{port.Id}' belongs to another space, '{port.Space}'.",
    };
}
