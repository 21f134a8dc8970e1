using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Functions.Directory;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Sweep;

/// <summary>
/// Visits every site and does its chores. A site or a chore that fails does not keep the others from theirs; the run
/// then fails at its end, so that somebody learns of it, and the next run tries again.
/// </summary>
public sealed class SweepSites(
    DirectoryTable directory, IEnumerable<ISiteChore> chores, TimeProvider clock, ILogger<SweepSites> logger)
{
    /// <summary>Nothing that the sweep mends has to wait longer than a person would wait before asking.</summary>
    public const string Often = "0 */5 * * * *";

    /// <summary>After midnight in Europe, before people come to work.</summary>
    public const string Nightly = "0 30 2 * * *";

    /// <summary>Sites visited at once: storage answers many, and people's requests come first.</summary>
    const int AtOnce = 4;

    [Function(nameof(SweepSites))]
    public Task Run(
        [TimerTrigger(Often)] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct) =>
        RunAsync(Pace.Often, timer, client, ct);

    [Function("SweepSitesNightly")]
    public Task RunNightly(
        [TimerTrigger(Nightly)] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct) =>
        RunAsync(Pace.Nightly, timer, client, ct);

    async Task RunAsync(Pace pace, TimerInfo timer, DurableTaskClient client, CancellationToken ct)
    {
        if (timer.IsPastDue)
            Log.SweepIsLate(logger, pace);

        var now = clock.GetUtcNow();
        var failed = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            SitesAsync(ct), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (site, stop) =>
            {
                foreach (var chore in chores.Where(chore => chore.Pace == pace))
                {
                    if (!await TryAsync(chore, new(site, now, client), stop))
                        failed.Add($"{chore.GetType().Name} at {site}");
                }
            });
        if (!failed.IsEmpty)
        {
            throw new InvalidOperationException(
                $"Chores that failed and will be tried again: {string.Join(", ", failed.Order().Take(10))}.");
        }
    }

    async Task<bool> TryAsync(ISiteChore chore, SiteVisit visit, CancellationToken ct)
    {
        try
        {
            await chore.RunAsync(visit, ct);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            Log.ChoreFailed(logger, e, chore.GetType().Name, visit.Site.Value);
            return false;
        }
    }

    async IAsyncEnumerable<Id<Site>> SitesAsync(
        [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var owner in directory.OperatorsAsync(null, TableLimits.PageRowsMax, ct))
        {
            await foreach (var site in directory.SitesAsync(owner.Id, null, TableLimits.PageRowsMax, ct))
                yield return site.Id;
        }
    }
}
