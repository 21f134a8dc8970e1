using Telephony.Functions.Storage;

namespace Telephony.Functions.Sweep;

/// <summary>Frees addresses of handsets that a site claimed and has not.</summary>
public sealed class SettleMacs(MacClaims claims) : ISiteChore
{
    public Pace Pace => Pace.Often;

    public Task RunAsync(SiteVisit visit, CancellationToken ct) =>
        claims.ReconcileAsync(visit.Site, MacClaims.AgeMin, ct);
}
