using Azure;
using Azure.Data.Tables;

namespace Telephony.LocalRuntime.Durable;

/// <summary>
/// The engine's requests to its table. A write that does not come back as expected throws, whatever the reason: the
/// caller then reads what is there, because the row alone decides.
/// </summary>
sealed class DurableTable(TableServiceClient service, DurableOptions options)
{
    const int Conflict = 409;
    const int NotFound = 404;

    readonly TableClient table = service.GetTableClient(options.Table);

    public TableClient Client => table;

    public Task CreateAsync(CancellationToken ct) => table.CreateIfNotExistsAsync(ct);

    /// <summary>Null when another run of the instance is open.</summary>
    public async Task<StoredInstance?> InsertAsync(StoredInstance instance, CancellationToken ct)
    {
        var row = DurableRows.Write(Bucket(instance.Id), DurableKeys.Open(instance.Id), instance);
        try
        {
            var answer = await table.AddEntityAsync(row, ct);
            return instance with { ETag = answer.Headers.ETag ?? default };
        }
        catch (RequestFailedException failure) when (failure.Status == Conflict)
        {
            // The client repeats a request whose answer was lost, and then meets its own row.
            var found = await FindOpenAsync(instance.Id, ct);
            return found?.Execution == instance.Execution ? instance with { ETag = found.ETag } : null;
        }
    }

    /// <summary>The instance's row without its history, or null when it is not open.</summary>
    public async Task<StoredInstance?> FindOpenAsync(string id, CancellationToken ct) =>
        await FindAsync(id, DurableKeys.Open(id), DurableRows.Summary, ct) is { } row
            ? DurableRows.Summarize(row)
            : null;

    public async Task<TableEntity?> FindAsync(
        string id, string rowKey, IEnumerable<string>? select, CancellationToken ct)
    {
        var answer = await table.GetEntityIfExistsAsync<TableEntity>(Bucket(id), rowKey, select, ct);
        return answer.HasValue ? answer.Value : null;
    }

    /// <summary>The open instance and its inbox in one request; null when it is not open.</summary>
    public async Task<(StoredInstance Instance, List<InboxRow> Inbox)?> LoadAsync(string id, CancellationToken ct)
    {
        var open = TableClient.CreateQueryFilter($"RowKey eq {DurableKeys.Open(id)}");
        var from = DurableKeys.InboxFrom + id + '|';
        var sent = TableClient.CreateQueryFilter($"RowKey ge {from} and RowKey lt {DurableKeys.After(from)}");
        var filter = $"{TableClient.CreateQueryFilter($"PartitionKey eq {Bucket(id)}")} and ({open} or ({sent}))";
        StoredInstance? instance = null;
        var inbox = new List<InboxRow>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: ct))
        {
            if (row.RowKey.StartsWith(DurableKeys.OpenFrom, StringComparison.Ordinal))
            {
                instance = DurableRows.Read(row);
            }
            else
            {
                inbox.Add(DurableRows.ReadInbox(row));
            }
        }

        return instance is null ? null : (instance, inbox);
    }

    /// <summary>Merges what a step changed and removes the inbox rows that it took up, or does neither.</summary>
    public async Task<StoredInstance> CommitAsync(
        StoredInstance before, StoredInstance after, IEnumerable<string> taken, CancellationToken ct)
    {
        var bucket = Bucket(before.Id);
        var row = DurableRows.Write(bucket, DurableKeys.Open(before.Id), after, before);
        var answers = await table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpdateMerge, row, before.ETag),
                .. taken.Select(key => Removal(bucket, key, ETag.All)),
            ],
            ct);
        return after with { ETag = answers.Value[0].Headers.ETag ?? default };
    }

    /// <summary>
    /// Moves the instance to the finished ones. What finished before under its id is replaced without a look at its
    /// version, because only the holder of the open row's version gets here.
    /// </summary>
    public Task FinishAsync(
        StoredInstance before, StoredInstance after, TurnEnd end, IEnumerable<string> taken, CancellationToken ct)
    {
        var bucket = Bucket(before.Id);
        var row = DurableRows.Write(bucket, DurableKeys.Finished(before.Id), after, end: end);
        return table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpsertReplace, row),
                Removal(bucket, DurableKeys.Open(before.Id), before.ETag),
                .. taken.Select(key => Removal(bucket, key, ETag.All)),
            ],
            ct);
    }

    public async Task SendAsync(string id, InboxRow sent, CancellationToken ct)
    {
        try
        {
            await table.AddEntityAsync(DurableRows.WriteInbox(Bucket(id), sent), ct);
        }
        catch (RequestFailedException failure) when (failure.Status == Conflict)
        {
            // The key is unique: it is our own row, whose answer was lost.
        }
    }

    /// <summary>Open instances, without history, and keys of inbox rows: all that a search for work needs.</summary>
    public AsyncPageable<TableEntity> SearchAsync(string bucket, CancellationToken ct) => table.QueryAsync<TableEntity>(
        TableClient.CreateQueryFilter(
            $"PartitionKey eq {bucket} and RowKey ge {DurableKeys.OpenFrom} and RowKey lt {DurableKeys.InboxTo}"),
        select: DurableRows.Summary,
        cancellationToken: ct);

    /// <summary>Whether the row was there, unchanged, and is gone now.</summary>
    public async Task<bool> RemoveAsync(string bucket, string rowKey, ETag version, CancellationToken ct)
    {
        try
        {
            var answer = await table.DeleteEntityAsync(bucket, rowKey, version, ct);
            return answer.Status != NotFound;
        }
        catch (RequestFailedException failure) when (failure.Status is NotFound or 412)
        {
            return false;
        }
    }

    public string Bucket(string id) => DurableKeys.Bucket(id, options.Buckets);

    static TableTransactionAction Removal(string bucket, string rowKey, ETag version) =>
        new(TableTransactionActionType.Delete, new TableEntity(bucket, rowKey), version);
}
