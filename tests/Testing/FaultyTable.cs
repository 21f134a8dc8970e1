using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Telephony.Functions.Storage;

namespace Telephony.Testing;

/// <summary>
/// A table whose requests fail as the plan says: an <see cref="IOException"/> before the call or after it.
/// </summary>
public sealed class FaultyTable(ITable inner, FaultPlan plan) : ITable
{
    public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct) =>
        Strike(() => inner.FindAsync(partition, row, ct));

    public Task<CommitResult> CommitAsync(string partition, IReadOnlyList<RowChange> changes, CancellationToken ct) =>
        Strike(() => inner.CommitAsync(partition, changes, ct));

    /// <summary>Each page is a request of its own, so a fault may strike between two rows.</summary>
    public async IAsyncEnumerable<TableEntity> RangeAsync(
        string partition,
        string from,
        string to,
        int pageSize = TableLimits.PageRowsMax,
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        var rows = 0;
        await foreach (var row in inner.RangeAsync(partition, from, to, pageSize, ct))
        {
            if (rows++ % pageSize == 0)
                await Strike(() => Task.FromResult(true));
            yield return row;
        }

        if (rows == 0)
            await Strike(() => Task.FromResult(true));
    }

    async Task<T> Strike<T>(Func<Task<T>> call)
    {
        var fault = plan.Next();
        if (fault is Fault.BeforeCall)
            throw new IOException("The request was lost.");

        var result = await call();
        return fault is Fault.AfterCall ? throw new IOException("The response was lost.") : result;
    }
}
