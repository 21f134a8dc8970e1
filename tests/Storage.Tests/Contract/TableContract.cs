using Azure;
using Azure.Data.Tables;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Contract;

/// <summary>
/// What every <see cref="ITable"/> does. It runs on memory and on Azurite, so the memory store can be believed.
/// </summary>
public abstract partial class TableContract
{
    const string Partition = "site-1";

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A table of which nobody else uses this test's partitions.</summary>
    protected abstract Task<ITable> OpenAsync();

    static TableEntity Row(string key, string? text = null, ETag version = default, string partition = Partition)
    {
        var row = new TableEntity(partition, key) { ETag = version };
        if (text is not null)
            row["Text"] = text;
        return row;
    }

    static RowChange.Insert Insert(string key, string? text = null) => new(Row(key, text));

    static async Task<ETag> PutAsync(ITable table, string key, string? text = null) =>
        Assert.Single(await CommittedAsync(table, Insert(key, text)));

    static async Task<IReadOnlyList<ETag>> CommittedAsync(ITable table, params RowChange[] changes) =>
        Assert.IsType<CommitResult.Committed>(await table.CommitAsync(Partition, changes, Ct)).ETags;

    static async Task RefusedAsync(ITable table, int index, ConflictKind kind, params RowChange[] changes)
    {
        var before = await AllAsync(table);
        Assert.Equal(new CommitResult.Conflict(index, kind), await table.CommitAsync(Partition, changes, Ct));
        Assert.Equal(before, await AllAsync(table));
    }

    static Task<ArgumentException> ThrowsAsync(ITable table, params RowChange[] changes) =>
        Assert.ThrowsAsync<ArgumentException>(() => table.CommitAsync(Partition, changes, Ct));

    static async Task<TableEntity> FindAsync(ITable table, string key) =>
        Assert.IsType<TableEntity>(await table.FindAsync(Partition, key, Ct));

    /// <summary>The whole partition, versions included, in a form that compares.</summary>
    static async Task<List<string>> AllAsync(ITable table)
    {
        var rows = new List<string>();
        await foreach (var row in table.RangeAsync(Partition, "\u0001", "\uffff", ct: Ct))
        {
            var properties = TransactionGuard.OwnProperties(row)
                .OrderBy(property => property.Key, StringComparer.Ordinal);
            rows.Add($"{row.RowKey} {row.ETag} {string.Join(' ', properties)}");
        }

        return rows;
    }

    static async Task<List<string>> KeysAsync(ITable table, string from, string to, int pageSize = 1000)
    {
        var keys = new List<string>();
        await foreach (var row in table.RangeAsync(Partition, from, to, pageSize, Ct))
            keys.Add(row.RowKey);
        return keys;
    }
}
