using Azure.Data.Tables;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Linear;

/// <summary>Counts the transactions that were turned down: without any, a test of races proves nothing.</summary>
sealed class CountingConflicts(ITable inner) : ITable
{
    int conflicts;

    public int Conflicts => Volatile.Read(ref conflicts);

    public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct) =>
        inner.FindAsync(partition, row, ct);

    public IAsyncEnumerable<TableEntity> RangeAsync(
        string partition, string from, string to, int pageSize, CancellationToken ct) =>
        inner.RangeAsync(partition, from, to, pageSize, ct);

    public async Task<CommitResult> CommitAsync(
        string partition, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        var result = await inner.CommitAsync(partition, changes, ct);
        if (result is CommitResult.Conflict)
            Interlocked.Increment(ref conflicts);
        return result;
    }
}
