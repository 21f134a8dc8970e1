using Telephony.Functions.History;

namespace Telephony.Functions.Sweep;

/// <summary>Forgets what was so long ago that nobody may ask for it any more.</summary>
public sealed class TrimHistory(HistoryTrimmer trimmer) : ISiteChore
{
    public Pace Pace => Pace.Nightly;

    public Task RunAsync(SiteVisit visit, CancellationToken ct) => trimmer.TrimAsync(visit.Site, visit.Now, ct);
}
