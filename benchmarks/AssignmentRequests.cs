using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using Telephony.Functions.Storage;
using Telephony.LocalRuntime;
using Telephony.Testing;

namespace Telephony.Benchmarks;

/// <summary>
/// What an assignment costs from the PUT to its end, in storage requests; and a floor of 200 handsets in one request.
/// </summary>
sealed class AssignmentRequests(StorageProxy proxy, Azurite azurite, CancellationToken ct)
{
    const int Goal = 12, Rounds = 11, Floor = 200, Rooms = 10, Numbers = 1_000;

    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // Searching its table for lost work is the engine's rest rate, whatever is asked of it; here it is put off.
    static readonly (string, string) PollNever = ("LocalRuntime__Durable__Poll", "01:00:00");

    readonly RequestLog log = new(proxy);
    readonly TableClient sites = new(azurite.ConnectionString, TableNames.Sites);

    public static async Task<int> RunAsync(CancellationToken ct)
    {
        Report.Begin(
            $"Assignment of a number to a user and a handset, and of a floor of {Floor} handsets",
            "The built app is a process of its own; every storage request goes through a proxy that counts it.",
            "The end is looked for behind the proxy, so that looking costs nothing; then 1 s without requests.",
            "The engine's search for lost work is put off (Poll = 1 h).",
            "Warm: one that is not counted comes first.");
        await using var azurite = await Azurite.StartAsync(new AzuriteOptions(), ct);
        await using var proxy = await StorageProxy.StartAsync(azurite.ConnectionString);
        return await new AssignmentRequests(proxy, azurite, ct).RunAsync();
    }

    async Task<int> RunAsync()
    {
        using var directory = new TemporaryDirectory();
        await using var app = await AppProcess.StartAsync(proxy.ConnectionString, directory.Path, PollNever);
        using var platform = await Caller.OfAsync(app, "paula", ct);
        using var admin = await Caller.OfAsync(app, "olivia", ct);
        await Place.OperatorAsync(platform, ct);
        await Place.SiteAsync(platform, admin, 0, Numbers, ct);
        await FurnishAsync(admin);
        var numbers = await InServiceAsync(admin);

        var rounds = new List<IReadOnlyList<StorageRequest>>();
        for (var round = 0; round <= Rounds; round++)
        {
            var requests = await OneAsync(admin, numbers[round], Floor + round);
            if (round > 0)
                rounds.Add(requests);
        }

        var left = numbers.Skip(Rounds + 1).Take(Floor).ToList();
        var (floor, took) = await FloorAsync(admin, left);
        return Print(rounds, floor, took);
    }

    async Task FurnishAsync(Caller admin)
    {
        var things = Enumerable.Range(0, Floor + Rounds + 1).ToList();
        await admin.PostAsync(
            $"sites/{Place.Site(0)}/places/imports",
            new
            {
                spaces = Enumerable.Range(0, Rooms).Select(room => new
                {
                    id = $"room-{room}", kind = "Desk", floor = "2", room = $"2.{room}", label = $"2.{room}",
                    leasedTo = Place.Account(0),
                }),
                switches = new[] { new { id = "core", name = "Core" } },
                ports = things.Select(n => new
                {
                    id = $"port-{n}", @switch = "core", name = $"Gi1/0/{n}", space = $"room-{n % Rooms}",
                }),
                handsets = things.Select(n => new
                {
                    mac = Mac(n), space = $"room-{n % Rooms}", port = $"port-{n}",
                }),
            },
            "furniture", ct);
        await admin.PutAsync($"accounts/{Place.Account(0)}/users/ada", new
        {
            name = "Ada Moss", email = "ada@acme.example", role = "OccupierUser",
        }, ct);
    }

    async Task<IReadOnlyList<string>> InServiceAsync(Caller admin)
    {
        const int Wanted = Floor + Rounds + 1;
        var accepted = await admin.PutAsync(
            $"sites/{Place.Site(0)}/accounts/{Place.Account(0)}/voice-services/phones",
            new { code = "voice", quantity = Wanted }, ct, "phones");
        await EndedAsync(accepted.GetProperty("id").GetString()!);
        var page = await admin.GetAsync(
            $"sites/{Place.Site(0)}/accounts/{Place.Account(0)}/numbers?state=Active&role=Direct&top={Wanted}", ct);
        return [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("number").GetString()!)];
    }

    async Task<IReadOnlyList<StorageRequest>> OneAsync(Caller admin, string number, int handset)
    {
        await log.TakeWhenQuietAsync(Quiet, ct);
        var accepted = await admin.PutAsync(
            $"sites/{Place.Site(0)}/numbers/{Uri.EscapeDataString(number)}/assignment",
            new { user = "ada", handset = Mac(handset) }, ct, $"assign-{number}");
        await EndedAsync(accepted.GetProperty("id").GetString()!);
        return [.. (await log.TakeWhenQuietAsync(Quiet, ct)).Select(request => request.Kind)];
    }

    async Task<(int Requests, TimeSpan Took)> FloorAsync(Caller admin, List<string> numbers)
    {
        await log.TakeWhenQuietAsync(Quiet, ct);
        var watch = Stopwatch.StartNew();
        var accepted = await admin.PostAsync(
            $"sites/{Place.Site(0)}/assignments",
            new
            {
                assignments = numbers.Select((number, n) => new { number, user = "ada", handset = Mac(n) }),
            },
            "floor", ct);
        var operation = accepted.GetProperty("id").GetString()!;
        var done = -1;
        while (!await HasEndedAsync(operation))
        {
            // As somebody who watches it; these looks are among the requests.
            var seen = (await admin.GetAsync($"operations/{operation}", ct)).GetProperty("numberCount").GetInt32();
            if (seen != done)
                Console.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: {done = seen} of {numbers.Count}");
            await Task.Delay(Pause * 10, ct);
        }

        var took = watch.Elapsed;
        return ((await log.TakeWhenQuietAsync(Quiet, ct)).Count, took);
    }

    async Task EndedAsync(string operation)
    {
        while (!await HasEndedAsync(operation))
            await Task.Delay(Pause, ct);
    }

    async Task<bool> HasEndedAsync(string operation)
    {
        var row = await sites.GetEntityAsync<TableEntity>(Place.Site(0), $"O|{operation}", cancellationToken: ct);
        if (!row.Value.ContainsKey("EndedAt"))
            return false;
        return row.Value.GetString("State") == "Succeeded"
            ? true
            : throw new InvalidOperationException($"{operation} ended as {row.Value.GetString("State")}.");
    }

    static int Print(List<IReadOnlyList<StorageRequest>> rounds, int floor, TimeSpan took)
    {
        var kinds = new Report("request", "median", "least", "most");
        foreach (var kind in rounds.SelectMany(round => round).Distinct().OrderBy(kind => (kind.Table, kind.Method)))
        {
            var counts = rounds.Select(round => round.Count(request => request == kind)).ToList();
            kinds.Add($"{kind.Method} {kind.Table}", counts.Median(), counts.Min(), counts.Max());
        }

        var all = rounds.Select(round => round.Count).ToList();
        kinds.Add("in all", all.Median(), all.Min(), all.Max());
        kinds.Print();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"A floor of {Floor} handsets: {took.TotalSeconds:0.0} s, {floor} requests, looks included."));
        var met = all.Median() <= Goal;
        Console.WriteLine($"Goal: at most {Goal} requests in all (median): {(met ? "met" : "missed")}.");
        return met ? 0 : 1;
    }

    static string Mac(int n) => string.Create(CultureInfo.InvariantCulture, $"02{n:x10}");
}
