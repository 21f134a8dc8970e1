namespace Telephony.EndToEnd.Tests;

/// <summary>
/// A site of its own for each test, made through the app's functions as the platform and the operator would.
/// </summary>
static class SampleSite
{
    /// <summary>
    /// Creates the operator, the site, its occupiers, its numbers, +442079460000 and on, and a nominated main number
    /// for each occupier, +442079469000 and on.
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
                new { range = new { from = "+442079460000", to = $"+44207946{numbers - 1:D4}" }, nominated = false },
                new
                {
                    range = new { from = "+442079469000", to = $"+44207946{9000 + occupiers.Count - 1:D4}" },
                    nominated = true,
                },
            },
        }, "seed")).Is(201);
    }

    public static Task<Answer> AssignAsync(Api api, string site, string account, int quantity, string key) =>
        api.CreateAsync(
        "olivia", $"sites/{site}/accounts/{account}/voice-services/phones", new { code = "voice", quantity }, key);
}
