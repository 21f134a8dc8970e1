using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using Telephony.Functions.Storage;
using Telephony.LocalRuntime;
using Telephony.Testing;

namespace Telephony.Benchmarks;

/// <summary>P10: what a voice service costs from the PUT to its end, in storage requests and in time.</summary>
sealed class VoiceServiceRequests(StorageProxy proxy, Azurite azurite, CancellationToken ct)
{
    const int Goal = 12, Rounds = 11, Quantity = 10, Numbers = 1_000;

    /// <summary>Rows of the transaction that time is compared with: as many as taking the numbers writes.</summary>
    const int FloorRows = 4;

    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // Searching its table for lost work is the engine's rest rate, whatever is asked of it; here it is put off.
    static readonly (string, string) PollNever = ("LocalRuntime__Durable__Poll", "01:00:00");

    readonly RequestLog log = new(proxy);
    readonly TableClient sites = new(azurite.ConnectionString, TableNames.Sites);
    readonly TableClient floor = new(proxy.ConnectionString, "floor");

    public static async Task<int> RunAsync(CancellationToken ct)
    {
        Report.Begin(
            $"P10: a voice service of {Quantity} numbers, from PUT to the end of its operation",
            "The built app is a process of its own; every storage request goes through a proxy that counts it.",
            "The end is looked for behind the proxy, so that looking costs nothing; then 1 s without requests.",
            "The engine's search for lost work is put off (Poll = 1 h) and counted apart in an idle app.",
            "Warm: one that is not counted comes first.",
            $"Time: to the answer of the last request to '{TableNames.Sites}', ÷ one transaction of {FloorRows}",
            $"inserts through the same proxy; medians of {Rounds} interleaved rounds.");
        await using var azurite = await Azurite.StartAsync(new AzuriteOptions(), ct);
        await using var proxy = await StorageProxy.StartAsync(azurite.ConnectionString);
        return await new VoiceServiceRequests(proxy, azurite, ct).RunAsync();
    }

    async Task<int> RunAsync()
    {
        using var directory = new TemporaryDirectory();
        await floor.CreateAsync(ct);
        var rounds = new List<Round>();
        int idle, look;
        await using (var app = await AppProcess.StartAsync(proxy.ConnectionString, directory.Path, PollNever))
        {
            using var platform = await Caller.OfAsync(app, "paula", ct);
            using var admin = await Caller.OfAsync(app, "olivia", ct);
            await Place.OperatorAsync(platform, ct);
            await Place.SiteAsync(platform, admin, 0, Numbers, ct);
            for (var round = 0; round <= Rounds; round++)
            {
                var measured = await RoundAsync(admin, round);
                if (round > 0)
                    rounds.Add(measured);
            }

            look = await LookAsync(admin, rounds[^1].Operation);
            idle = await IdleAsync();
        }

        await using (await AppProcess.StartAsync(proxy.ConnectionString, directory.Path))
            return Print(rounds, look, idle, await IdleAsync());
    }

    async Task<Round> RoundAsync(Caller admin, int round)
    {
        var transaction = await FloorAsync(round);
        log.Take();
        var watch = Stopwatch.StartNew();
        var accepted = await admin.PutAsync(
            $"sites/{Place.Site(0)}/accounts/{Place.Account(0)}/voice-services/phones-{round}",
            new { code = "voice", quantity = Quantity }, ct, $"assign-{round}");
        var answered = watch.Elapsed;
        var operation = accepted.GetProperty("id").GetString()!;
        await EndedAsync(operation);
        var requests = await log.TakeWhenQuietAsync(Quiet, ct);
        var last = requests.Last(request => request.Kind.Table == TableNames.Sites).At;
        return new(operation, [.. requests.Select(request => request.Kind)],
            answered.TotalMilliseconds, (last - log.Begun(watch)).TotalMilliseconds, transaction);
    }

    async Task<double> FloorAsync(int round)
    {
        var watch = Stopwatch.StartNew();
        await floor.SubmitTransactionAsync(
            Enumerable.Range(0, FloorRows).Select(row => new TableTransactionAction(
                TableTransactionActionType.Add,
                new TableEntity("floor", $"{round}-{row}") { ["Text"] = new string('x', 300) })),
            ct);
        return watch.Elapsed.TotalMilliseconds;
    }

    async Task EndedAsync(string operation)
    {
        while (true)
        {
            var row = await sites.GetEntityAsync<TableEntity>(Place.Site(0), $"O|{operation}", cancellationToken: ct);
            if (row.Value.ContainsKey("EndedAt"))
            {
                if (row.Value.GetString("State") != "Succeeded")
                    throw new InvalidOperationException($"{operation} ended as {row.Value.GetString("State")}.");
                return;
            }

            await Task.Delay(Pause, ct);
        }
    }

    /// <summary>What a caller adds who asks once how the operation is.</summary>
    async Task<int> LookAsync(Caller admin, string operation)
    {
        log.Take();
        await admin.GetAsync($"operations/{operation}", ct);
        return log.Take().Count;
    }

    async Task<int> IdleAsync()
    {
        await log.TakeWhenQuietAsync(Quiet, ct);
        await Task.Delay(Idle, ct);
        return log.Take().Count;
    }

    static int Print(List<Round> rounds, int look, int idle, int polling)
    {
        var kinds = new Report("request", "median", "least", "most");
        var seen = rounds.SelectMany(round => round.Requests).Distinct();
        foreach (var kind in seen.OrderBy(kind => (kind.Table, kind.Method)))
            AddCount($"{kind.Method} {kind.Table}", round => round.Requests.Count(request => request == kind));
        AddCount("in all", round => round.Requests.Count);
        kinds.Print();

        var times = new Report("time", "median, ms", "÷ one transaction");
        AddTime("one transaction", round => round.Transaction);
        AddTime("PUT answered", round => round.Answered);
        AddTime("numbers reserved, operation ended", round => round.Ended);
        times.Print();

        var seconds = (int)Idle.TotalSeconds;
        Console.WriteLine($"Besides: {look} each time a caller asks how it is; {idle} in {seconds} s of an idle app,");
        Console.WriteLine($"{polling} in {seconds} s of one with the engine's usual search every 2 s.");
        var met = rounds.Select(round => round.Requests.Count).Median() <= Goal;
        Console.WriteLine($"Goal: at most {Goal} requests in all (median): {(met ? "met" : "missed")}.");
        return met ? 0 : 1;

        void AddCount(string name, Func<Round, int> of) =>
            kinds.Add(name, rounds.Select(of).Median(), rounds.Min(of), rounds.Max(of));

        void AddTime(string name, Func<Round, double> of) => times.Add(
            name,
            Text(rounds.Select(of).Median()),
            Text(rounds.Select(round => of(round) / round.Transaction).Median()));
    }

    static string Text(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    sealed record Round(
        string Operation, IReadOnlyList<StorageRequest> Requests, double Answered, double Ended, double Transaction);
}
