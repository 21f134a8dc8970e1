using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;

namespace Telephony.Functions.Storage;

/// <summary>A space, switch, port or handset as a row of its site, with how much stands on it.</summary>
static class PlaceRow
{
    public static TableEntity Write(Id<Site> site, Placed placed, ETag etag = default)
    {
        var row = new TableEntity(SiteKeys.Partition(site), SiteKeys.Place(placed.Item.Ref)) { ETag = etag };
        WriteItem(row, placed.Item);
        Set(row, "UsedByPorts", Count(placed.Uses.Ports));
        Set(row, "UsedByHandsets", Count(placed.Uses.Handsets));
        Set(row, "UsedByNumbers", Count(placed.Uses.Numbers));
        Set(row, "PluggedIn", placed.Uses.PluggedIn?.ToString());
        Set(row, "Assigned", placed.Uses.Assigned?.ToString());
        Set(row, "LoggedIn", placed.Uses.LoggedIn?.ToString());
        return row;
    }

    public static Placed Read(PlaceKind kind, TableEntity row) => new(ReadItem(kind, row), new(
        row.GetInt32("UsedByPorts") ?? 0,
        row.GetInt32("UsedByHandsets") ?? 0,
        row.GetInt32("UsedByNumbers") ?? 0,
        row.GetString("PluggedIn") is { } mac ? MacAddress.Parse(mac) : null,
        NumberIn(row, "Assigned"),
        NumberIn(row, "LoggedIn")));

    static void WriteItem(TableEntity row, PlaceItem item)
    {
        switch (item)
        {
            case Space space:
                (row["Kind"], row["Floor"], row["Label"]) = (space.Kind.ToString(), space.Floor, space.Label);
                Set(row, "Room", space.Room);
                Set(row, "LeasedTo", space.LeasedTo?.Value);
                break;
            case Switch found:
                row["Name"] = found.Name;
                Set(row, "Model", found.Model);
                Set(row, "Floor", found.Floor);
                Set(row, "Room", found.Room);
                Set(row, "PortCount", found.PortCount);
                break;
            case Port port:
                (row["Switch"], row["Name"]) = (port.Switch.Value, port.Name);
                Set(row, "Space", port.Space?.Value);
                Set(row, "Outlet", port.Outlet);
                break;
            case Handset handset:
                Set(row, "Model", handset.Model);
                Set(row, "Vendor", handset.Vendor);
                Set(row, "Serial", handset.Serial);
                Set(row, "Space", handset.Space?.Value);
                Set(row, "DeskLabel", handset.DeskLabel);
                Set(row, "Port", handset.Port?.Value);
                row["Shared"] = handset.Shared;
                break;
        }
    }

    static PlaceItem ReadItem(PlaceKind kind, TableEntity row)
    {
        var id = row.RowKey[SiteKeys.PlacesFrom(kind).Length..];
        return kind switch
        {
            PlaceKind.Space => new Space(
                Id<Space>.Parse(id), Enum.Parse<SpaceKind>(row.GetString("Kind")), row.GetString("Floor"),
                row.GetString("Room"), row.GetString("Label"), IdIn<Account>(row, "LeasedTo")),
            PlaceKind.Switch => new Switch(
                Id<Switch>.Parse(id), row.GetString("Name"), row.GetString("Model"), row.GetString("Floor"),
                row.GetString("Room"), row.GetInt32("PortCount")),
            PlaceKind.Port => new Port(
                Id<Port>.Parse(id), Id<Switch>.Parse(row.GetString("Switch")), row.GetString("Name"),
                IdIn<Space>(row, "Space"), row.GetString("Outlet")),
            _ => new Handset(
                MacAddress.Parse(id), row.GetString("Model"), row.GetString("Vendor"), row.GetString("Serial"),
                IdIn<Space>(row, "Space"), row.GetString("DeskLabel"), IdIn<Port>(row, "Port"),
                row.GetBoolean("Shared") ?? false),
        };
    }

    static E164? NumberIn(TableEntity row, string property) =>
        row.GetString(property) is { } number ? E164.Parse(number) : null;

    static Id<T>? IdIn<T>(TableEntity row, string property) =>
        row.GetString(property) is { } id ? Id<T>.Parse(id) : null;

    static int? Count(int count) => count == 0 ? null : count;

    static void Set(TableEntity row, string property, object? value)
    {
        if (value is not null)
            row[property] = value;
    }
}

/// <summary>How many things of each kind a site has, as one row: creations and removals at a site meet in it.</summary>
static class PlaceCountsRow
{
    public static TableEntity Write(Id<Site> site, PlaceCounts counts, ETag etag = default) =>
        new(SiteKeys.Partition(site), SiteKeys.PlaceCounts)
        {
            ["Spaces"] = counts.Spaces,
            ["Switches"] = counts.Switches,
            ["Ports"] = counts.Ports,
            ["Handsets"] = counts.Handsets,
            ETag = etag,
        };

    public static PlaceCounts Read(TableEntity row) => new(
        row.GetInt32("Spaces") ?? 0, row.GetInt32("Switches") ?? 0, row.GetInt32("Ports") ?? 0,
        row.GetInt32("Handsets") ?? 0);
}
