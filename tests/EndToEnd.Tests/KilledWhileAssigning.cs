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

    [Theory]
    [InlineData(Plug.BeforeWrite)]
    [InlineData(Plug.AfterWrite)]
    public async Task It_ends_once_wherever_the_process_is_killed(Plug plug)
    {
        var kills = await new EveryWrite(azurite, "assign", plug)
        {
            Arrange = (api, site) => SampleDesks.FurnishAsync(api, site, Quantity),
            Job = async (api, site) => await api.EndedAsync(
                await SampleDesks.AssignAsync(api, site, Quantity)),
            Ended = EachOnceAsync,
        }.KillAsync();

        // Accept, schedule, each part and its step, close, the end: fewer would mean that a step was not tried.
        Assert.True(kills >= 8, $"Only {kills} kills struck.");
    }

    /// <summary>Each number is assigned, rings on its own handset, and was told of once.</summary>
    async Task EachOnceAsync(Api api, string site, JsonElement operation)
    {
        Assert.True(operation.GetProperty("state").GetString() == "Succeeded", operation.GetRawText());
        Assert.Equal(Quantity, operation.GetProperty("numberCount").GetInt32());
        for (var n = 0; n < Quantity; n++)
        {
            var number = SampleDesks.Number(site, n);
            var line = (await api.GetAsync("olivia", $"sites/{site}/numbers/{number}/assignment")).Is(200).Body;
            Assert.Equal(SampleDesks.Ada(site), line.GetProperty("user").GetString());
            var handset = (await api.GetAsync(
                "olivia", $"sites/{site}/handsets/{SampleDesks.Mac(site, n)}")).Is(200).Body;
            Assert.Equal(number, handset.GetProperty("number").GetString());
            Assert.Single(await SampleDesks.EventsAsync(api, site, n), "number.assigned");
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
}
