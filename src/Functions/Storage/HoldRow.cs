using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;

namespace Telephony.Functions.Storage;

/// <summary>A hold with what its numbers do not say: whom they are kept for.</summary>
/// <param name="Hold">The hold.</param>
/// <param name="Name">The future starter's name. It is in this row and nowhere else.</param>
/// <param name="Named">The operation that wrote the name.</param>
/// <param name="At">When the hold was asked for.</param>
/// <param name="ETag">The version of the row; default before it exists.</param>
sealed record NamedHold(Hold Hold, string Name, OperationId Named, DateTimeOffset At, ETag ETag = default);

/// <summary>
/// A hold as a row: <c>Account</c>, <c>Name</c>, <c>Named</c>, <c>At</c>, and <c>Numbers</c>, where to look for what is
/// left of it. Until when, and which numbers still, is said by their blocks alone. The row is deleted with the hold.
/// </summary>
static class HoldRow
{
    public static TableEntity Write(NamedHold named) =>
        new(SiteKeys.Partition(named.Hold.Id.Site), SiteKeys.Hold(named.Hold.Id))
        {
            ["Account"] = named.Hold.Account.Value,
            ["Name"] = named.Name,
            ["Named"] = named.Named.Hash,
            ["At"] = named.At,
            ["Numbers"] = named.Hold.Numbers.ToString(),
            ETag = named.ETag,
        };

    public static NamedHold Read(TableEntity row)
    {
        var site = Id<Site>.Parse(row.PartitionKey);
        var hold = new Hold(
            SiteKeys.Hold(site, row.RowKey),
            Id<Account>.Parse(row.GetString("Account")),
            NumberSet.Parse(row.GetString("Numbers")));
        return new(
            hold, row.GetString("Name"), new(site, row.GetString("Named")), row.GetDateTimeOffset("At")!.Value,
            row.ETag);
    }
}
