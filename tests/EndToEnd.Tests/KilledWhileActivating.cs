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
    const int Former = SampleSite.Mains;
    const int Next = SampleSite.Mains + 1;

    [Theory]
    [InlineData(Plug.BeforeWrite)]
    [InlineData(Plug.AfterWrite)]
    public async Task It_ends_once_wherever_the_process_is_killed(Plug plug)
    {
        var etag = "";
        var kills = await new EveryWrite(azurite, "main", plug)
        {
            Arrange = async (api, site) => etag = await WithFormerAsync(api, site),
            Job = (api, site) => ReplaceAsync(api, site, etag),
            Ended = NothingElseAsync,
        }.KillAsync();

        // Accept, schedule, begin, its step, the word, its event, settle, its step, close, the end.
        Assert.True(kills >= 10, $"Only {kills} kills struck.");
    }

    /// <returns>The main number's ETag.</returns>
    static async Task<string> WithFormerAsync(Api api, string site)
    {
        await SampleSite.SeedAsync(api, site, numbers: 20, site, $"{site}-2");
        await SampleSite.RulesAsync(api, site, rules => rules["mainActivation"] = "OnRequest");
        var ended = await api.EndedAsync(
            (await SampleSite.AssignAsync(api, site, site, 1, "service")).Accepted());
        var linked = ended.GetProperty("linked").GetString()!;
        await api.WaitsAsync(linked);
        await SayAsync(api, site, Former);
        await api.EndedAsync(linked);
        return (await MainAsync(api, site)).Headers.ETag!.ToString();
    }

    static async Task<JsonElement> ReplaceAsync(Api api, string site, string etag)
    {
        var id = (await api.SendAsync(
            "olivia", HttpMethod.Put, $"sites/{site}/accounts/{site}/main-number",
            new { number = SampleSite.Number(site, Next) }, "replace", etag)).Accepted();
        await api.WaitsAsync(id);
        await SayAsync(api, site, Next);
        return await api.EndedAsync(id);
    }

    static async Task SayAsync(Api api, string site, int offset) => (await api.PostAsync(
        "paula", $"sites/{site}/numbers/{SampleSite.Number(site, offset)}/activation", new { }, $"word-{offset}"))
        .Is(201);

    static async Task<Answer> MainAsync(Api api, string site) =>
        (await api.GetAsync("olivia", $"sites/{site}/accounts/{site}/main-number")).Is(200);

    /// <summary>One main number, the former one direct and in service, and each change told once.</summary>
    static async Task NothingElseAsync(Api api, string site, JsonElement operation)
    {
        Assert.Equal("Succeeded", operation.GetProperty("state").GetString());
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
}
