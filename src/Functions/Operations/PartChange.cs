using System.Diagnostics;
using Telephony.Domain.Pool;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Operations;

/// <summary>One part of a change that is larger than a transaction, once.</summary>
static class PartChange
{
    /// <param name="sites">Where.</param>
    /// <param name="work">The part.</param>
    /// <param name="rest">What would follow it.</param>
    /// <param name="ct">Stops before the transaction.</param>
    public static async Task<PartResult> TransactPartAsync(
        this SitePartition sites, SiteWork work, Func<SiteState, PoolDecision> rest, CancellationToken ct) =>
        await sites.TransactAsync(work, ct) switch
        {
            SiteOutcome.Done { Change: { } change } => new(null, change.IsPart),
            // Done by an earlier try, whose answer was lost: whether there is more is seen afresh.
            SiteOutcome.Done { Operation.Id.Site: var site } => new(
                null,
                (await sites.PreviewAsync(site, rest, ct)).Decision
                    is not PoolDecision.Accepted { Change.Changed.Count: 0 }),
            SiteOutcome.Refused refused => new(Refusals.Reason(refused.Refusals), HasMore: false),
            SiteOutcome.HasEnded => new(null, HasMore: false),
            var outcome => throw new UnreachableException($"No part of an operation comes to {outcome}."),
        };
}
