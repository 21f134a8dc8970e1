using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Sweep;

/// <summary>
/// Starts operations that were accepted and that nobody scheduled, because a process died in between and the caller did
/// not ask again; and ends those whose orchestration broke.
/// </summary>
public sealed class DriveOpenOperations(OpenOperations open, OperationDriver driver) : ISiteChore
{
    /// <summary>Longer than a request needs from writing an operation down to scheduling it.</summary>
    static readonly TimeSpan LeftAlone = TimeSpan.FromMinutes(1);

    public Pace Pace => Pace.Often;

    public async Task RunAsync(SiteVisit visit, CancellationToken ct)
    {
        await foreach (var operation in open.OlderAsync(visit.Site, visit.Now - LeftAlone, ct))
            await driver.DriveAsync(visit.Client, operation, isRepeat: true, ct);
    }
}
