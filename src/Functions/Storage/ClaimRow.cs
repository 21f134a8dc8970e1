using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>
/// Which site has each number of a block, as a row of the table <c>claims</c>: <c>Claims</c> is
/// <c>site/generation:mask</c>, joined by semicolons. The rows of 10,000 consecutive numbers make a partition: one
/// transaction claims them. A block of which no site has a number has no row.
/// </summary>
static class ClaimRow
{
    const string Property = "Claims";
    const int PartitionNumbers = 10_000;

    /// <summary>The digits of its numbers without the last four.</summary>
    public static string Partition(BlockId block) =>
        (block.First.Digits / PartitionNumbers).ToString(CultureInfo.InvariantCulture);

    /// <summary>The block's first number in 15 digits, so that blocks sort as their numbers.</summary>
    public static string Key(BlockId block) => block.First.Digits.ToString("D15", CultureInfo.InvariantCulture);

    public static TableEntity Write(BlockId block, BlockClaims claims, ETag etag = default) =>
        new(Partition(block), Key(block))
        {
            [Property] = string.Join(';', claims.Claims.Select(claim => string.Create(
                CultureInfo.InvariantCulture, $"{claim.Site}/{claim.Generation}:{claim.Slots}"))),
            ETag = etag,
        };

    public static BlockClaims Read(TableEntity row) => BlockClaims.Of(
        row.GetString(Property).Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Read));

    public static BlockId Block(TableEntity row) =>
        E164.FromDigits(long.Parse(row.RowKey, NumberStyles.None, CultureInfo.InvariantCulture)).Block;

    static Claim Read(string text)
    {
        var (slash, colon) = (text.IndexOf('/', StringComparison.Ordinal), text.IndexOf(':', StringComparison.Ordinal));
        return new(
            Id<Site>.Parse(text[..slash]),
            int.Parse(text.AsSpan((slash + 1)..colon), NumberStyles.None, CultureInfo.InvariantCulture),
            Slots.Parse(text[(colon + 1)..]));
    }
}
