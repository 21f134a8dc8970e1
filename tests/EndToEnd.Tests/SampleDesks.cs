namespace Telephony.EndToEnd.Tests;

/// <summary>A site whose occupier has numbers in service, a user, and handsets at the ports of a room.</summary>
static class SampleDesks
{
    /// <summary>0000 is a premium number, which no service takes by itself.</summary>
    const int First = 1;

    public static string Number(string site, int n) => SampleSite.Number(site, First + n);

    /// <summary>Unique everywhere, as sites are.</summary>
    public static string Mac(string site, int n) => $"02{Number(site, n)[3..13]}";

    public static string Ada(string site) => $"{site}-ada";

    /// <param name="api">The app.</param>
    /// <param name="site">The site and its occupier.</param>
    /// <param name="count">How many numbers and handsets; the last handset is a shared one.</param>
    public static async Task FurnishAsync(Api api, string site, int count)
    {
        await SampleSite.SeedAsync(api, site, numbers: 20, site);
        await SampleSite.RulesAsync(api, site, rules => rules["autoActivateAfterAuto"] = true);
        await api.EndedAsync(
            (await SampleSite.AssignAsync(api, site, site, count, "before")).Accepted());
        (await api.PostAsync("olivia", $"sites/{site}/places/imports", new
        {
            spaces = new[] { Desk("room", "2"), Desk("attic", "5") },
            switches = new[] { new { id = "core", name = "Core" } },
            ports = Enumerable.Range(0, count).Select(n => Port($"port-{n}", "room")).Append(Port("spare", "attic")),
            handsets = Enumerable.Range(0, count).Select(n => new
            {
                mac = Mac(site, n), space = "room", port = $"port-{n}", shared = n == count - 1,
            }),
        }, "furniture")).Is(200);
        (await api.CreateAsync("olivia", $"accounts/{site}/users/{Ada(site)}", new
        {
            name = "Ada", email = "ada@acme.example", role = "OccupierUser",
        })).Is(201);

        object Desk(string id, string floor) => new { id, kind = "Desk", floor, label = id, leasedTo = site };

        static object Port(string id, string space) => new { id, @switch = "core", name = id, space };
    }

    /// <summary>Assigns the first numbers to the first handsets, all for the user.</summary>
    public static async Task<string> AssignAsync(Api api, string site, int count)
    {
        var answer = await api.PostAsync("olivia", $"sites/{site}/assignments", new
        {
            assignments = Enumerable.Range(0, count).Select(n => new
            {
                number = Number(site, n), user = Ada(site), handset = Mac(site, n),
            }),
        }, "assign");
        return answer.Accepted();
    }

    /// <summary>What was told of a number, oldest first, without the words.</summary>
    public static async Task<IEnumerable<string?>> EventsAsync(Api api, string site, int n) =>
        (await api.GetAsync("olivia", $"sites/{site}/numbers/{Number(site, n)}/history")).Is(200).Body
            .GetProperty("items").EnumerateArray().Reverse()
            .Select(entry => entry.TryGetProperty("event", out var name) ? name.GetString() : null)
            .Where(name => name is not null);
}
