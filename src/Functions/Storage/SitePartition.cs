using System.Collections.Immutable;
using System.Diagnostics;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Functions.History;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Storage;

/// <summary>
/// The partition of one site: load, decide, save. Uniqueness of every number comes from the ETags in the one
/// transaction that saves, and a repeat is known by the operation's row in the same transaction.
/// </summary>
/// <param name="sites">The table.</param>
/// <param name="cache">What this process remembers.</param>
/// <param name="clock">Now, and how long to wait.</param>
/// <param name="mover">Takes up at once what a change announces; without one that is left to the timer.</param>
public sealed class SitePartition(ITable sites, SiteCache cache, TimeProvider clock, EventMover? mover = null)
{
    /// <summary>
    /// How old remembered rows may be. Whether a number is free needs no such limit; rules and flags do, and which of
    /// the free numbers is the best choice.
    /// </summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(30);

    /// <summary>The rules that are in force now.</summary>
    public async Task<SiteRules> RulesAsync(Id<Site> site, CancellationToken ct) =>
        (Cached(site) ?? await LoadAsync(site, ct)).State.Rules;

    public async Task<Operation?> FindAsync(OperationId operation, CancellationToken ct) =>
        await sites.FindAsync(SiteKeys.Partition(operation.Site), SiteKeys.Operation(operation), ct) is { } row
            ? OperationRow.Read(row)
            : null;

    /// <summary>
    /// An operation for its next step, as this process last wrote it, else as its row is. It may be behind: its steps
    /// are guarded by its version.
    /// </summary>
    /// <exception cref="UnreachableException">It was never accepted.</exception>
    public async Task<Operation> RecallAsync(OperationId operation, CancellationToken ct) =>
        cache.Find(operation) ?? await ExistingAsync(operation, ct);

    /// <summary>An operation that was accepted, as its row is.</summary>
    /// <exception cref="UnreachableException">It has none, and nothing deletes one.</exception>
    public async Task<Operation> ExistingAsync(OperationId operation, CancellationToken ct) =>
        await FindAsync(operation, ct) ?? throw new UnreachableException($"Operation {operation} has no row.");

    /// <summary>The site as this process saw it, no older than <see cref="AgeMax"/>; null when it did not.</summary>
    public SiteState? Recall(Id<Site> site) => Cached(site)?.State;

    /// <summary>
    /// What would be in the way now; empty when nothing is. A yes may rest on remembered rows, so it promises nothing;
    /// a no is certain.
    /// </summary>
    public async Task<ImmutableArray<Refusal>> InTheWayAsync(
        Id<Site> site, Func<SiteState, PoolDecision> decide, CancellationToken ct)
    {
        if (Cached(site) is { } cached && decide(cached.State) is PoolDecision.Accepted)
            return [];
        return (await PreviewAsync(site, decide, ct)).Decision is PoolDecision.Refused refused ? refused.Refusals : [];
    }

    /// <summary>The site as it is now, read afresh.</summary>
    public async Task<SiteState> ReadAsync(Id<Site> site, CancellationToken ct) => (await LoadAsync(site, ct)).State;

    /// <summary>What a change would come to now, read afresh, and the version of the rules that decide.</summary>
    public async Task<(PoolDecision Decision, int RulesVersion)> PreviewAsync(
        Id<Site> site, Func<SiteState, PoolDecision> decide, CancellationToken ct)
    {
        var state = await ReadAsync(site, ct);
        return (decide(state), state.Rules.Version);
    }

    /// <summary>
    /// Inserts an operation that will be carried out in steps, with a mark by which the sweep finds it as long as it is
    /// open; the earlier one when this is a repeat.
    /// </summary>
    public async Task<(Operation Operation, bool Replayed)> AcceptAsync(Operation operation, CancellationToken ct)
    {
        var result = await sites.CommitAsync(
            SiteKeys.Partition(operation.Id.Site), OpenOperations.Rows(operation), ct);
        if (result is not CommitResult.Committed committed)
            return (await ExistingAsync(operation.Id, ct), true);
        var accepted = operation with { ETag = committed.ETags[0] };
        cache.Put(accepted);
        return (accepted, false);
    }

    /// <summary>Writes down that an operation has ended; one that already had is left as it is.</summary>
    public async Task<Operation> EndAsync(
        Operation seen, Func<Operation, Operation> end, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            cache.Drop(seen.Id);
            if (seen.HasEnded)
                return seen;
            var ended = end(seen);
            var result = await sites.CommitAsync(
                SiteKeys.Partition(seen.Id.Site), [new RowChange.Merge(OperationRow.Write(ended))], ct);
            if (result is CommitResult.Committed committed)
                return ended with { ETag = committed.ETags[0] };
            seen = await ExistingAsync(seen.Id, ct);
        }

        throw Contended(seen.Id);
    }

    /// <summary>What an earlier try of the same work came to; null when there was none.</summary>
    public async Task<SiteOutcome?> RepeatAsync(SiteWork work, CancellationToken ct) =>
        await FindAsync(work.Operation.Id, ct) is { } found ? Earlier(found, work) : null;

    /// <summary>
    /// Carries out one change, once, however often it is called and however the caller last saw its operation.
    /// </summary>
    /// <exception cref="SiteBusyException">Rivals won every try; nothing changed, and a repeat is safe.</exception>
    public async Task<SiteOutcome> TransactAsync(SiteWork work, CancellationToken ct)
    {
        if (Earlier(work.Operation, work) is { } earlier)
            return earlier;

        // Whoever was shown a choice must not get it because this process does not know of a better one yet.
        var site = work.Operation.Id.Site;
        var cached = work.Operation.Preview is null ? Cached(site) : null;
        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            var snapshot = cached ?? await LoadAsync(site, ct);
            switch (work.Decide(snapshot.State))
            {
                case var decision when cached is not null && !IsGuarded(decision):
                    break;

                case PoolDecision.Refused refused:
                    return await RepeatAsync(work, ct) ?? new SiteOutcome.Refused(refused.Refusals);

                case PoolDecision.Undecided:
                    return await RepeatAsync(work, ct) ?? new SiteOutcome.Undecided();

                case PoolDecision.Accepted accepted:
                    var transaction = SiteTransaction.Of(work, snapshot, accepted.Change);
                    var (done, conflict) = await CommitAsync(transaction, ct);
                    if (done is not null)
                        return done;
                    if (transaction.IsBeside(conflict))
                        return await RepeatAsync(work, ct) ?? new SiteOutcome.BesideMoved();
                    if (conflict == SiteTransaction.OperationIndex)
                    {
                        var found = await ExistingAsync(work.Operation.Id, ct);
                        if (Earlier(found, work) is { } repeat)
                            return repeat;
                        work = work with { Operation = found };
                    }

                    await Rivals.PauseAsync(attempt, clock, ct);
                    break;
            }

            cached = null;
        }

        throw Contended(work.Operation.Id);
    }

    /// <summary>Done, or which row was not as expected.</summary>
    async Task<(SiteOutcome.Done? Done, int Conflict)> CommitAsync(
        SiteTransaction transaction, CancellationToken ct)
    {
        var site = transaction.Operation.Id.Site;
        CommitResult result;
        try
        {
            result = await sites.CommitAsync(SiteKeys.Partition(site), transaction.Rows, ct);
        }
        catch
        {
            // The outcome is unknown: what is remembered may be the state before it or after it.
            cache.Drop(site);
            cache.Drop(transaction.Operation.Id);
            throw;
        }

        if (result is CommitResult.Committed committed)
        {
            cache.Put(site, transaction.SnapshotAfter(committed.ETags));
            if (mover is not null && transaction.EventAfter(committed.ETags) is { } announced)
                await mover.TryMoveAsync(announced);
            var done = transaction.Operation with { ETag = committed.ETags[0] };
            if (!done.HasEnded)
                cache.Put(done);
            return (new(done, Replayed: false) { Change = transaction.Change }, default);
        }

        // That the operation is there says nothing of the other rows: its repeats would each load the site anew.
        var conflict = ((CommitResult.Conflict)result).Index;
        if (conflict == SiteTransaction.OperationIndex)
            cache.Drop(transaction.Operation.Id);
        else
            cache.Drop(site);
        return (null, conflict);
    }

    /// <summary>
    /// Whether remembered rows may decide so: only a change that rests on rows whose version it checks. What is
    /// refused, left out or missing may be there by now; what counts the pool rests on rows that it does not touch;
    /// and where nothing is written nothing is checked. Rows beside are checked by whoever read them.
    /// </summary>
    static bool IsGuarded(PoolDecision decision) =>
        decision is PoolDecision.Accepted
        {
            Change: { Missing: null, LeftOut.IsEmpty: true, LeavesOut: false, CountsPool: false } change,
        }
        && (!change.Holdings.IsEmpty || !change.Blocks.IsEmpty || change.Unchanged.Count > 0 || change.OtherRows > 0);

    /// <summary>What the operation says of an earlier try; null when the work is still to be done.</summary>
    static SiteOutcome? Earlier(Operation found, SiteWork work) => found switch
    {
        _ when found.Arguments != work.Operation.Arguments => new SiteOutcome.KeyReused(found),
        _ when found.Did(work.Step) => new SiteOutcome.Done(found, Replayed: true),
        { HasEnded: true } => new SiteOutcome.HasEnded(found),
        _ => null,
    };

    /// <summary>What is remembered and young enough, with the rules in force now; null when nothing is.</summary>
    SiteSnapshot? Cached(Id<Site> site) =>
        cache.Find(site) is { } snapshot && clock.GetElapsedTime(snapshot.ReadAt) < AgeMax
            ? snapshot.At(clock.GetUtcNow())
            : null;

    /// <summary>The site as its rows are now.</summary>
    internal async Task<SiteSnapshot> LoadAsync(Id<Site> site, CancellationToken ct)
    {
        var now = clock.GetTimestamp();
        var rows = sites.RangeAsync(SiteKeys.Partition(site), SiteKeys.StateFrom, SiteKeys.StateTo, ct: ct);
        var snapshot = SiteSnapshot.Read(await rows.ToListAsync(ct), now);
        cache.Put(site, snapshot);
        return snapshot.At(clock.GetUtcNow());
    }

    static SiteBusyException Contended(OperationId operation) =>
        new($"Other changes won {Rivals.AttemptsMax} tries of {operation} in a row.");
}

/// <summary>
/// A fault, not a refusal: too many rivals at one site. Nothing changed; the same request may be sent again.
/// </summary>
public sealed class SiteBusyException(string message) : Exception(message);
