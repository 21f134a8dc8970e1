using Telephony.Functions.History;

namespace Telephony.Functions.Sweep;

/// <summary>Takes into the history what was committed and could not be moved at once.</summary>
public sealed class MoveEvents(EventMover mover) : ISiteChore
{
    /// <summary>Longer than who has just committed it needs to move it.</summary>
    static readonly TimeSpan LeftAlone = TimeSpan.FromMinutes(1);

    public Pace Pace => Pace.Often;

    public Task RunAsync(SiteVisit visit, CancellationToken ct) => mover.MoveAsync(visit.Site, LeftAlone, ct);
}
