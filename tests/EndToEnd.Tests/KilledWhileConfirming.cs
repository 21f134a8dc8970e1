using System.Text.Json;
using Telephony.Testing;

namespace Telephony.EndToEnd.Tests;

/// <summary>
/// Direct numbers that wait for the platform and are called off, with the process killed (SIGKILL) at every write to
/// storage: the restarted app and repeats of the requests end as if nothing had happened, and no number is left
/// waiting.
/// </summary>
public sealed class KilledWhileConfirming(AzuriteFixture azurite)
{
    const int Quantity = 3;

    [Theory]
    [InlineData(Plug.BeforeWrite)]
    [InlineData(Plug.AfterWrite)]
    public async Task It_ends_once_wherever_the_process_is_killed(Plug plug)
    {
        var kills = await new EveryWrite(azurite, "direct", plug)
        {
            Arrange = ReservedAsync,
            Job = CalledOffAsync,
            Ended = NothingElseAsync,
        }.KillAsync();

        // Accept, schedule, begin, its step, its event, the cancel, settle, its step, its event, close, the end.
        Assert.True(kills >= 9, $"Only {kills} kills struck.");
    }

    static async Task ReservedAsync(Api api, string site)
    {
        await SampleSite.SeedAsync(api, site, numbers: 20, site);
        await SampleSite.RulesAsync(api, site, rules => rules["directActivation"] = "PlatformConfirms");
        (await api.PostAsync(
            "olivia", $"sites/{site}/allocations", new { account = site, range = All(site) }, "mine")).Is(201);
        await api.EndedAsync(
            (await SampleSite.AssignAsync(api, site, site, Quantity, "service")).Accepted());
    }

    static async Task<JsonElement> CalledOffAsync(Api api, string site)
    {
        var id = (await api.PostAsync(
            "olivia", $"sites/{site}/activations", new { range = All(site) }, "activate")).Accepted();
        await api.WaitsAsync(id);
        await api.PostAsync("olivia", $"operations/{id}/cancel", new { }, "cancel");
        return await api.EndedAsync(id);
    }

    static object All(string site) =>
        new { from = SampleSite.Number(site, 0), to = SampleSite.Number(site, Quantity - 1) };

    /// <summary>The account's numbers are as they were, and each change was told once.</summary>
    static async Task NothingElseAsync(Api api, string site, JsonElement operation)
    {
        Assert.Equal("Cancelled", operation.GetProperty("state").GetString());
        for (var offset = 0; offset < Quantity; offset++)
        {
            var history = (await api.GetAsync(
                "olivia", $"sites/{site}/numbers/{SampleSite.Number(site, offset)}/history")).Is(200);
            Assert.Equal(
                ["Reserved", "Activating", "Reserved", "Available"],
                history.Body.GetProperty("items").EnumerateArray()
                    .Select(change => change.GetProperty("state").GetString()));
        }
    }
}
