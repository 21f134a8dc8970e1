using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Sites;

/// <summary>Something else happens before its n-th request: an interleaving on purpose, not by luck.</summary>
sealed class InterruptedTable(ITable inner, Func<int, Task> before) : ITable
{
    int calls;

    public async Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct)
    {
        await before(++calls);
        return await inner.FindAsync(partition, row, ct);
    }

    public async IAsyncEnumerable<TableEntity> RangeAsync(
        string partition, string from, string to, int pageSize,
        [EnumeratorCancellation] CancellationToken ct)
    {
        await before(++calls);
        await foreach (var row in inner.RangeAsync(partition, from, to, pageSize, ct))
            yield return row;
    }

    public async Task<CommitResult> CommitAsync(
        string partition, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        await before(++calls);
        return await inner.CommitAsync(partition, changes, ct);
    }
}
