using System.Collections.Immutable;
using Azure;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Places;
using Telephony.Functions.Http;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Places;

/// <summary>What became of a change to one thing of a site.</summary>
abstract record PlaceOutcome
{
    /// <summary>It is stored as asked; perhaps it already was.</summary>
    public sealed record Stored(Placed Placed, ETag ETag, bool Created) : PlaceOutcome;

    public sealed record Removed : PlaceOutcome;

    /// <summary>There is nothing to remove.</summary>
    public sealed record NotThere : PlaceOutcome;

    /// <summary>It is not as the caller saw it; nothing changed.</summary>
    public sealed record Moved : PlaceOutcome;

    public sealed record Refused(ImmutableArray<PlaceRefusal> Refusals) : PlaceOutcome;
}

/// <summary>
/// Changes one thing of a site: loads it with all that it stands on, decides, and saves all of them in one transaction.
/// A repeat finds everything as it asked for.
/// </summary>
public sealed class PlaceChanges(PlaceTable table, MacClaims claims, TimeProvider clock)
{
    /// <param name="site">Where.</param>
    /// <param name="wanted">The thing as it is to be.</param>
    /// <param name="precondition">What must be true of what is stored.</param>
    /// <param name="mayLease">Whether the caller may say who leases a space.</param>
    /// <param name="ct">Stops between requests.</param>
    internal async Task<PlaceOutcome> PutAsync(
        Id<Site> site, PlaceItem wanted, Precondition precondition, bool mayLease, CancellationToken ct)
    {
        var tried = false;
        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            var loaded = await table.LoadAsync(site, wanted.Ref, wanted, ct);
            var stored = loaded.Find(wanted.Ref);
            var decision = PlaceDecider.Put(loaded.Places, wanted, mayLease);

            // The storage client repeats a request whose answer was lost: the rival may be our own first attempt.
            if (decision is PlaceDecision.Unchanged)
                return new PlaceOutcome.Stored(stored!.Placed, stored.ETag, Created: tried);
            if (!precondition.HoldsFor(stored?.ETag) || decision is not PlaceDecision.Accepted { After: var after })
            {
                if (tried && wanted is Handset { Mac: var claimedInVain })
                    await claims.GiveUpAsync(site, [claimedInVain], ct);
                return precondition.HoldsFor(stored?.ETag)
                    ? new PlaceOutcome.Refused(((PlaceDecision.Refused)decision).Refusals)
                    : new PlaceOutcome.Moved();
            }

            MacAddress[] created = stored is null && wanted is Handset { Mac: var mac } ? [mac] : [];
            var claimed = await claims.ClaimAsync(site, created, ct);
            if (claimed.Elsewhere.Count > 0)
                return new PlaceOutcome.Refused([new PlaceRefusal.Elsewhere(created[0])]);

            if (await table.CommitAsync(loaded, after, claimed.Used, ct) is { } saved)
            {
                var now = saved.Find(wanted.Ref)!;
                return new PlaceOutcome.Stored(now.Placed, now.ETag, Created: stored is null);
            }

            tried |= stored is null;
            await Rivals.PauseAsync(attempt, clock, ct);
        }

        throw Contended(wanted.Ref);
    }

    /// <summary>Removes a thing; the address of a handset is free again.</summary>
    internal async Task<PlaceOutcome> RemoveAsync(
        Id<Site> site, PlaceRef which, Precondition precondition, bool mayLease, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            var loaded = await table.LoadAsync(site, which, wanted: null, ct);
            var stored = loaded.Find(which);
            var decision = PlaceDecider.Remove(loaded.Places, which, mayLease);
            if (decision is PlaceDecision.NotThere)
                return attempt == 1 ? new PlaceOutcome.NotThere() : new PlaceOutcome.Removed();
            if (!precondition.HoldsFor(stored!.ETag))
                return new PlaceOutcome.Moved();
            if (decision is not PlaceDecision.Accepted { After: var after })
                return new PlaceOutcome.Refused(((PlaceDecision.Refused)decision).Refusals);

            MacAddress? freed = stored.Placed.Item is Handset handset ? handset.Mac : null;
            RowChange[] beside = freed is { } mac ? [await claims.RemovedAsync(site, mac, ct)] : [];
            if (await table.CommitAsync(loaded, after, beside, ct) is not null)
            {
                if (freed is { } left)
                    await claims.SettleAsync(site, left, ct);
                return new PlaceOutcome.Removed();
            }

            await Rivals.PauseAsync(attempt, clock, ct);
        }

        throw Contended(which);
    }

    static SiteBusyException Contended(PlaceRef which) =>
        new($"Other changes won {Rivals.AttemptsMax} tries of {which.Kind} {which.Id} in a row.");
}
