using System.Text.Json;
using Azure.Data.Tables;
using Telephony.Testing;

namespace Telephony.EndToEnd.Tests;

/// <summary>
/// The end of a service, and of all that an account has, with the process killed (SIGKILL) at every write to storage:
/// the restarted app and a repeat of the request end as if nothing had happened.
/// </summary>
public sealed class KilledWhileLeaving(AzuriteFixture azurite)
{
    const int Quantity = 3;

    [Theory]
    [InlineData("service", Plug.BeforeWrite)]
    [InlineData("service", Plug.AfterWrite)]
    [InlineData("close", Plug.BeforeWrite)]
    [InlineData("close", Plug.AfterWrite)]
    public async Task It_ends_once_wherever_the_process_is_killed(string what, Plug plug)
    {
        var kills = await new EveryWrite(azurite, what, plug)
        {
            Arrange = ReservedAsync,
            Job = (api, site) => LeaveAsync(api, site, what),
            Ended = (api, site, operation) => NothingElseAsync(api, site, operation, byHand: what == "close"),
        }.KillAsync();

        // Accept, schedule, the part, its step, close, the end: fewer would mean that a step was not tried.
        Assert.True(kills >= 6, $"Only {kills} kills struck.");
    }

    /// <summary>By a service, and one by hand.</summary>
    static async Task ReservedAsync(Api api, string site)
    {
        await SampleSite.SeedAsync(api, site, numbers: 20, site);
        await SampleSite.RulesAsync(api, site, rules => rules["autoActivateAfterAuto"] = false);
        var service = await api.EndedAsync(
            (await SampleSite.AssignAsync(api, site, site, Quantity, "before")).Accepted());
        await CalledOffAsync(api, service.GetProperty("linked").GetString()!);
        (await api.PostAsync("olivia", $"sites/{site}/allocations", new
        {
            account = site, numbers = new[] { SampleSite.Number(site, 19) },
        }, "by-hand")).Is(201);
    }

    static async Task<JsonElement> LeaveAsync(Api api, string site, string what)
    {
        var account = $"sites/{site}/accounts/{site}";
        // A service's first version is its ETag.
        var answer = what == "close"
            ? await api.PostAsync("olivia", $"{account}/close", new { }, "leave")
            : await api.SendAsync(
                "olivia", HttpMethod.Delete, $"{account}/voice-services/phones", null, "leave", "\"MQ\"");
        return await api.EndedAsync(answer.Accepted());
    }

    /// <summary>What services took is in the pool, moved once; what was allocated by hand only when all ends.</summary>
    async Task NothingElseAsync(Api api, string site, JsonElement operation, bool byHand)
    {
        Assert.Equal("Succeeded", operation.GetProperty("state").GetString());
        // The direct numbers and the main number that the service took, and perhaps the one by hand.
        Assert.Equal(Quantity + (byHand ? 2 : 1), operation.GetProperty("numberCount").GetInt32());
        var all = (await api.GetAsync("olivia", $"sites/{site}/numbers"))
            .Is(200).Body.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(byHand ? 0 : 1, all.Count(n => n.GetProperty("state").GetString() == "Reserved"));
        var main = SampleSite.Number(site, SampleSite.Mains);
        var moved = operation.GetProperty("numbers").EnumerateArray()
            .Select(n => n.GetProperty("number").GetString()).ToHashSet();
        Assert.All(
            all.Where(n => moved.Contains(n.GetProperty("number").GetString())),
            n => Assert.Equal(Number(n) == main ? 5 : 3, n.GetProperty("version").GetInt32()));

        var rows = await new TableClient(azurite.ConnectionString, "sites")
            .QueryAsync<TableEntity>(
                row => row.PartitionKey == site, cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        var holding = rows.Single(row => row.RowKey == $"A|{site}");
        Assert.Equal(
            (byHand ? 0 : 1, "", "[]"),
            (holding.GetInt32("DirectNumbers"), holding.GetString("Main"), holding.GetString("Services")));
        foreach (var number in moved)
        {
            // Whether its event has moved or not, and whether the process died between: each change is told once.
            var history = (await api.GetAsync("olivia", $"sites/{site}/numbers/{number}/history")).Is(200);
            Assert.Equal(
                number == main
                    ? ["Available", "Reserved", "Activating", "Reserved", "Available"]
                    : ["Available", "Reserved", "Available"],
                history.Body.GetProperty("items").EnumerateArray().Select(
                    change => change.GetProperty("state").GetString()));
        }

        // The import, the service and the activation that it called for, the allocation, and this one.
        Assert.Equal(5, rows.Count(row => row.RowKey.StartsWith("O|", StringComparison.Ordinal)));

        static string? Number(JsonElement number) => number.GetProperty("number").GetString();
    }

    /// <summary>The main number is reserved and nobody waits for it, so that its service can end.</summary>
    static async Task CalledOffAsync(Api api, string activation)
    {
        await api.WaitsAsync(activation);
        (await api.PostAsync("olivia", $"operations/{activation}/cancel", new { }, "call-off")).Is(202);
        await api.EndedAsync(activation);
    }
}
