using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Telephony.Functions.Storage;

/// <summary>
/// A table of Azure Table Storage. The client library repeats a request whose answer was lost, so a conflict may be our
/// own first attempt: whoever commits finds that out by its operation row.
/// </summary>
public sealed class AzureTable(TableClient table) : ITable
{
    public async Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: ct);
        return found.HasValue ? found.Value : null;
    }

    public async IAsyncEnumerable<TableEntity> RangeAsync(
        string partition,
        string from,
        string to,
        int pageSize = TableLimits.PageRowsMax,
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, pageSize, cancellationToken: ct))
            yield return row;
    }

    public async Task<CommitResult> CommitAsync(
        string partition, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        TransactionGuard.Check(partition, changes);
        try
        {
            var answers = await table.SubmitTransactionAsync(changes.Select(Action), ct);
            return new CommitResult.Committed(
                [.. answers.Value.Select(answer => answer.Headers.ETag.GetValueOrDefault())]);
        }
        catch (TableTransactionFailedException e) when (
            Conflict(e) is { } kind && e.FailedTransactionActionIndex is { } index)
        {
            return new CommitResult.Conflict(index, kind);
        }
    }

    /// <summary>Creates the table unless it is there.</summary>
    public Task CreateIfMissingAsync(CancellationToken ct) => table.CreateIfNotExistsAsync(ct);

    static TableTransactionAction Action(RowChange change) => change switch
    {
        RowChange.Insert => new(TableTransactionActionType.Add, change.Row),
        RowChange.Merge => new(TableTransactionActionType.UpdateMerge, change.Row, change.Row.ETag),
        RowChange.Replace => new(TableTransactionActionType.UpdateReplace, change.Row, change.Row.ETag),
        RowChange.Delete => new(TableTransactionActionType.Delete, change.Row, change.Row.ETag),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "No such change."),
    };

    // A missing table answers 404 as a missing row does, but is a fault.
    static ConflictKind? Conflict(TableTransactionFailedException e) => e.ErrorCode switch
    {
        var code when code == TableErrorCode.EntityAlreadyExists => ConflictKind.Exists,
        var code when code == TableErrorCode.UpdateConditionNotSatisfied => ConflictKind.Stale,
        "ConditionNotMet" => ConflictKind.Stale,
        var code when code == TableErrorCode.ResourceNotFound || code == TableErrorCode.EntityNotFound =>
            ConflictKind.Missing,
        _ => null,
    };
}
