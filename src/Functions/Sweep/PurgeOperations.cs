using Telephony.Functions.Storage;

namespace Telephony.Functions.Sweep;

/// <summary>
/// Removes operations that ended long ago. What they did stays in the history of the numbers; only the answer to a
/// repeat of the request is gone.
/// </summary>
public sealed class PurgeOperations(OldOperations old) : ISiteChore
{
    /// <summary>Kept so long after their end: nobody repeats a request a month later.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public Pace Pace => Pace.Nightly;

    public Task RunAsync(SiteVisit visit, CancellationToken ct) =>
        old.RemoveAsync(visit.Site, visit.Now - KeptFor, ct);
}
