using Telephony.Domain.Places;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;

namespace Telephony.Functions.Places;

/// <summary>A thing that an import brings, and where the import says it.</summary>
/// <param name="Item">As it is to be.</param>
/// <param name="Prefix">Where in a body it stands, such as <c>spaces[3].</c>; empty in a file.</param>
/// <param name="Row">Where in a file it begins; null in a body.</param>
sealed record PlaceEntry(PlaceItem Item, string Prefix, int? Row)
{
    public ProblemError At(ProblemError error) => error with { Field = Prefix + error.Field, Row = Row };
}

/// <summary>Makes entries of lines, whatever they were read from, and remembers which things were named.</summary>
sealed class PlaceEntries
{
    readonly HashSet<PlaceRef> named = [];

    /// <summary>The entry; null, and errors, when something is wrong with it.</summary>
    /// <param name="line">One of the lines that an import can have.</param>
    /// <param name="errors">Gets an error for each field.</param>
    /// <param name="prefix">Where in a body it stands.</param>
    /// <param name="row">Where in a file it begins.</param>
    public PlaceEntry? Read(object line, BodyErrors errors, string prefix = "", int? row = null)
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
        return found.Problem is null ? new(item!, prefix, row) : null;
    }
}
