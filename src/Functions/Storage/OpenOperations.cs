using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Storage;

/// <summary>
/// The operations of a site that were accepted and may not have ended. Each has a mark of its own, a row that is
/// written with it and that only the sweep removes: so ending one costs nothing more, and nobody reads those that ended
/// long ago.
/// </summary>
public sealed class OpenOperations(ITable sites)
{
    /// <summary>Marks looked at in one go; what is left comes with the next.</summary>
    public const int Max = 500;

    /// <summary>An accepted operation and its mark.</summary>
    public static IReadOnlyList<RowChange> Rows(Operation operation) =>
    [
        new RowChange.Insert(OperationRow.Write(operation)),
        new RowChange.Insert(new(SiteKeys.Partition(operation.Id.Site), SiteKeys.Open(operation.Id))
        {
            ["At"] = operation.At,
        }),
    ];

    /// <summary>All that are open; nothing is removed.</summary>
    public async IAsyncEnumerable<Operation> AllAsync(
        Id<Site> site, [EnumeratorCancellation] CancellationToken ct)
    {
        var partition = SiteKeys.Partition(site);
        await foreach (var mark in sites.RangeAsync(partition, SiteKeys.OpenFrom, SiteKeys.OpenTo, ct: ct))
        {
            if (await OperationAsync(mark, ct) is { HasEnded: false } open)
                yield return open;
        }
    }

    /// <summary>Those accepted before a time that have not ended. The marks of those that have are removed.</summary>
    public async IAsyncEnumerable<Operation> OlderAsync(
        Id<Site> site, DateTimeOffset time, [EnumeratorCancellation] CancellationToken ct)
    {
        var partition = SiteKeys.Partition(site);
        var marks = sites.RangeAsync(partition, SiteKeys.OpenFrom, SiteKeys.OpenTo, ct: ct)
            .Where(mark => mark.GetDateTimeOffset("At") < time)
            .Take(Max);
        foreach (var mark in await marks.ToListAsync(ct))
        {
            if (await OperationAsync(mark, ct) is { HasEnded: false } open)
                yield return open;
            else
                await sites.CommitAsync(partition, [new RowChange.Delete(mark)], ct);
        }
    }

    async Task<Operation?> OperationAsync(TableEntity mark, CancellationToken ct)
    {
        var id = OperationId.Parse(mark.RowKey[SiteKeys.OpenFrom.Length..]);
        return await sites.FindAsync(mark.PartitionKey, SiteKeys.Operation(id), ct) is { } row
            ? OperationRow.Read(row)
            : null;
    }
}
