using System.Collections.Concurrent;
using System.Text.Json;
using Azure.Data.Tables;
using Telephony.Testing;

namespace Telephony.EndToEnd.Tests;

/// <summary>
/// The back office sends commands, some of them twice and some that can never be carried out, while the process is
/// killed (SIGKILL) again and again: each command whose message was acknowledged has one effect.
/// </summary>
public sealed class KilledUnderMessages(AzuriteFixture azurite)
{
    const string Site = "f7-messages";
    const int Nominations = 200;
    const int Waiting = 10;
    const int KillAtAcknowledged = 60;
    const int KillAtWrite = 25;

    static readonly TimeSpan StrikeMax = TimeSpan.FromSeconds(30);
    static readonly string[] Accounts = [.. Enumerable.Range(0, Waiting).Select(i => $"{Site}-{i}")];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_command_has_one_effect_whenever_the_process_is_killed()
    {
        using var directory = new TemporaryDirectory();
        await using var proxy = await StorageProxy.StartAsync(azurite.ConnectionString);
        List<Activation> activations;
        List<string> nominated;
        SendingOffice office;
        await using (var app = await StartAsync(proxy, directory.Path))
        {
            using var api = new Api(app.BaseAddress);
            activations = await WaitForActivationsAsync(api);
            nominated = await FreeAsync(api);
            office = new(Commands(nominated, activations));
            // Some are handled, some wait in the queue, and some are on their way to it.
            await office.SendAsync(app.ServiceBusPort, acknowledged =>
            {
                if (acknowledged == KillAtAcknowledged)
                    app.Kill();
            });
            Assert.True(app.HasExited);
        }

        foreach (var plug in new[] { Plug.BeforeWrite, Plug.AfterWrite })
            await KillAtAWriteAsync(proxy, directory.Path, office, plug);
        await using var last = await StartAsync(proxy, directory.Path);
        using var after = new Api(last.BaseAddress);
        await office.SendAsync(last.ServiceBusPort);
        await using (var queue = await CommandQueue.ConnectAsync(last.ServiceBusPort))
            await Eventually.GetAsync(queue.IsEmptyAsync, isEmpty => isEmpty);

        await OnceAsync(after, nominated, activations);
        await WithReasonsAsync(after);
    }

    /// <summary>While messages flow: a command is under way, and its message in the app's hands.</summary>
    static async Task KillAtAWriteAsync(StorageProxy proxy, string directory, SendingOffice office, Plug plug)
    {
        await using var app = await StartAsync(proxy, directory);
        var struck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.Arm(KillAtWrite, plug, () =>
        {
            app.Kill();
            struck.SetResult();
        });
        await office.SendAsync(app.ServiceBusPort);
        await struck.Task.WaitAsync(StrikeMax, Ct);
        proxy.Disarm();
    }

    /// <summary>What is to be sent, in an order that is the same each time.</summary>
    static SentCommand[] Commands(List<string> nominated, List<Activation> activations)
    {
        var commands = nominated.Select((number, i) => Command(
                $"nominate-{i}", "NominateMain", new() { ["numbers"] = new[] { number } }))
            .Concat(activations.Select((activation, i) => Command($"activate-{i}", "ActivateMain", new()
            {
                ["account"] = activation.Account, ["number"] = activation.Number,
            }))).ToList();
        // The queue drops one of the same message, and the app one of the same command.
        var sameMessage = commands.Where((_, i) => i % 7 == 0);
        var sameCommand = commands.Where((_, i) => i % 4 == 0).Select(twice => twice with
        {
            Message = $"{twice.Message}-again",
        });
        SentCommand[] all = [.. commands, .. sameMessage, .. sameCommand, .. Poison()];
        new Random(7).Shuffle(all);
        return all;
    }

    static IEnumerable<SentCommand> Poison() =>
    [
        new("no-json", "{"),
        new("no-version", """{"type":"NominateMain"}"""),
        Command("no-type", "NominateNothing", []),
        Command("no-site", "NominateMain", new() { ["site"] = "nowhere", ["numbers"] = new[] { "+442079460000" } }),
        Command("no-number", "NominateMain", new() { ["numbers"] = new[] { SampleSite.Number(Site, 9_999) } }),
        Command("no-account", "ActivateMain", new()
        {
            ["account"] = "nobody", ["number"] = SampleSite.Number(Site, 0),
        }),
    ];

    static SentCommand Command(string id, string type, Dictionary<string, object> members)
    {
        (string, object)[] always = [("type", type), ("version", 1), ("commandId", id), ("site", Site)];
        foreach (var (name, value) in always)
            members.TryAdd(name, value);
        return new(id, JsonSerializer.Serialize(members));
    }

    static async Task WithReasonsAsync(Api api)
    {
        var letters = (await api.GetAsync("paula", "dead-letters")).Is(200).Body.GetProperty("items")
            .EnumerateArray().Select(letter => letter.GetProperty("reasonCode").GetString());
        Assert.Equal(
            ["bad-json", "not-provisioned", "unknown-account", "unknown-site", "unknown-type", "unknown-version"],
            letters.Order());
    }

    async Task OnceAsync(Api api, List<string> nominated, List<Activation> activations)
    {
        foreach (var activation in activations)
        {
            var ended = await api.EndedAsync(activation.Operation);
            Assert.Equal("Succeeded", ended.GetProperty("state").GetString());
        }

        var told = new ConcurrentDictionary<string, string>();
        await Parallel.ForEachAsync(
            nominated.Concat(activations.Select(activation => activation.Number)),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Ct },
            async (number, _) => told[number] = await HistoryAsync(api, number));
        Assert.All(nominated, number => Assert.Equal("2 Available, 1 Available", told[number]));
        Assert.All(activations, activation => Assert.Equal(
            "4 Active, 3 Activating, 2 Reserved, 1 Available", told[activation.Number]));

        var kinds = await new TableClient(azurite.ConnectionString, "sites")
            .QueryAsync<TableEntity>(row => row.PartitionKey == Site, cancellationToken: Ct)
            .Where(row => row.RowKey.StartsWith("O|", StringComparison.Ordinal))
            .Select(row => row.GetString("Kind")).ToListAsync(Ct);
        Assert.Equal(Nominations, kinds.Count(kind => kind == "Nomination"));
        Assert.Equal(Waiting, kinds.Count(kind => kind == "Activation"));
    }

    /// <summary>The number's versions and what each made of it, the latest first.</summary>
    static async Task<string> HistoryAsync(Api api, string number) => string.Join(", ",
        (await api.GetAsync("olivia", $"sites/{Site}/numbers/{number}/history")).Is(200).Body.GetProperty("items")
            .EnumerateArray().Select(change => $"{change.GetProperty("version")} {change.GetProperty("state")}"));

    /// <summary>An account each whose first service waits for its main number.</summary>
    static async Task<List<Activation>> WaitForActivationsAsync(Api api)
    {
        await SampleSite.SeedAsync(api, Site, Nominations + (2 * Waiting), Accounts);
        var activations = new List<Activation>();
        foreach (var account in Accounts)
        {
            var assigned = (await SampleSite.AssignAsync(api, Site, account, 1, $"service-{account}")).Is(202);
            var ended = await api.EndedAsync(assigned.Body.GetProperty("id").GetString()!);
            var linked = ended.GetProperty("linked").GetString()!;
            await api.WaitsAsync(linked);
            var main = (await api.GetAsync("olivia", $"sites/{Site}/accounts/{account}/main-number")).Is(200).Body;
            activations.Add(new(account, main.GetProperty("number").GetString()!, linked));
        }

        return activations;
    }

    static async Task<List<string>> FreeAsync(Api api) =>
        [.. (await api.GetAsync("olivia", $"sites/{Site}/numbers?top=1000")).Is(200).Body.GetProperty("items")
            .EnumerateArray()
            .Where(number => number.GetProperty("state").GetString() == "Available")
            .Select(number => number.GetProperty("number").GetString()!)
            .Take(Nominations)];

    static Task<AppProcess> StartAsync(StorageProxy proxy, string directory) => AppProcess.StartAsync(
        proxy.ConnectionString, directory,
        ("LocalRuntime__Durable__Lease", "00:00:01"), ("LocalRuntime__Durable__Poll", "00:00:00.2"));

    sealed record Activation(string Account, string Number, string Operation);
}
