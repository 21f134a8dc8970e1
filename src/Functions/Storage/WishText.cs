using System.Collections.Immutable;
using System.Globalization;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;

namespace Telephony.Functions.Storage;

/// <summary>
/// What numbers are to be assigned to, in properties <c>Wishes0</c> …: a line for each, of number, user, handset and
/// space, such as <c>+442079460012,ada,001a2b3c4d5e,</c>.
/// </summary>
static class WishText
{
    const string Property = "Wishes";

    public static string Of(IEnumerable<LineWish> wishes) => string.Join('\n', wishes.Select(wish => string.Create(
        CultureInfo.InvariantCulture, $"{wish.Number},{wish.User},{wish.Handset?.Key},{wish.Space}")));

    public static void Write(TableEntity row, ImmutableArray<LineWish> wishes) =>
        TextParts.Write(row, Property, Of(wishes));

    public static ImmutableArray<LineWish> Read(TableEntity row) =>
        [.. TextParts.Read(row, Property).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Wish)];

    static LineWish Wish(string line)
    {
        var parts = line.Split(',');
        return new(
            E164.Parse(parts[0]),
            parts[1].Length > 0 ? Id<User>.Parse(parts[1]) : null,
            parts[2].Length > 0 ? MacAddress.Parse(parts[2]) : null,
            parts[3].Length > 0 ? Id<Space>.Parse(parts[3]) : null);
    }
}
