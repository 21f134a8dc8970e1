using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Tests.VoiceServices;

/// <summary>
/// The table of sites with a test between it and the app, which may hold up, lose or count what is written, and come
/// between two reads.
/// </summary>
sealed class InterruptibleTable(ITable inner) : ITable
{
    /// <summary>What happens before rows are written; it may throw, and then they are not.</summary>
    public Func<IReadOnlyList<RowChange>, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>
    /// What happens after rows were written; when it throws, their writer does not learn that they were.
    /// </summary>
    public Action<IReadOnlyList<RowChange>> After { get; set; } = _ => { };

    /// <summary>What happens before the row with this key is read.</summary>
    public Func<string, Task> BeforeFind { get; set; } = _ => Task.CompletedTask;

    /// <summary>What happens before the rows from this key on are read.</summary>
    public Func<string, Task> BeforeRange { get; set; } = _ => Task.CompletedTask;

    public async Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct)
    {
        await BeforeFind(row);
        return await inner.FindAsync(partition, row, ct);
    }

    public async IAsyncEnumerable<TableEntity> RangeAsync(
        string partition, string from, string to, int pageSize, [EnumeratorCancellation] CancellationToken ct)
    {
        await BeforeRange(from);
        await foreach (var row in inner.RangeAsync(partition, from, to, pageSize, ct))
            yield return row;
    }

    public async Task<CommitResult> CommitAsync(
        string partition, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        await Before(changes);
        var result = await inner.CommitAsync(partition, changes, ct);
        After(changes);
        return result;
    }

    /// <summary>What happens the first time that a key is one of these.</summary>
    public static Func<string, Task> Once(Predicate<string> when, Func<Task> act)
    {
        var done = false;
        return key => !done && when(key) && (done = true) ? act() : Task.CompletedTask;
    }

    /// <summary>Whether it is the step that takes numbers: it writes what the account has.</summary>
    public static bool Takes(IReadOnlyList<RowChange> changes) =>
        changes.Any(change => change.Row.RowKey.StartsWith("A|", StringComparison.Ordinal));

    /// <summary>Whether it is the end of an operation that was carried out in steps.</summary>
    public static bool Closes(IReadOnlyList<RowChange> changes) =>
        changes is [RowChange.Merge { Row: { } row }] && row.ContainsKey("EndedAt");

    /// <summary>Whether it is the acceptance of an operation that is carried out in steps.</summary>
    public static bool Accepts(IReadOnlyList<RowChange> changes) =>
        changes is [RowChange.Insert { Row: { } row }, ..] && row.GetString("State") == "Accepted";
}
