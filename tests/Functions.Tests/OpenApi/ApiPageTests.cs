using System.Text.RegularExpressions;
using Telephony.Functions.Tests.Access;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>The local host's page shows our description, and takes nothing from another host.</summary>
public sealed partial class ApiPageTests(TwoOperators world) : IClassFixture<TwoOperators>
{
    [Fact]
    public async Task The_page_names_our_description_and_works_without_a_network()
    {
        var (page, script) = (await GetAsync("docs/index.html"), await GetAsync("docs/index.js"));

        Assert.Contains("/api/v1/openapi.json", page + script, StringComparison.Ordinal);
        var taken = Taken().Matches(page).Select(match => match.Groups["from"].Value).ToList();
        Assert.NotEmpty(taken);
        Assert.All(taken, from =>
        {
            Assert.DoesNotContain("//", from, StringComparison.Ordinal);
            Assert.NotEmpty(GetAsync($"docs/{from}").Result);
        });
    }

    async Task<string> GetAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = world.App.BaseAddress };
        return await http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("(?:src|href)=\"(?<from>[^\"]+)\"")]
    private static partial Regex Taken();
}
