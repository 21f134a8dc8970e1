using System.Text.Json;
using Telephony.Testing;

namespace Telephony.EndToEnd.Tests;

/// <summary>
/// An account's main number replaced by another, from the wish to the platform's word, with the process killed
/// (SIGKILL) at every write to storage: the restarted app and repeats of the requests end as if nothing had happened,
/// and the account never has two main numbers or none.
/// </summary>
public sealed class KilledWhileActivating(AzuriteFixture azurite)
{
    const int WritesMax = 40;
    const int Former = SampleSite.Mains;
    const int Next = SampleSite.Mains + 1;

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
            var site = $"f2-main-{(plug == Plug.BeforeWrite ? 'b' : 'a')}-{write}";
            if (!await EndsOnceAsync(proxy, directory.Path, site, write, plug))
                break;
            kills++;
        }

        // Accept, schedule, begin, its step, the word, its event, settle, its step, close, the end.
        Assert.InRange(kills, 10, WritesMax - 1);
    }

    /// <returns>Whether the kill struck; false when the job had fewer writes.</returns>
    static async Task<bool> EndsOnceAsync(StorageProxy proxy, string directory, string site, int write, Plug plug)
    {
        var killed = false;
        string etag;
        await using (var app = await StartAsync(proxy, directory))
        {
            using var api = new Api(app.BaseAddress);
            await SampleSite.SeedAsync(api, site, numbers: 20, site, $"{site}-2");
            await SampleSite.RulesAsync(api, site, rules => rules["mainActivation"] = "OnRequest");
            var assigned = (await SampleSite.AssignAsync(api, site, site, 1, "service")).Is(202);
            var ended = await Eventually.EndedAsync(api, assigned.Body.GetProperty("id").GetString()!);
            var linked = ended.GetProperty("linked").GetString()!;
            await Eventually.WaitsAsync(api, linked);
            await SayAsync(api, site, Former);
            await Eventually.EndedAsync(api, linked);
            etag = (await MainAsync(api, site)).Headers.ETag!.ToString();

            proxy.Arm(write, plug, () =>
            {
                killed = true;
                app.Kill();
            });
            try
            {
                await ReplaceAsync(api, site, etag);
            }
            catch (HttpRequestException) when (killed)
            {
                // Nobody answered: the caller cannot know what was done, and repeats.
            }

            proxy.Disarm();
        }

        await using var again = await StartAsync(proxy, directory);
        using var after = new Api(again.BaseAddress);
        var operation = await ReplaceAsync(after, site, etag);
        Assert.Equal("Succeeded", operation.GetProperty("state").GetString());
        await NothingElseAsync(after, site);
        return killed;
    }

    static async Task<JsonElement> ReplaceAsync(Api api, string site, string etag)
    {
        var accepted = (await api.SendAsync(
            "olivia", HttpMethod.Put, $"sites/{site}/accounts/{site}/main-number",
            new { number = SampleSite.Number(site, Next) }, "replace", etag)).Is(202);
        var id = accepted.Body.GetProperty("id").GetString()!;
        await Eventually.WaitsAsync(api, id);
        await SayAsync(api, site, Next);
        return await Eventually.EndedAsync(api, id);
    }

    static async Task SayAsync(Api api, string site, int offset) => (await api.PostAsync(
        "paula", $"sites/{site}/numbers/{SampleSite.Number(site, offset)}/activation", new { }, $"word-{offset}"))
        .Is(201);

    static async Task<Answer> MainAsync(Api api, string site) =>
        (await api.GetAsync("olivia", $"sites/{site}/accounts/{site}/main-number")).Is(200);

    /// <summary>One main number, the former one direct and in service, and each change told once.</summary>
    static async Task NothingElseAsync(Api api, string site)
    {
        var main = (await MainAsync(api, site)).Body;
        Assert.Equal(
            (SampleSite.Number(site, Next), "Active", false), (
                main.GetProperty("number").GetString(), main.GetProperty("state").GetString(),
                main.TryGetProperty("next", out _)));

        var numbers = (await api.GetAsync("olivia", $"sites/{site}/accounts/{site}/numbers")).Is(200).Body
            .GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["Active Direct", "Active Direct", "Active Main"], numbers.Select(number =>
            $"{number.GetProperty("state").GetString()} {number.GetProperty("role").GetString()}").Order());
        Assert.Equal(
            ["Active", "Activating", "Reserved", "Available"], await HistoryAsync(api, site, Next));
        Assert.Equal(
            ["Active", "Active", "Activating", "Reserved", "Available"], await HistoryAsync(api, site, Former));
    }

    static async Task<IEnumerable<string?>> HistoryAsync(Api api, string site, int offset) =>
        (await api.GetAsync("olivia", $"sites/{site}/numbers/{SampleSite.Number(site, offset)}/history")).Is(200).Body
            .GetProperty("items").EnumerateArray().Select(change => change.GetProperty("state").GetString());

    static Task<AppProcess> StartAsync(StorageProxy proxy, string directory) => AppProcess.StartAsync(
        proxy.ConnectionString, directory,
        ("LocalRuntime__Durable__Lease", "00:00:01"), ("LocalRuntime__Durable__Poll", "00:00:00.2"));
}
