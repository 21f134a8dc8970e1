using System.Text.Json;
using Azure.Data.Tables;
using Telephony.Testing;

namespace Telephony.EndToEnd.Tests;

/// <summary>
/// Numbers for a user and for handsets, more than one transaction takes, with the process killed (SIGKILL) at every
/// write to storage: the restarted app and a repeat of the request end as if nothing had happened.
/// </summary>
public sealed class KilledWhileAssigning(AzuriteFixture azurite)
{
    /// <summary>Two parts.</summary>
    const int Quantity = 9;

    /// <summary>0000 is a premium number, which no service takes by itself.</summary>
    const int First = 1;

    [Theory]
    [InlineData(Plug.BeforeWrite)]
    [InlineData(Plug.AfterWrite)]
    public async Task It_ends_once_wherever_the_process_is_killed(Plug plug)
    {
        var kills = await new EveryWrite(azurite, "assign", plug)
        {
            Arrange = FurnishAsync,
            Job = AssignAsync,
            Ended = EachOnceAsync,
        }.KillAsync();

        // Accept, schedule, each part and its step, close, the end: fewer would mean that a step was not tried.
        Assert.True(kills >= 8, $"Only {kills} kills struck.");
    }

    /// <summary>Numbers in service, a user, and handsets in a room.</summary>
    static async Task FurnishAsync(Api api, string site)
    {
        await SampleSite.SeedAsync(api, site, numbers: 20, site);
        await SampleSite.RulesAsync(api, site, rules => rules["autoActivateAfterAuto"] = true);
        await Eventually.EndedAsync(
            api, (await SampleSite.AssignAsync(api, site, site, Quantity, "before")).Accepted());
        (await api.PostAsync("olivia", $"sites/{site}/places/imports", new
        {
            spaces = new[] { new { id = "room", kind = "Desk", floor = "2", label = "Room", leasedTo = site } },
            switches = new[] { new { id = "core", name = "Core" } },
            ports = Enumerable.Range(0, Quantity)
                .Select(n => new { id = $"port-{n}", @switch = "core", name = $"p{n}", space = "room" }),
            handsets = Enumerable.Range(0, Quantity)
                .Select(n => new { mac = Mac(site, n), space = "room", port = $"port-{n}" }),
        }, "furniture")).Is(200);
        (await api.CreateAsync("olivia", $"accounts/{site}/users/{site}-ada", new
        {
            name = "Ada", email = "ada@acme.example", role = "OccupierUser",
        })).Is(201);
    }

    static async Task<JsonElement> AssignAsync(Api api, string site)
    {
        var answer = await api.PostAsync("olivia", $"sites/{site}/assignments", new
        {
            assignments = Enumerable.Range(0, Quantity).Select(n => new
            {
                number = SampleSite.Number(site, First + n), user = $"{site}-ada", handset = Mac(site, n),
            }),
        }, "assign");
        return await Eventually.EndedAsync(api, answer.Accepted());
    }

    /// <summary>Each number is assigned, rings on its own handset, and was told of once.</summary>
    async Task EachOnceAsync(Api api, string site, JsonElement operation)
    {
        Assert.True(operation.GetProperty("state").GetString() == "Succeeded", operation.GetRawText());
        Assert.Equal(Quantity, operation.GetProperty("numberCount").GetInt32());
        for (var n = 0; n < Quantity; n++)
        {
            var number = SampleSite.Number(site, First + n);
            var line = (await api.GetAsync("olivia", $"sites/{site}/numbers/{number}/assignment")).Is(200).Body;
            Assert.Equal($"{site}-ada", line.GetProperty("user").GetString());
            var handset = (await api.GetAsync("olivia", $"sites/{site}/handsets/{Mac(site, n)}")).Is(200).Body;
            Assert.Equal(number, handset.GetProperty("number").GetString());
            var history = (await api.GetAsync("olivia", $"sites/{site}/numbers/{number}/history")).Is(200).Body;
            Assert.Single(history.GetProperty("items").EnumerateArray(), entry =>
                entry.TryGetProperty("event", out var name) && name.GetString() == "number.assigned");
        }

        var rows = await new TableClient(azurite.ConnectionString, "sites")
            .QueryAsync<TableEntity>(
                row => row.PartitionKey == site, cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Quantity, rows.Count(row => row.RowKey.StartsWith("L|", StringComparison.Ordinal)));
        Assert.Equal(Quantity, rows.Count(row => row.RowKey.StartsWith("U|", StringComparison.Ordinal)));
        Assert.Equal(
            Quantity, rows.Single(row => row.RowKey == "P|space|room").GetInt32("UsedByNumbers"));
    }

    /// <summary>Unique everywhere, as sites are.</summary>
    static string Mac(string site, int n) => $"02{SampleSite.Number(site, First + n)[3..13]}";
}
