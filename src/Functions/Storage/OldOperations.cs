using Telephony.Domain;
using Telephony.Domain.Directory;

namespace Telephony.Functions.Storage;

/// <summary>Operations of a site that may be forgotten.</summary>
public sealed class OldOperations(ITable sites)
{
    /// <summary>Removes those that ended before a time.</summary>
    public async Task RemoveAsync(Id<Site> site, DateTimeOffset time, CancellationToken ct)
    {
        var partition = SiteKeys.Partition(site);
        var rows = await sites.RangeAsync(partition, SiteKeys.OperationsFrom, SiteKeys.OperationsTo, ct: ct)
            .Where(row => row.GetDateTimeOffset("EndedAt") < time)
            .ToListAsync(ct);
        foreach (var batch in rows.Chunk(TableLimits.TransactionRowsMax))
        {
            // A conflict means that another process removes them too: what is left comes with the next night.
            await sites.CommitAsync(partition, [.. batch.Select(row => new RowChange.Delete(row))], ct);
        }
    }
}
