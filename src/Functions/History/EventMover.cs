using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Functions.Messaging;
using Telephony.Functions.Storage;

namespace Telephony.Functions.History;

/// <summary>
/// Takes what changes have announced into the history and to the topic: first the history's rows, then the messages,
/// then the event's row is deleted. Cut off anywhere and begun again, by whomever and however often, it ends the same:
/// the history's rows are named by the operation and its step, and are only ever inserted; and what is sent once more
/// is sent with the same ids.
/// </summary>
public sealed class EventMover(
    ITable sites, ITable history, EventSender events, TimeProvider clock, ILogger<EventMover> logger)
{
    /// <summary>Events that one call moves: the timer comes again.</summary>
    public const int RowsMax = 500;

    /// <summary>Events that one call looks at, most of them too young: those have gone when it comes again.</summary>
    const int SeenMax = 10 * RowsMax;

    /// <summary>Blocks of one event that are written at the same time; the largest has 97.</summary>
    const int BlocksAtOnce = 8;

    /// <summary>How long an answer waits for it; what takes longer is left to the timer.</summary>
    static readonly TimeSpan AtOnceMax = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Moves what has waited for longer than that, so that it does not race with who has just committed it.
    /// </summary>
    /// <returns>How many events; fewer than <see cref="RowsMax"/> when no more were there.</returns>
    /// <exception cref="AggregateException">Rows that cannot be read; all others were moved.</exception>
    /// <exception cref="NotSentException">The topic does not answer: what is left would not be sent either.</exception>
    public async Task<int> MoveAsync(Id<Site> site, TimeSpan olderThan, CancellationToken ct)
    {
        var (before, moved, unreadable) = (clock.GetUtcNow() - olderThan, 0, new List<Exception>());
        var rows = sites.RangeAsync(
            SiteKeys.Partition(site), SiteKeys.EventsFrom, SiteKeys.EventsTo, pageSize: RowsMax, ct);
        await foreach (var row in rows.Take(SeenMax).WithCancellation(ct))
        {
            if (moved == RowsMax)
                break;
            if (Read(row, unreadable) is not { } step || step.Deed.At > before)
                continue;
            await MoveAsync(row, step, ct);
            moved++;
        }

        return unreadable.Count == 0 ? moved : throw new AggregateException(
            $"{unreadable.Count} events of {site} cannot be read, so they are not in its history.", unreadable);
    }

    /// <summary>
    /// Moves what was committed just now. The change is made whatever becomes of this, so it never fails; and it is not
    /// cut off with a caller who leaves.
    /// </summary>
    internal async Task TryMoveAsync(TableEntity row)
    {
        using var limit = new CancellationTokenSource(AtOnceMax, clock);
        try
        {
            await MoveAsync(row, EventRow.Read(row), limit.Token);
        }
        catch (NotSentException)
        {
            // The sender has said so, once for all that wait.
        }
        catch (Exception e)
        {
            Log.NotMoved(logger, e, row.PartitionKey, row.RowKey);
        }
    }

    async Task MoveAsync(TableEntity row, StepEvent step, CancellationToken ct)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = BlocksAtOnce, CancellationToken = ct };
        // A row that is there is that of an earlier try.
        await Parallel.ForEachAsync(HistoryRow.Of(step), options, async (part, stop) =>
            await history.CommitAsync(part.PartitionKey, [new RowChange.Insert(part)], stop));

        // Between the two, so that what is deleted has been sent at least once.
        await events.SendAsync(step, ct);

        // A row that is gone was deleted by another mover, which had done all this before.
        await sites.CommitAsync(
            row.PartitionKey,
            [new RowChange.Delete(new(row.PartitionKey, row.RowKey) { ETag = row.ETag })],
            ct);
    }

    /// <summary>
    /// Null for a row that a newer version wrote, or that is broken: whatever is wrong with it, it must not hold up
    /// the others.
    /// </summary>
    static StepEvent? Read(TableEntity row, List<Exception> unreadable)
    {
        try
        {
            return EventRow.Read(row);
        }
        catch (Exception e)
        {
            unreadable.Add(new InvalidOperationException($"'{row.RowKey}' of {row.PartitionKey}: {e.Message}", e));
            return null;
        }
    }
}
