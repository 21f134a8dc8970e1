using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Sweep;

/// <summary>
/// Ends rests and blocks that are over, and writes down the holds that have lapsed. Where the platform does not manage
/// the site nothing may change, so what is due waits there.
/// </summary>
public sealed class EndWhatIsDue(SitePartition sites) : ISiteChore
{
    public const string Step = "end";

    /// <summary>Transactions in one visit, each of up to 97 blocks; the next visit goes on.</summary>
    const int RoundsMax = 20;

    public Pace Pace => Pace.Often;

    public async Task RunAsync(SiteVisit visit, CancellationToken ct)
    {
        for (var round = 1; round <= RoundsMax; round++)
        {
            var operation = visit.OperationOf("sweep", $"{round}");
            var command = new EndDue(new(operation.Id, Party.Timer, visit.Now));
            var (seen, _) = await sites.PreviewAsync(visit.Site, site => PoolDecider.Decide(site, command), ct);
            if (seen is not PoolDecision.Accepted { Change.Blocks.IsEmpty: false })
                return;
            await sites.TransactAsync(
                new(operation, Step, visit.Now, site => PoolDecider.Decide(site, command)), ct);
        }
    }
}
