using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Provisioning;

/// <summary>An import as it is to be decided.</summary>
/// <param name="Decide">What comes of it, given the numbers that other sites have.</param>
/// <param name="AllOrNone">Whether one number in the way keeps all others out.</param>
sealed record ImportWish(Func<SiteState, NumberSet, PoolDecision> Decide, bool AllOrNone)
{
    /// <summary>What would come of it if no other site had any.</summary>
    public PoolDecision DecideAlone(SiteState site) => Decide(site, NumberSet.Empty);
}

/// <summary>
/// Brings numbers into a site, each of which no other site has: decides, claims what the decision would bring in, and
/// decides again in the transaction that brings in nothing but what was claimed.
/// </summary>
public sealed class NumberImport(SitePartition sites, ClaimTable claims, SiteClaims siteClaims, TimeProvider clock)
{
    /// <summary>The name of its one step.</summary>
    public const string Step = "import";

    /// <summary>How often an import begins again because the site moved on while it claimed.</summary>
    const int AttemptsMax = 8;

    /// <summary>What an import would come to now; nothing is claimed for it.</summary>
    internal async Task<PoolDecision> PreviewAsync(Id<Site> site, ImportWish wish, CancellationToken ct)
    {
        var (decision, _) = await sites.PreviewAsync(site, wish.DecideAlone, ct);
        if (decision is not PoolDecision.Accepted { Change.Changed: var numbers })
            return decision;

        var elsewhere = await claims.ElsewhereAsync(site, numbers, ct);
        return elsewhere.Count == 0
            ? decision
            : (await sites.PreviewAsync(site, state => wish.Decide(state, elsewhere), ct)).Decision;
    }

    /// <param name="operation">Whose it is.</param>
    /// <param name="now">When it was asked for.</param>
    /// <param name="wish">What is to come in.</param>
    /// <param name="note">What the request knows of the change.</param>
    /// <param name="ct">Stops between requests.</param>
    /// <exception cref="SiteBusyException">Rivals came first every time; a repeat is safe.</exception>
    internal async Task<SiteOutcome> ImportAsync(
        Operation operation, DateTimeOffset now, ImportWish wish, Func<Operation, SiteChange, Operation>? note,
        CancellationToken ct)
    {
        var work = new SiteWork(operation, Step, now, wish.DecideAlone);
        if (note is not null)
            work = work with { Note = note };
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            if (await sites.RepeatAsync(work, ct) is { } earlier)
                return earlier;
            if (await TryAsync(work, wish, ct) is { } outcome)
                return outcome;
            await Rivals.PauseAsync(attempt, clock, ct);
        }

        throw new SiteBusyException($"The site moved on under {AttemptsMax} tries of {work.Operation.Id}.");
    }

    /// <summary>Null when the site is no longer as it was when the numbers were claimed.</summary>
    async Task<SiteOutcome?> TryAsync(SiteWork work, ImportWish wish, CancellationToken ct)
    {
        var operation = work.Operation.Id;
        var (first, _) = await sites.PreviewAsync(operation.Site, wish.DecideAlone, ct);
        if (first is not PoolDecision.Accepted { Change: var wanted })
        {
            return await sites.RepeatAsync(work, ct)
                ?? new SiteOutcome.Refused(((PoolDecision.Refused)first).Refusals);
        }

        var intent = await siteClaims.OpenAsync(operation, BroughtIn(wanted), ct);
        var elsewhere = await claims.ClaimAsync(operation.Site, BroughtIn(wanted), wish.AllOrNone, ct);
        var claimed = BroughtIn(wanted).Except(elsewhere);
        var outcome = await sites.TransactAsync(
            work with
            {
                Decide = DecideClaimed,
                Beside = change => [SiteClaims.Used(intent, BroughtIn(change))],
            }, ct);
        if (outcome is SiteOutcome.Done { Replayed: false } done && done.Operation.Changed.Equals(intent.Lives.Numbers))
            return outcome;

        await siteClaims.SettleAsync(operation, ct);
        return outcome is SiteOutcome.BesideMoved or SiteOutcome.Undecided ? null : outcome;

        PoolDecision DecideClaimed(SiteState state) => wish.Decide(state, elsewhere) switch
        {
            PoolDecision.Accepted { Change: var change } when !claimed.Contains(BroughtIn(change)) =>
                new PoolDecision.Undecided(),
            PoolDecision.Accepted { Change: var change } => new PoolDecision.Accepted(change with { OtherRows = 1 }),
            var decision => decision,
        };
    }

    static NumberLives BroughtIn(SiteChange change) =>
        NumberLives.Of(change.Blocks, block => change.Changed.In(block.Id));
}
