using Telephony.Functions.Storage;

namespace Telephony.Functions.Sweep;

/// <summary>Removes the names of future starters for whom nothing is held any more.</summary>
public sealed class ForgetNames(HoldTable holds) : ISiteChore
{
    public Pace Pace => Pace.Often;

    public Task RunAsync(SiteVisit visit, CancellationToken ct) => holds.ForgetAsync(visit.Site, ct);
}
