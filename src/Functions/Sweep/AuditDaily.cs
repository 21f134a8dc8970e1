using Telephony.Functions.Audits;

namespace Telephony.Functions.Sweep;

/// <summary>One audit a day, by the day of UTC, however often it is asked for.</summary>
public sealed class AuditDaily(SiteAudit audit) : ISiteChore
{
    public Pace Pace => Pace.Nightly;

    public Task RunAsync(SiteVisit visit, CancellationToken ct) =>
        audit.AuditAsync(visit.Site, DateOnly.FromDateTime(visit.Now.UtcDateTime), ct);
}
