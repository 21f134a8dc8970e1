using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Telephony.Functions.Storage;

namespace Telephony.Testing;

/// <summary>A table in memory that behaves as the service does; one contract suite holds for both.</summary>
public sealed class MemoryTable : ITable
{
    readonly Lock gate = new();
    readonly Dictionary<string, SortedList<string, TableEntity>> partitions = new(StringComparer.Ordinal);
    long versions;

    /// <summary>Every row, by partition and row key: what a test compares to see that nothing changed.</summary>
    public IReadOnlyList<TableEntity> Rows
    {
        get
        {
            lock (gate)
            {
                return [.. partitions.OrderBy(partition => partition.Key, StringComparer.Ordinal)
                    .SelectMany(partition => partition.Value.Values).Select(Copy)];
            }
        }
    }

    public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (gate)
            return Task.FromResult(Partition(partition).TryGetValue(row, out var found) ? Copy(found) : null);
    }

    public async IAsyncEnumerable<TableEntity> RangeAsync(
        string partition,
        string from,
        string to,
        int pageSize = TableLimits.PageRowsMax,
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(
            pageSize is >= 1 and <= TableLimits.PageRowsMax, true, nameof(pageSize));
        var (next, inclusive, more) = (from, true, true);
        while (more)
        {
            ct.ThrowIfCancellationRequested();
            // Each page sees the rows as they are when it is fetched, as with the service.
            var page = Page(partition, next, inclusive, to, pageSize);
            foreach (var row in page)
                yield return row;

            more = page.Count == pageSize;
            (next, inclusive) = more ? (page[^1].RowKey, false) : (next, inclusive);
            await Task.Yield();
        }
    }

    public Task<CommitResult> CommitAsync(string partition, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        TransactionGuard.Check(partition, changes);
        lock (gate)
        {
            var rows = Partition(partition);
            for (var index = 0; index < changes.Count; index++)
            {
                if (Conflict(rows, changes[index]) is { } kind)
                    return Task.FromResult<CommitResult>(new CommitResult.Conflict(index, kind));
            }

            partitions[partition] = rows;
            return Task.FromResult<CommitResult>(
                new CommitResult.Committed([.. changes.Select(change => Apply(rows, change))]));
        }
    }

    static ConflictKind? Conflict(SortedList<string, TableEntity> rows, RowChange change)
    {
        var exists = rows.TryGetValue(change.Row.RowKey, out var stored);
        return change switch
        {
            RowChange.Insert => exists ? ConflictKind.Exists : null,
            _ when !exists => ConflictKind.Missing,
            _ => stored!.ETag == change.Row.ETag ? null : ConflictKind.Stale,
        };
    }

    ETag Apply(SortedList<string, TableEntity> rows, RowChange change)
    {
        if (change is RowChange.Delete)
        {
            rows.Remove(change.Row.RowKey);
            return default;
        }

        var row = change is RowChange.Merge
            ? Copy(rows[change.Row.RowKey])
            : new TableEntity(change.Row.PartitionKey, change.Row.RowKey);
        foreach (var (name, value) in TransactionGuard.OwnProperties(change.Row))
            row[name] = Stored(value);

        row.ETag = new(string.Create(CultureInfo.InvariantCulture, $"W/\"{++versions}\""));
        rows[row.RowKey] = row;
        return row.ETag;
    }

    static object Stored(object value) => value switch
    {
        DateTimeOffset time => time.ToUniversalTime(),
        byte[] bytes => bytes.ToArray(),
        _ => value,
    };

    List<TableEntity> Page(string partition, string from, bool inclusive, string to, int pageSize)
    {
        lock (gate)
        {
            var rows = Partition(partition);
            var page = new List<TableEntity>();
            for (var i = First(rows.Keys, from, inclusive); i < rows.Count && page.Count < pageSize; i++)
            {
                if (string.CompareOrdinal(rows.Keys[i], to) >= 0)
                    break;
                page.Add(Copy(rows.Values[i]));
            }

            return page;
        }
    }

    static int First(IList<string> keys, string from, bool inclusive)
    {
        var (low, high) = (0, keys.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var below = string.CompareOrdinal(keys[middle], from) < (inclusive ? 0 : 1);
            (low, high) = below ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    SortedList<string, TableEntity> Partition(string partition) =>
        partitions.TryGetValue(partition, out var rows) ? rows : new(StringComparer.Ordinal);

    static TableEntity Copy(TableEntity row)
    {
        var copy = new TableEntity(row.PartitionKey, row.RowKey) { ETag = row.ETag };
        foreach (var (name, value) in TransactionGuard.OwnProperties(row))
            copy[name] = Stored(value);
        return copy;
    }
}
