using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using Telephony.Functions.Storage;
using Telephony.LocalRuntime;
using Telephony.Testing;

namespace Telephony.Benchmarks;

/// <summary>P14: what the back office's messages cost one by one, and what a burst of them comes to.</summary>
sealed class Messages(StorageProxy proxy, AppProcess app, CommandQueue queue, BurstPlan plan, CancellationToken ct)
{
    public const int CountDefault = 10_000;

    const int CountMax = 10_000;
    const int AppliedMax = 10, DuplicateMax = 2, MegabytesMax = 300;
    const int Lanes = 4;

    static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    readonly RequestLog log = new(proxy);
    bool missed;

    /// <summary>So that each part is a whole number at each site.</summary>
    public static bool CanBe(int count) => count is > 0 and <= CountMax && count % (10 * BurstPlan.Sites) == 0;

    public static async Task<int> RunAsync(int count, CancellationToken ct)
    {
        var plan = new BurstPlan(count);
        Report.Begin(
            $"P14: {count:N0} messages of the back office, {plan.Due * BurstPlan.Sites:N0} of them due",
            "The built app is a process of its own, with its Service Bus; a proxy before Azurite counts its requests.",
            $"{BurstPlan.Sites} sites with an account each, whose numbers are nominated and reserved for it (due), or",
            "free (early). One by one: a message, then 0.5 s without a request; one of each kind at each site.",
            "The burst: all kinds mixed, a tenth of them sent twice, as fast as the queue takes them.",
            "The engine's search for lost work is put off (Poll = 1 h).");
        await using var azurite = await Azurite.StartAsync(new AzuriteOptions(), ct);
        await using var proxy = await StorageProxy.StartAsync(azurite.ConnectionString);
        using var directory = new TemporaryDirectory();
        await using var app = await AppProcess.StartAsync(
            proxy.ConnectionString, directory.Path, ("LocalRuntime__Durable__Poll", "01:00:00"));
        await using var queue = await CommandQueue.ConnectAsync(app.ServiceBusPort);
        var missed = await new Messages(proxy, app, queue, plan, ct).MeasureAsync(azurite.ConnectionString);
        await MessageTime.ReportAsync(ct);
        Console.WriteLine(missed ? "A goal is missed." : "All goals are met.");
        return missed ? 1 : 0;
    }

    async Task<bool> MeasureAsync(string connectionString)
    {
        using var platform = await Caller.OfAsync(app, "paula", ct);
        using var admin = await Caller.OfAsync(app, "olivia", ct);
        await PrepareAsync(platform, admin);
        var expected = await OneByOneAsync();
        await BurstAsync(expected);
        await NoneLostAsync(platform, admin, new TableClient(connectionString, TableNames.Sites));
        return missed;
    }

    /// <summary>At each site an account whose first service waits for its main number, and more such numbers.</summary>
    async Task PrepareAsync(Caller platform, Caller admin)
    {
        await Place.OperatorAsync(platform, ct);
        for (var site = 0; site < BurstPlan.Sites; site++)
        {
            await Place.SiteAsync(platform, admin, site, plan.Numbers, ct);
            var path = $"sites/{Place.Site(site)}";
            await admin.PostAsync(
                $"{path}/allocations", new { account = Place.Account(site), numbers = plan.ToReserve(site) },
                $"reserve-{site}", ct);
            var accepted = await admin.PutAsync(
                $"{path}/accounts/{Place.Account(site)}/voice-services/phones", new { code = "voice", quantity = 1 },
                ct, $"assign-{site}");
            var service = await StateAsync(admin, accepted.GetProperty("id").GetString()!, "Succeeded");
            await StateAsync(admin, service.GetProperty("linked").GetString()!, "Waiting");
            // Only now: the service would have taken one of these.
            await SendAsync([plan.Nominate(site)]);
        }
    }

    async Task<System.Text.Json.JsonElement> StateAsync(Caller admin, string operation, string state)
    {
        while (true)
        {
            var found = await admin.GetAsync($"operations/{operation}", ct);
            if (found.GetProperty("state").GetString() == state)
                return found;
            await Task.Delay(Pause, ct);
        }
    }

    /// <returns>Requests of the burst if each message cost what one alone does.</returns>
    async Task<double> OneByOneAsync()
    {
        var report = new Report("one message", "requests, median", "least", "most", "goal", "at the last site");
        await AddAsync("applied, somebody waits for it", site => plan.Main(site), AppliedMax);
        var applied = await AddAsync("applied, nobody waits", site => plan.Single(site, "due"), AppliedMax);
        var early = await AddAsync("too early, kept", site => plan.Single(site, "early"), null);
        var repeat = await AddAsync(
            "applied, its duplicate", site => plan.Single(site, "due", again: true), DuplicateMax);
        await AddAsync("kept, its duplicate", site => plan.Single(site, "early", again: true), DuplicateMax);
        report.Print();
        return BurstPlan.Sites * ((applied * plan.Due) + (early * plan.Early) + (repeat * plan.Twice));

        async Task<double> AddAsync(string kind, Func<int, SentCommand> command, int? goal)
        {
            var (counts, last) = (new List<int>(), Array.Empty<StorageRequest>());
            for (var site = 0; site < BurstPlan.Sites; site++)
            {
                last = await RequestsAsync(command(site));
                counts.Add(last.Length);
            }

            var met = goal is null || counts.Max() <= goal;
            missed |= !met;
            report.Add(
                kind, counts.Median(), counts.Min(), counts.Max(),
                goal is null ? "none" : $"≤ {goal}: {(met ? "met" : "missed")}",
                string.Join(", ", last.CountBy(request => $"{request.Method} {request.Table}")
                    .OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Value} {kind.Key}")));
            return counts.Median();
        }
    }

    async Task<StorageRequest[]> RequestsAsync(SentCommand command)
    {
        await log.TakeWhenQuietAsync(Quiet, ct);
        await SendAsync([command]);
        return [.. (await log.TakeWhenQuietAsync(Quiet, ct)).Select(request => request.Kind)];
    }

    async Task BurstAsync(double expected)
    {
        var messages = plan.Burst();
        await log.TakeWhenQuietAsync(Quiet, ct);
        var watch = Stopwatch.StartNew();
        await SendAsync(messages);
        var seconds = watch.Elapsed.TotalSeconds;
        var requests = (await log.TakeWhenQuietAsync(Quiet, ct)).Count;
        var report = new Report("the burst", "measured");
        report.Add("messages", messages.Length);
        report.Add("storage requests", requests);
        report.Add("÷ those of the same messages one by one", Text(requests / expected, "0.00"));
        report.Add("handled in a second", Text(messages.Length / seconds, "0"));
        if (OperatingSystem.IsLinux())
        {
            var most = Memory.Megabytes(app.Id, "VmHWM");
            missed |= most > MegabytesMax;
            report.Add($"VmHWM of the app, MB (≤ {MegabytesMax})", Text(most, "0"));
        }

        report.Print();
    }

    static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Answers when the queue is empty again.</summary>
    async Task SendAsync(SentCommand[] commands)
    {
        await Task.WhenAll(commands.Chunk((commands.Length + Lanes - 1) / Lanes).Select(async lane =>
        {
            var send = await queue.SenderAsync();
            foreach (var command in lane)
                await send(command);
        }));
        while (!await queue.IsEmptyAsync())
            await Task.Delay(Pause, ct);
    }

    async Task NoneLostAsync(Caller platform, Caller admin, TableClient sites)
    {
        var (active, words) = (0, 0);
        for (var site = 0; site < BurstPlan.Sites; site++)
        {
            var numbers = await admin.GetAsync($"sites/{Place.Site(site)}/numbers?top=1000", ct);
            active += numbers.GetProperty("items").EnumerateArray()
                .Count(number => number.GetProperty("state").GetString() == "Active");
            var partition = Place.Site(site);
            words += await sites
                .QueryAsync<TableEntity>(row => row.PartitionKey == partition, select: ["RowKey", "Kind"])
                .Where(row => row.RowKey.StartsWith("O|", StringComparison.Ordinal))
                .CountAsync(row => row.GetString("Kind") == "Activation", ct);
        }

        var dead = (await platform.GetAsync("dead-letters", ct)).GetProperty("items").GetArrayLength();
        var isWhole = (active, words, dead) == (plan.Applied, plan.Words, 0);
        missed |= !isWhole;
        Console.WriteLine(
            $"{active} of {plan.Applied} numbers in service, {words} of {plan.Words} words written down, {dead} dead "
            + $"letters: {(isWhole ? "none lost, none twice" : "not as it should be")}.");
        Console.WriteLine();
    }
}
