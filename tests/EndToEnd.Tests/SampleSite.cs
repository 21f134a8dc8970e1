using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Telephony.EndToEnd.Tests;

/// <summary>
/// A site of its own for each test, made through the app's functions as the platform and the operator would.
/// </summary>
static class SampleSite
{
    /// <summary>The offset of the first nominated main number.</summary>
    public const int Mains = 9000;

    /// <summary>The one site whose numbers a client in another language knows.</summary>
    const string Journey = "journey";

    /// <summary>A number is at one site only, so each site has 10,000 of its own.</summary>
    static readonly ConcurrentDictionary<string, int> Places = new() { [Journey] = 7946 };

    static int places = 7_000;

    public static string Number(string site, int offset) =>
        $"+4420{Places.GetOrAdd(site, _ => Interlocked.Increment(ref places)):D4}{offset:D4}";

    /// <summary>
    /// Creates the operator, the site, its occupiers, its numbers, and a nominated main number for each occupier, from
    /// <see cref="Mains"/> on.
    /// </summary>
    public static async Task SeedAsync(Api api, string site, int numbers, params IEnumerable<string> accounts)
    {
        await api.CreateAsync("paula", "operators/harbour", new { name = "Harbour" });
        (await api.CreateAsync("paula", $"sites/{site}", new
        {
            @operator = "harbour", name = "A site", country = "GB", timeZone = "Europe/London",
            address = "1 Example Wharf",
        })).Is(201);
        var occupiers = accounts.ToList();
        foreach (var account in occupiers)
            (await api.CreateAsync(
                "olivia", $"accounts/{account}", new { name = "An occupier", sites = new[] { site } })).Is(201);
        (await api.PostAsync("paula", $"sites/{site}/imports", new
        {
            lines = new[]
            {
                new { range = new { from = Number(site, 0), to = Number(site, numbers - 1) }, nominated = false },
                new
                {
                    range = new { from = Number(site, Mains), to = Number(site, Mains + occupiers.Count - 1) },
                    nominated = true,
                },
            },
        }, "seed")).Is(201);
    }

    /// <summary>The site's rules, changed by the platform before anybody else did.</summary>
    public static async Task RulesAsync(Api api, string site, Action<JsonObject> change)
    {
        var rules = JsonNode.Parse((await api.GetAsync("paula", $"sites/{site}/rules")).Is(200).Body.GetRawText())!
            .AsObject();
        foreach (var answered in new[] { "version", "effectiveFrom", "scheduled" })
            rules.Remove(answered);
        change(rules);
        (await api.CreateAsync("paula", $"sites/{site}/rules", rules)).Is(201);
    }

    public static Task<Answer> AssignAsync(Api api, string site, string account, int quantity, string key) =>
        api.CreateAsync(
        "olivia", $"sites/{site}/accounts/{account}/voice-services/phones", new { code = "voice", quantity }, key);
}
