using Azure.Data.Tables;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Tests.VoiceServices;

/// <summary>
/// The table of sites with a test between it and the app, which may hold up, lose or count what is written.
/// </summary>
sealed class InterruptibleTable(ITable inner) : ITable
{
    /// <summary>What happens before rows are written; it may throw, and then they are not.</summary>
    public Func<IReadOnlyList<RowChange>, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>
    /// What happens after rows were written; when it throws, their writer does not learn that they were.
    /// </summary>
    public Action<IReadOnlyList<RowChange>> After { get; set; } = _ => { };

    public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct) =>
        inner.FindAsync(partition, row, ct);

    public IAsyncEnumerable<TableEntity> RangeAsync(
        string partition, string from, string to, int pageSize, CancellationToken ct) =>
        inner.RangeAsync(partition, from, to, pageSize, ct);

    public async Task<CommitResult> CommitAsync(
        string partition, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        await Before(changes);
        var result = await inner.CommitAsync(partition, changes, ct);
        After(changes);
        return result;
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
