using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Linear;

/// <summary>A store that forgets If-Match: every merge is carried out, whatever the row has become meanwhile.</summary>
sealed class WithoutIfMatch(ITable inner) : ITable
{
    public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct) =>
        inner.FindAsync(partition, row, ct);

    public IAsyncEnumerable<TableEntity> RangeAsync(
        string partition, string from, string to, int pageSize, CancellationToken ct) =>
        inner.RangeAsync(partition, from, to, pageSize, ct);

    public async Task<CommitResult> CommitAsync(
        string partition, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        foreach (var change in changes.OfType<RowChange.Merge>())
        {
            if (await inner.FindAsync(partition, change.Row.RowKey, ct) is { } now)
                change.Row.ETag = now.ETag;
        }

        return await inner.CommitAsync(partition, changes, ct);
    }
}

/// <summary>
/// What a process would see that trusted what it remembers, also when it refuses: it reads again only after a conflict.
/// </summary>
sealed class OldRows(ITable inner) : ITable
{
    List<TableEntity>? remembered;

    public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct) =>
        inner.FindAsync(partition, row, ct);

    public async IAsyncEnumerable<TableEntity> RangeAsync(
        string partition, string from, string to, int pageSize,
        [EnumeratorCancellation] CancellationToken ct)
    {
        remembered ??= await inner.RangeAsync(partition, from, to, pageSize, ct).ToListAsync(ct);
        foreach (var row in remembered)
            yield return row;
    }

    public async Task<CommitResult> CommitAsync(
        string partition, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        var result = await inner.CommitAsync(partition, changes, ct);
        if (result is CommitResult.Conflict)
            remembered = null;
        return result;
    }
}

/// <summary>A store that breaks a transaction apart: all but its later blocks first, those a turn later.</summary>
sealed class InTwoParts(ITable inner, Turns turns) : ITable
{
    public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct) =>
        inner.FindAsync(partition, row, ct);

    public IAsyncEnumerable<TableEntity> RangeAsync(
        string partition, string from, string to, int pageSize, CancellationToken ct) =>
        inner.RangeAsync(partition, from, to, pageSize, ct);

    public async Task<CommitResult> CommitAsync(
        string partition, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        var blocks = changes.Where(change => change.Row.RowKey.StartsWith("B|", StringComparison.Ordinal)).ToList();
        if (blocks.Count < 2)
            return await inner.CommitAsync(partition, changes, ct);

        var others = changes.Except(blocks[1..]).ToList();
        if (await inner.CommitAsync(partition, others, ct) is not CommitResult.Committed first)
            return new CommitResult.Conflict(changes.Count - 1, ConflictKind.Stale);
        await turns.NextAsync();
        return await inner.CommitAsync(partition, blocks[1..], ct) is CommitResult.Committed second
            ? new CommitResult.Committed([.. first.ETags, .. second.ETags])
            : new CommitResult.Conflict(changes.Count - 1, ConflictKind.Stale);
    }
}
