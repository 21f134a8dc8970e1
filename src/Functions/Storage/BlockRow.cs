using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>
/// A block of 100 numbers as a row: <c>State</c>, <c>Role</c>, <c>Kind</c> (100 letters each), <c>Free</c>, and
/// <c>n00</c> to <c>n99</c> for the slots that have more to say.
/// </summary>
static class BlockRow
{
    static readonly string[] SlotNames =
        [.. Enumerable.Range(0, Block.Size).Select(slot => slot.ToString("'n'00", CultureInfo.InvariantCulture))];

    /// <summary>The row of a new block, or the merge that turns <paramref name="before"/> into it.</summary>
    public static TableEntity Write(Id<Site> site, Block block, Block? before, ETag etag)
    {
        var row = new TableEntity(SiteKeys.Partition(site), SiteKeys.Block(block.Id))
        {
            ["State"] = Letters(block, number => Alphabet.States[number.State]),
            ["Role"] = Letters(block, number => Alphabet.Roles[number.Role]),
            ["Kind"] = Letters(block, number => Alphabet.Kinds[number.Kind]),
            ["Free"] = block.Free,
        };
        row.ETag = etag;

        foreach (var slot in block.Provisioned)
        {
            if (ReferenceEquals(block[slot], before?[slot]))
                continue;

            // A merge cannot remove a property, so a slot that no longer has anything to say is written as empty text.
            var text = SlotText.Write(block[slot]!);
            if (text.Length > 0 || before?[slot] is not null)
                row[SlotNames[slot]] = text;
        }

        return row;
    }

    public static Block Read(TableEntity row)
    {
        var (states, roles, kinds) = (row.GetString("State"), row.GetString("Role"), row.GetString("Kind"));
        var known = new Dictionary<(char, char, char, string), Number>();
        return new(SiteKeys.Block(row.RowKey), Enumerable.Range(0, Block.Size)
            .Where(slot => states[slot] != Alphabet.Nothing)
            .Select(slot => KeyValuePair.Create(slot, Read(states[slot], roles[slot], kinds[slot], Said(slot)))));

        string Said(int slot) => row.TryGetValue(SlotNames[slot], out var text) ? (string)text : "";

        // Most numbers of a block say the same, and an equal number needs no object of its own.
        Number Read(char state, char role, char kind, string text)
        {
            if (!known.TryGetValue((state, role, kind, text), out var number))
            {
                number = new(Alphabet.Kinds[kind], Alphabet.Roles[role]) { State = Alphabet.States[state] };
                known[(state, role, kind, text)] = number = SlotText.Read(text, number);
            }

            return number;
        }
    }

    static string Letters(Block block, Func<Number, char> letter) => string.Concat(Enumerable.Range(0, Block.Size)
        .Select(slot => block[slot] is { } number ? letter(number) : Alphabet.Nothing));
}
