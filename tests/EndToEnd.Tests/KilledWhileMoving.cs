using System.Text.Json;
using Telephony.Testing;

namespace Telephony.EndToEnd.Tests;

/// <summary>
/// An ordinary day: two numbers are set, a handset moves, two are swapped, somebody logs in at a shared one and out
/// again, with the process killed (SIGKILL) at every write to storage: the restarted app and repeats of the requests
/// end as if nothing had happened.
/// </summary>
public sealed class KilledWhileMoving(AzuriteFixture azurite)
{
    const int Handsets = 3;

    [Theory]
    [InlineData(Plug.BeforeWrite)]
    [InlineData(Plug.AfterWrite)]
    public async Task It_ends_once_wherever_the_process_is_killed(Plug plug)
    {
        var kills = await new EveryWrite(azurite, "day", plug)
        {
            Arrange = async (api, site) =>
            {
                await SampleDesks.FurnishAsync(api, site, Handsets);
                await api.EndedAsync(await SampleDesks.AssignAsync(api, site, count: 2));
            },
            Job = DayAsync,
            Ended = EachOnceAsync,
        }.KillAsync();

        // The bulk's four, and four transactions: fewer would mean that one was not tried.
        Assert.True(kills >= 8, $"Only {kills} kills struck.");
    }

    static async Task<JsonElement> DayAsync(Api api, string site)
    {
        var settings = (await api.PostAsync("olivia", $"sites/{site}/settings", new
        {
            numbers = new[] { SampleDesks.Number(site, 0), SampleDesks.Number(site, 1) },
            settings = new { hotDesk = new { allow = true, longestSessionHours = 12 } },
        }, "set")).Accepted();
        var ended = await api.EndedAsync(settings);
        await ActAsync(0, "move", new { space = "attic", port = "spare" });
        await ActAsync(0, "swap", new { with = SampleDesks.Mac(site, 1) });
        await ActAsync(Handsets - 1, "login", new { number = SampleDesks.Number(site, 0) });
        await ActAsync(Handsets - 1, "logout", new { });
        return ended;

        async Task ActAsync(int handset, string action, object body) => (await api.PostAsync(
            "olivia", $"sites/{site}/handsets/{SampleDesks.Mac(site, handset)}/{action}", body, action)).Is(201);
    }

    static async Task EachOnceAsync(Api api, string site, JsonElement operation)
    {
        Assert.Equal("Succeeded", operation.GetProperty("state").GetString());
        for (var n = 0; n < 2; n++)
        {
            var line = (await api.GetAsync(
                "olivia", $"sites/{site}/numbers/{SampleDesks.Number(site, n)}/assignment")).Is(200).Body;
            Assert.False(line.TryGetProperty("session", out _));
            Assert.Equal(
                n == 0 ? "1 Example Wharf, floor 2" : "1 Example Wharf, floor 5",
                line.GetProperty("emergency").GetProperty("location").GetString());
            var handset = (await api.GetAsync(
                "olivia", $"sites/{site}/handsets/{SampleDesks.Mac(site, 1 - n)}")).Is(200).Body;
            Assert.Equal(SampleDesks.Number(site, n), handset.GetProperty("number").GetString());
        }

        string[] told = ["number.assigned", "settings.changed", "number.moved"];
        Assert.Equal(
            [.. told, "number.moved", "session.started", "session.ended"],
            (await SampleDesks.EventsAsync(api, site, 0)).SkipWhile(name => name != told[0]));
        Assert.Equal(told, (await SampleDesks.EventsAsync(api, site, 1)).SkipWhile(name => name != told[0]));
    }
}
