using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;

namespace Telephony.Functions.History;

/// <summary>Reads what numbers went through: what has moved into the history, and what waits for that.</summary>
public sealed class HistoryTable(ITable sites, ITable history)
{
    /// <summary>
    /// Rows read for one number: what its block of 100 went through in ten years, had it been changed a dozen times a
    /// day. More is a fault, and seen as one; an answer that leaves out the latest would be wrong.
    /// </summary>
    public const int RowsMax = 50_000;

    public async Task<NumberHistory> OfAsync(
        Id<Site> site, E164 number, DateTimeOffset now, CancellationToken ct)
    {
        // What waits comes first: an event that is moved meanwhile is then met twice; the other way round it would be
        // missed.
        var waiting = sites.RangeAsync(SiteKeys.Partition(site), SiteKeys.EventsFrom, SiteKeys.EventsTo, ct: ct);
        var moved = history.RangeAsync(
            HistoryKeys.Partition(site, number.Block), HistoryKeys.First, HistoryKeys.End, ct: ct);
        var (entries, rows) = (new List<HistoryEntry>(), 0);
        await foreach (var found in waiting.Select(row => EventRow.Read(row).Of(number))
            .Concat(moved.Select(row => HistoryRow.Of(row, number))))
        {
            if (rows++ == RowsMax)
                throw new InvalidOperationException($"The history of {number}'s block has more than {RowsMax} rows.");
            entries.AddRange(found);
        }

        return NumberHistory.Of(entries, now);
    }

    /// <summary>
    /// What an operation did to a number at a time that the number itself tells; empty when it is no longer known.
    /// </summary>
    public async Task<IReadOnlyList<HistoryEntry>> OfAsync(
        OperationId operation, E164 number, DateTimeOffset at, CancellationToken ct)
    {
        var waiting = SiteKeys.Event(operation, "");
        var moved = HistoryKeys.Of(at, operation);
        return await sites.RangeAsync(SiteKeys.Partition(operation.Site), waiting, $"{waiting}~", ct: ct)
            .Select(row => EventRow.Read(row).Of(number))
            .Concat(history.RangeAsync(
                HistoryKeys.Partition(operation.Site, number.Block), $"{moved}~", $"{moved}~~", ct: ct)
                .Select(row => HistoryRow.Of(row, number)))
            .SelectMany(found => found)
            .ToListAsync(ct);
    }
}
