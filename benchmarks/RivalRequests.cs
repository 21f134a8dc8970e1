using System.Globalization;
using Azure.Data.Tables;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Benchmarks;

/// <summary>
/// Allocations at the same time at one site: each conflict costs a reload and another transaction. Counts depend on who
/// comes first, so the median of rounds is reported. No goal until something combines waiting requests (P4).
/// </summary>
sealed class RivalRequests(string connectionString, CancellationToken ct)
{
    const int Rounds = 9, Rivals = 16, Each = 10;

    public async Task ReportAsync()
    {
        Console.WriteLine(
            $"{Rivals} allocations of {Each} numbers at once, neighbours at one site, one process, no combiner; "
            + $"{Rounds} rounds:");
        var rounds = new List<Round>();
        for (var round = 0; round < Rounds; round++)
            rounds.Add(await RoundAsync(new BenchSite($"rivals-{round}")));

        var report = new Report("per allocation", "median", "least", "most");
        Add("requests", round => round.Requests);
        Add("conflicts", round => round.Conflicts);
        Add("given up (busy)", round => round.Busy);
        report.Print();

        void Add(string name, Func<Round, int> of)
        {
            var each = rounds.Select(round => (double)of(round) / Rivals).ToList();
            report.Add(name, Text(each.Median()), Text(each.Min()), Text(each.Max()));
        }
    }

    async Task<Round> RoundAsync(BenchSite site)
    {
        var counter = new CountingPolicy();
        using var cache = new SiteCache();
        var process = new SitePartition(
            new AzureTable(new TableClient(connectionString, TableNames.Sites, StorageOptions.With(0, counter))),
            cache, TimeProvider.System);
        await process.TransactAsync(site.Import(BenchSite.Numbers(0, 1_000)), ct);
        var works = Enumerable.Range(0, Rivals)
            .Select(i => site.Allocate($"account-{i}", BenchSite.Numbers(i * Each, Each))).ToList();

        counter.Reset();
        var busy = await Task.WhenAll(works.Select(async work =>
        {
            try
            {
                var outcome = await process.TransactAsync(work, ct);
                return outcome is SiteOutcome.Done
                    ? 0
                    : throw new InvalidOperationException($"{work.Operation.Id}: {outcome}");
            }
            catch (SiteBusyException)
            {
                return 1;
            }
        }));
        var done = Rivals - busy.Sum();
        return new(counter.Total, counter.Of(TableNames.Sites, "BATCH") - done, busy.Sum());
    }

    static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    sealed record Round(int Requests, int Conflicts, int Busy);
}
