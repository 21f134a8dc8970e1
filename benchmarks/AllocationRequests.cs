using Azure.Data.Tables;
using Telephony.Functions.Storage;
using Telephony.LocalRuntime;
using Telephony.Testing;

namespace Telephony.Benchmarks;

/// <summary>P1: storage requests for one allocation; and what rivals cost as long as nothing combines them.</summary>
sealed class AllocationRequests(string connectionString, CancellationToken ct)
{
    const string Table = TableNames.Sites;
    const int WarmMax = 1, ColdMax = 2, ReplayMax = 2;

    /// <summary>Not on a block's edge, as a customer's range rarely is.</summary>
    const int First = 50;

    readonly CountingPolicy counter = new();
    bool missed;

    public static async Task<int> RunAsync(CancellationToken ct)
    {
        Report.Begin(
            "P1: storage requests for one allocation",
            "Counted by a policy in the table client's pipeline, inside its retries. Storage is Azurite, in memory.",
            "Warm: the process has just changed something else at the site. Cold: it has seen nothing of the site.",
            "Replay: the same request again, by the process that did it, and by one that has just started (no goal).");
        await using var azurite = await Azurite.StartAsync(new AzuriteOptions(), ct);
        await new TableClient(azurite.ConnectionString, Table).CreateAsync(ct);
        var requests = new AllocationRequests(azurite.ConnectionString, ct);
        await requests.ReportAsync();
        await new RivalRequests(azurite.ConnectionString, ct).ReportAsync();
        Console.WriteLine(requests.missed ? "A goal is missed." : "All goals are met.");
        return requests.missed ? 1 : 0;
    }

    async Task ReportAsync()
    {
        var report = new Report(
            "numbers", "blocks", $"warm (≤ {WarmMax})", $"cold (≤ {ColdMax})", $"replay (≤ {ReplayMax}, no write)",
            "replay, just started", "goal");
        foreach (var (count, every) in new[] { (1, 1), (10, 1), (100, 1), (1_000, 1), (9_600, 1), (4_800, 2) })
        {
            var warm = await WarmAsync(count, every);
            var cold = await ColdAsync(count, every);
            var met = warm.First.Total <= WarmMax && cold.Total <= ColdMax
                && warm.Replay.Total <= ReplayMax && warm.Unchanged;
            missed |= !met;
            var blocks = BenchSite.Numbers(First, count, every).Blocks.Length;
            report.Add(
                every == 1 ? count : $"{count}, every {every}nd", blocks, warm.First, cold,
                warm.Unchanged ? warm.Replay : $"{warm.Replay}, wrote", warm.Restarted, met ? "met" : "missed");
        }

        report.Print();
    }

    async Task<(Requests First, Requests Replay, bool Unchanged, Requests Restarted)> WarmAsync(int count, int every)
    {
        var site = await SiteAsync($"warm-{count}", count * every);
        using var cache = new SiteCache();
        var process = Process(cache);
        await DoneAsync(process, site.Import(BenchSite.Numbers(20_000, 1)));
        var work = site.Allocate("acme", BenchSite.Numbers(First, count, every));

        var first = await CountAsync(process, work, isReplay: false);
        var before = await VersionsAsync(site);
        var replay = await CountAsync(process, work, isReplay: true);
        using var nothing = new SiteCache();
        var restarted = await CountAsync(Process(nothing), work, isReplay: true);
        return (first, replay, before.SequenceEqual(await VersionsAsync(site)), restarted);
    }

    async Task<Requests> ColdAsync(int count, int every)
    {
        var site = await SiteAsync($"cold-{count}", count * every);
        using var nothing = new SiteCache();
        var work = site.Allocate("acme", BenchSite.Numbers(First, count, every));
        return await CountAsync(Process(nothing), work, isReplay: false);
    }

    async Task<BenchSite> SiteAsync(string name, int numbers)
    {
        var site = new BenchSite(name);
        using var cache = new SiteCache();
        await DoneAsync(Process(cache), site.Import(BenchSite.Numbers(First, numbers)));
        return site;
    }

    async Task<Requests> CountAsync(SitePartition process, SiteWork work, bool isReplay)
    {
        counter.Reset();
        var done = await DoneAsync(process, work);
        var counted = new Requests(counter.Of(Table, "GET"), counter.Of(Table, "BATCH"), counter.Total);
        return done.Replayed == isReplay
            ? counted
            : throw new InvalidOperationException($"{work.Operation.Id} was {(isReplay ? "done twice" : "not new")}.");
    }

    async Task<SiteOutcome.Done> DoneAsync(SitePartition process, SiteWork work) =>
        await process.TransactAsync(work, ct) as SiteOutcome.Done
        ?? throw new InvalidOperationException($"{work.Operation.Id} was not done.");

    async Task<List<string>> VersionsAsync(BenchSite site) => await new TableClient(connectionString, Table)
        .QueryAsync<TableEntity>(row => row.PartitionKey == site.Id.Value, cancellationToken: ct)
        .Select(row => $"{row.RowKey} {row.ETag}")
        .ToListAsync(ct);

    SitePartition Process(SiteCache cache) => new(
        new AzureTable(new TableClient(connectionString, Table, StorageOptions.With(0, counter))),
        cache, TimeProvider.System);

    sealed record Requests(int Reads, int Transactions, int Total)
    {
        public override string ToString() => $"{Total} ({Reads} read, {Transactions} transaction)";
    }
}
