using Azure.Data.Tables;

namespace Telephony.Functions.Storage;

/// <summary>
/// One storage table, as much of it as we use. Two stores implement it, Azure Table Storage and memory, and one
/// contract suite holds for both. A conflict is a value; an exception means that the outcome is unknown.
/// </summary>
public interface ITable
{
    /// <summary>The row, or null when there is none.</summary>
    Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct);

    /// <summary>
    /// Rows of one partition with <paramref name="from"/> ≤ RowKey &lt; <paramref name="to"/> (ordinal), in order.
    /// </summary>
    /// <param name="partition">The partition key.</param>
    /// <param name="from">First row key, inclusive.</param>
    /// <param name="to">Last row key, exclusive.</param>
    /// <param name="pageSize">Rows fetched by one request, at most 1,000: small when the caller stops early.</param>
    /// <param name="ct">Stops between pages.</param>
    IAsyncEnumerable<TableEntity> RangeAsync(
        string partition, string from, string to,
        int pageSize = TableLimits.PageRowsMax, CancellationToken ct = default);

    /// <summary>All changes or none, in one entity group transaction.</summary>
    Task<CommitResult> CommitAsync(string partition, IReadOnlyList<RowChange> changes, CancellationToken ct);
}
