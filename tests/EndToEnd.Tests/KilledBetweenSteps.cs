using System.Text.Json;
using Azure.Data.Tables;
using Telephony.Testing;

namespace Telephony.EndToEnd.Tests;

/// <summary>
/// The main job, with the process killed (SIGKILL) at every write to storage, before it and after it: the restarted app
/// and a repeat of the request end as if nothing had happened.
/// </summary>
public sealed class KilledBetweenSteps(AzuriteFixture azurite)
{
    const int Quantity = 7;

    [Theory]
    [InlineData(Plug.BeforeWrite)]
    [InlineData(Plug.AfterWrite)]
    public async Task A_voice_service_ends_once_wherever_the_process_is_killed(Plug plug)
    {
        var kills = await new EveryWrite(azurite, "take", plug)
        {
            Arrange = (api, site) => SampleSite.SeedAsync(api, site, numbers: 20, site),
            Job = async (api, site) => await api.EndedAsync(
                (await SampleSite.AssignAsync(api, site, site, Quantity, "the-job")).Accepted()),
            Ended = NothingElseAsync,
        }.KillAsync();

        // Accept, schedule, take, the step, close, the end: fewer would mean that a step was not tried.
        Assert.True(kills >= 6, $"Only {kills} kills struck.");
    }

    /// <summary>
    /// The account has the operation's numbers and no others, in service but for a main number among them, each changed
    /// once; the pool has the rest.
    /// </summary>
    async Task NothingElseAsync(Api api, string site, JsonElement operation)
    {
        Assert.Equal("Succeeded", operation.GetProperty("state").GetString());
        Assert.Equal(Quantity + 1, operation.GetProperty("numberCount").GetInt32());
        // What it called for was written down with the numbers, so it is not lost, and waits for the platform.
        await api.WaitsAsync(operation.GetProperty("linked").GetString()!);
        var taken = operation
            .GetProperty("numbers").EnumerateArray().Select(n => n.GetProperty("number").GetString()).ToList();
        var all = (await api.GetAsync("olivia", $"sites/{site}/numbers"))
            .Is(200).Body.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(21, all.Count);
        var main = SampleSite.Number(site, SampleSite.Mains);
        Assert.Equal(
            taken, all.Where(n => n.GetProperty("state").GetString() is "Active" or "Activating").Select(Number));
        Assert.All(
            all.Where(n => taken.Contains(Number(n))),
            n => Assert.Equal(Number(n) == main ? 3 : 4, n.GetProperty("version").GetInt32()));

        var rows = await new TableClient(azurite.ConnectionString, "sites")
            .QueryAsync<TableEntity>(
                row => row.PartitionKey == site, cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        var holding = rows.Single(row => row.RowKey == $"A|{site}");
        Assert.Equal(
            (Quantity, Quantity, SampleSite.Number(site, SampleSite.Mains)),
            (holding.GetInt32("DirectNumbers"), holding.GetInt32("InService"), holding.GetString("Main")));
        // The import, the service, and the activation that it called for.
        Assert.Equal(3, rows.Count(row => row.RowKey.StartsWith("O|", StringComparison.Ordinal)));

        // Whether its event has moved or not, and whether the process died between: each change is told once.
        foreach (var number in taken)
        {
            var history = (await api.GetAsync("olivia", $"sites/{site}/numbers/{number}/history")).Is(200);
            Assert.Equal(
                number == main
                    ? ["Activating", "Reserved", "Available"]
                    : ["Active", "Activating", "Reserved", "Available"],
                history.Body.GetProperty("items").EnumerateArray().Select(
                    change => change.GetProperty("state").GetString()));
        }

        static string? Number(JsonElement number) => number.GetProperty("number").GetString();
    }
}
