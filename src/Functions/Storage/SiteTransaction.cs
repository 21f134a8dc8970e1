using Azure;
using Azure.Data.Tables;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Functions.Storage;

/// <summary>
/// The rows of one change: the operation, what it announces, the account and the blocks, all or none.
/// </summary>
sealed class SiteTransaction
{
    /// <summary>
    /// The operation's row comes first, so that a conflict with a repeat is told from one with a rival.
    /// </summary>
    public const int OperationIndex = 0;

    /// <summary>Where the event's row is, when there is one.</summary>
    const int EventIndex = 1;

    readonly SiteSnapshot before;
    readonly Range beside;

    SiteTransaction(
        Operation operation, IReadOnlyList<RowChange> rows, Range beside, SiteSnapshot before, SiteChange change)
    {
        (Operation, Rows, this.beside) = (operation, rows, beside);
        (this.before, Change) = (before, change);
    }

    /// <summary>The operation as it is afterwards.</summary>
    public Operation Operation { get; }

    public SiteChange Change { get; }

    public IReadOnlyList<RowChange> Rows { get; }

    public static SiteTransaction Of(SiteWork work, SiteSnapshot before, SiteChange change)
    {
        var isNew = work.Operation.ETag == default;
        var after = work.Operation.After(work.Step, work.Now) with
        {
            Changed = work.Operation.Changed.Union(change.Changed),
            Unchanged = work.Operation.Unchanged.Union(change.Unchanged),
            Choice = work.Operation.Choice.AddRange(change.Choice),
            RulesVersion = before.State.Rules.Version,
            Reason = change.Missing is { } missing ? Refusals.Reason(missing) : work.Operation.Reason,
        };
        after = work.Note(after, change);
        after = isNew ? after.Ended(OperationState.Succeeded, work.Now) : after with
        {
            State = after.Wait is null ? OperationState.Running : OperationState.Waiting,
        };

        var row = OperationRow.Write(after);
        List<RowChange> rows = [isNew ? new RowChange.Insert(row) : new RowChange.Merge(row)];
        var moves = before.MovesOf(change, work.Now);
        if (moves.Length > 0 || change.Schedule.Length > 0)
        {
            rows.Add(new RowChange.Insert(
                EventRow.Write(after, work.Step, change, moves, work.Now, before.State.Rules.Version)));
        }

        var others = rows.Count;
        rows.AddRange(work.Beside(change));
        var beside = others..rows.Count;
        rows.AddRange(before.RowsOf(after.Id.Site, change));
        return new(after, rows, beside, before, change);
    }

    /// <summary>What it announces, as it is once written; null when there is nothing to tell.</summary>
    public TableEntity? EventAfter(IReadOnlyList<ETag> etags)
    {
        if (beside.Start.Value <= EventIndex)
            return null;
        var row = Rows[EventIndex].Row;
        row.ETag = etags[EventIndex];
        return row;
    }

    /// <summary>Whether a conflict is with one of the rows that the request writes beside.</summary>
    public bool IsBeside(int index) => index >= beside.Start.Value && index < beside.End.Value;

    public SiteSnapshot SnapshotAfter(IReadOnlyList<ETag> etags) => before.After(
        Change, Rows.Zip(etags, (row, etag) => KeyValuePair.Create(row.Row.RowKey, etag)).Where(IsState));

    static bool IsState(KeyValuePair<string, ETag> row) =>
        SiteKeys.IsBlock(row.Key) || SiteKeys.IsHolding(row.Key) || row.Key == SiteKeys.PoolCount;
}
