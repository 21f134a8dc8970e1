using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Sweep;

/// <summary>
/// Starts operations that were accepted and that nobody scheduled, because a process died in between and the caller did
/// not ask again; ends those whose orchestration broke; and has those look again that wait for what has happened.
/// </summary>
public sealed class DriveOpenOperations(OpenOperations open, OperationDriver driver, SiteQueries sites) : ISiteChore
{
    /// <summary>Longer than a request needs from writing an operation down to scheduling it.</summary>
    static readonly TimeSpan LeftAlone = TimeSpan.FromMinutes(1);

    public Pace Pace => Pace.Often;

    public async Task RunAsync(SiteVisit visit, CancellationToken ct)
    {
        var failed = new List<Exception>();
        await foreach (var operation in open.OlderAsync(visit.Site, visit.Now - LeftAlone, ct))
        {
            try
            {
                await DriveAsync(visit, operation, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed.Add(new InvalidOperationException($"{operation.Id}: {e.Message}", e));
            }
        }

        if (failed.Count > 0)
            throw new AggregateException($"{failed.Count} operations of {visit.Site} were not driven.", failed);
    }

    async Task DriveAsync(SiteVisit visit, Operation operation, CancellationToken ct)
    {
        var driven = await driver.DriveAsync(visit.Client, operation, isRepeat: true, ct);
        if (driven.State is OperationState.Waiting && !await IsAwaitedAsync(driven, ct))
            await visit.Client.WakeAsync(OperationDriver.InstanceOf(driven), ct);
    }

    /// <summary>Whether what it waits for is yet to come; else whoever brought it about woke nobody.</summary>
    async Task<bool> IsAwaitedAsync(Operation operation, CancellationToken ct)
    {
        foreach (var (id, slots) in operation.Changed.Blocks)
        {
            if (await sites.BlockAsync(operation.Id.Site, id, ct) is { } block
                && slots.Any(slot => block[slot].IsAwaitedBy(operation)))
            {
                return true;
            }
        }

        return false;
    }
}
