using System.Collections.Immutable;
using System.Diagnostics;
using Telephony.Domain.Places;
using Telephony.Functions.Http;
using Switch = Telephony.Domain.Places.Switch;

namespace Telephony.Functions.Places;

/// <summary>A thing that an import brings, and where the import says it.</summary>
/// <param name="Item">As it is to be when it is new.</param>
/// <param name="Given">Which members the import says; a thing that is there keeps the others as they are.</param>
/// <param name="Prefix">Where in a body it stands, such as <c>spaces[3].</c>; empty in a file.</param>
/// <param name="Row">Where in a file it begins; null in a body.</param>
sealed record PlaceEntry(PlaceItem Item, ImmutableHashSet<string> Given, string Prefix, int? Row)
{
    /// <summary>
    /// The thing as it is to be, over what is stored of it: a file that leaves a column out says
    /// nothing of it, and must not end leases or unplug handsets by that.
    /// </summary>
    public PlaceItem Over(PlaceItem? stored) => (Item, stored) switch
    {
        (_, null) => Item,
        (Space now, Space was) => now with
        {
            Room = Says("room") ? now.Room : was.Room,
            LeasedTo = Says("leasedTo") ? now.LeasedTo : was.LeasedTo,
        },
        (Switch now, Switch was) => now with
        {
            Model = Says("model") ? now.Model : was.Model,
            Floor = Says("floor") ? now.Floor : was.Floor,
            Room = Says("room") ? now.Room : was.Room,
            PortCount = Says("portCount") ? now.PortCount : was.PortCount,
        },
        (Port now, Port was) => now with
        {
            Space = Says("space") ? now.Space : was.Space,
            Outlet = Says("outlet") ? now.Outlet : was.Outlet,
        },
        (Handset now, Handset was) => now with
        {
            Model = Says("model") ? now.Model : was.Model,
            Vendor = Says("vendor") ? now.Vendor : was.Vendor,
            Serial = Says("serial") ? now.Serial : was.Serial,
            Space = Says("space") ? now.Space : was.Space,
            DeskLabel = Says("deskLabel") ? now.DeskLabel : was.DeskLabel,
            Port = Says("port") ? now.Port : was.Port,
            Shared = Says("shared") ? now.Shared : was.Shared,
        },
        _ => throw new UnreachableException($"{Item.Ref} is stored as {stored}."),
    };

    bool Says(string member) => Given.Contains(member);

    public ProblemError At(ProblemError error) => error with { Field = Prefix + error.Field, Row = Row };
}

/// <summary>Makes entries of lines, whatever they were read from, and remembers which things were named.</summary>
sealed class PlaceEntries
{
    readonly HashSet<PlaceRef> named = [];

    /// <summary>The entry; null, and errors, when something is wrong with it.</summary>
    /// <param name="line">One of the lines that an import can have.</param>
    /// <param name="given">Which of its members the import says.</param>
    /// <param name="errors">Gets an error for each field.</param>
    /// <param name="prefix">Where in a body it stands.</param>
    /// <param name="row">Where in a file it begins.</param>
    public PlaceEntry? Read(
        object line, ImmutableHashSet<string> given, BodyErrors errors, string prefix = "", int? row = null)
    {
        var found = new BodyErrors();
        var input = new PlaceInput(found, prefix);
        PlaceItem? item = line switch
        {
            SpaceLine space => input.Space(space.Id, space),
            SwitchLine one => input.Switch(one.Id, one),
            PortLine port => input.Port(port.Id, port),
            HandsetLine handset when input.Mac(handset.Mac) is { } mac => input.Handset(mac, handset),
            _ => null,
        };
        if (item is not null && !named.Add(item.Ref))
        {
            found.Add(
                prefix + (item is Handset ? "mac" : "id"), "named-twice", "It stands here twice.", "Name it once.");
        }

        errors.Add(found.Problem?.Errors ?? []);
        return found.Problem is null ? new(item!, given, prefix, row) : null;
    }
}
