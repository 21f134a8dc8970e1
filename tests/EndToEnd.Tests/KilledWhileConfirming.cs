using Telephony.Testing;

namespace Telephony.EndToEnd.Tests;

/// <summary>
/// Direct numbers that wait for the platform and are called off, with the process killed (SIGKILL) at every write to
/// storage: the restarted app and repeats of the requests end as if nothing had happened, and no number is left
/// waiting.
/// </summary>
public sealed class KilledWhileConfirming(AzuriteFixture azurite)
{
    const int WritesMax = 40;
    const int Quantity = 3;

    [Theory]
    [InlineData(Plug.BeforeWrite)]
    [InlineData(Plug.AfterWrite)]
    public async Task It_ends_once_wherever_the_process_is_killed(Plug plug)
    {
        using var directory = new TemporaryDirectory();
        await using var proxy = await StorageProxy.StartAsync(azurite.ConnectionString);
        var kills = 0;
        for (var write = 1; write <= WritesMax; write++)
        {
            var site = $"f2-direct-{(plug == Plug.BeforeWrite ? 'b' : 'a')}-{write}";
            if (!await EndsOnceAsync(proxy, directory.Path, site, write, plug))
                break;
            kills++;
        }

        // Accept, schedule, begin, its step, its event, the cancel, settle, its step, its event, close, the end.
        Assert.InRange(kills, 9, WritesMax - 1);
    }

    /// <returns>Whether the kill struck; false when the job had fewer writes.</returns>
    static async Task<bool> EndsOnceAsync(StorageProxy proxy, string directory, string site, int write, Plug plug)
    {
        var killed = false;
        await using (var app = await StartAsync(proxy, directory))
        {
            using var api = new Api(app.BaseAddress);
            await SampleSite.SeedAsync(api, site, numbers: 20, site);
            await SampleSite.RulesAsync(api, site, rules => rules["directActivation"] = "PlatformConfirms");
            (await api.PostAsync(
                "olivia", $"sites/{site}/allocations", new { account = site, range = All(site) }, "mine")).Is(201);
            var assigned = (await SampleSite.AssignAsync(api, site, site, Quantity, "service")).Is(202);
            await Eventually.EndedAsync(api, assigned.Body.GetProperty("id").GetString()!);
            proxy.Arm(write, plug, () =>
            {
                killed = true;
                app.Kill();
            });
            try
            {
                await CalledOffAsync(api, site);
            }
            catch (HttpRequestException) when (killed)
            {
                // Nobody answered: the caller cannot know what was done, and repeats.
            }

            proxy.Disarm();
        }

        await using var again = await StartAsync(proxy, directory);
        using var after = new Api(again.BaseAddress);
        Assert.Equal("Cancelled", await CalledOffAsync(after, site));
        await NothingElseAsync(after, site);
        return killed;
    }

    /// <returns>How it ended.</returns>
    static async Task<string?> CalledOffAsync(Api api, string site)
    {
        var accepted = (await api.PostAsync(
            "olivia", $"sites/{site}/activations", new { range = All(site) }, "activate")).Is(202);
        var id = accepted.Body.GetProperty("id").GetString()!;
        await Eventually.WaitsAsync(api, id);
        await api.PostAsync("olivia", $"operations/{id}/cancel", new { }, "cancel");
        return (await Eventually.EndedAsync(api, id)).GetProperty("state").GetString();
    }

    static object All(string site) =>
        new { from = SampleSite.Number(site, 0), to = SampleSite.Number(site, Quantity - 1) };

    /// <summary>The account's numbers are as they were, and each change was told once.</summary>
    static async Task NothingElseAsync(Api api, string site)
    {
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

    static Task<AppProcess> StartAsync(StorageProxy proxy, string directory) => AppProcess.StartAsync(
        proxy.ConnectionString, directory,
        ("LocalRuntime__Durable__Lease", "00:00:01"), ("LocalRuntime__Durable__Poll", "00:00:00.2"));
}
