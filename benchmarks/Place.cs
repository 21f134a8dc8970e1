using System.Globalization;

namespace Telephony.Benchmarks;

/// <summary>An operator, its sites with an account each, and their numbers, made through the app's functions.</summary>
static class Place
{
    /// <summary>01632 is an area code for fiction: no number of it belongs to anybody.</summary>
    const long FirstNumber = 441632900000;

    public static string Site(int index) => string.Create(CultureInfo.InvariantCulture, $"site-{index}");

    public static string Account(int index) => string.Create(CultureInfo.InvariantCulture, $"account-{index}");

    public static string Number(long index) => string.Create(CultureInfo.InvariantCulture, $"+{FirstNumber + index}");

    public static Task OperatorAsync(Caller platform, CancellationToken ct) =>
        platform.PutAsync("operators/harbour", new { name = "Harbour" }, ct);

    public static async Task SiteAsync(Caller platform, Caller admin, int index, int numbers, CancellationToken ct)
    {
        var (site, first) = (Site(index), (long)index * numbers);
        await platform.PutAsync(
            $"sites/{site}",
            new
            {
                @operator = "harbour",
                name = "A site",
                country = "GB",
                timeZone = "Europe/London",
                address = "1 Example Wharf",
            },
            ct);
        await admin.PutAsync($"accounts/{Account(index)}", new { name = "An occupier", sites = new[] { site } }, ct);
        await platform.PostAsync(
            $"sites/{site}/imports",
            new
            {
                lines = new[]
                {
                    Line(first, first + numbers - 2, nominated: false),
                    // For the account's first service.
                    Line(first + numbers - 1, first + numbers - 1, nominated: true),
                },
            },
            $"import-{site}", ct);

        static object Line(long from, long to, bool nominated) =>
            new { range = new { from = Number(from), to = Number(to) }, nominated };
    }
}
