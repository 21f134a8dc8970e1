using Telephony.Functions.Storage;

namespace Telephony.Functions.Sweep;

/// <summary>Frees claims without a number, and claims numbers that are older than claims are.</summary>
public sealed class SettleClaims(SiteClaims claims, ClaimBackfill backfill) : ISiteChore
{
    public Pace Pace => Pace.Often;

    public async Task RunAsync(SiteVisit visit, CancellationToken ct)
    {
        await backfill.BackfillAsync(visit.Site, ct);
        await claims.ReconcileAsync(visit.Site, SiteClaims.AgeMin, ct);
    }
}
