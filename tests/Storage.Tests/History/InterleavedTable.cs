using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.History;

/// <summary>A table that lets something else happen before its rows are read.</summary>
sealed class InterleavedTable(ITable inner, Func<Task> beforeRange) : ITable
{
    public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct) =>
        inner.FindAsync(partition, row, ct);

    public Task<CommitResult> CommitAsync(string partition, IReadOnlyList<RowChange> changes, CancellationToken ct) =>
        inner.CommitAsync(partition, changes, ct);

    public async IAsyncEnumerable<TableEntity> RangeAsync(
        string partition, string from, string to, int pageSize, [EnumeratorCancellation] CancellationToken ct)
    {
        await beforeRange();
        await foreach (var row in inner.RangeAsync(partition, from, to, pageSize, ct))
            yield return row;
    }
}
