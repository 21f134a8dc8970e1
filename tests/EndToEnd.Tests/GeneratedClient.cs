using System.Diagnostics;
using System.Text.Json;
using Telephony.Testing;

namespace Telephony.EndToEnd.Tests;

/// <summary>
/// A client that a generator makes from the API's description, compiled and let loose on the running app: what is
/// described is what a portal can build on.
/// </summary>
public sealed class GeneratedClient(AzuriteFixture azurite)
{
    static readonly TimeSpan RunMax = TimeSpan.FromMinutes(2);

    static readonly string Directory = Path.Combine(Repository.Root, "tests", "EndToEnd.Tests", "Client");

    [Fact]
    public async Task A_client_made_from_the_description_does_what_a_portal_does()
    {
        await NpmAsync("generate");
        await NpmAsync("compile");
        using var directory = new TemporaryDirectory();
        await using var app = await AppProcess.StartAsync(azurite.ConnectionString, directory.Path);
        using var api = new Api(app.BaseAddress);
        await SampleSite.SeedAsync(api, "journey", numbers: 20, "traveller");
        using var http = new HttpClient { BaseAddress = app.BaseAddress };
        var (token, platform) = (await TokenAsync(http, "olivia"), await TokenAsync(http, "paula"));

        var saw = JsonSerializer.Deserialize<Saw>(
            await NpmAsync("journey", $"{app.BaseAddress}", token, platform, "journey", "traveller"),
            JsonSerializerOptions.Web)!;

        Assert.Equal(saw.First, saw.Repeat);
        Assert.Equal((3, "Succeeded"), (saw.Count, saw.State));
        // Three by hand, two that the service lacked, and two by count; its main number waits for the platform.
        Assert.Equal((7, 4), (saw.Numbers.Distinct().Count(), saw.Pages));
        Assert.Equal(("numbers-refused", "not-provisioned"), (saw.Code, saw.Error));
        Assert.Equal(2, saw.Shown.Length);
        Assert.Equal(saw.Shown, saw.Given);
        Assert.Equal("preview-stale", saw.Stale);
        Assert.Equal(["0", "1", "+442079460000"], saw.Rules.Select(rule => $"{rule}"));
    }

    static Task<string> TokenAsync(HttpClient http, string persona) => http.GetStringAsync(
        new Uri($"dev/tokens/{persona}", UriKind.Relative), TestContext.Current.CancellationToken);

    static async Task<string> NpmAsync(string script, params IEnumerable<string> arguments)
    {
        using var npm = Process.Start(new ProcessStartInfo("npm", ["run", "--silent", script, "--", .. arguments])
        {
            WorkingDirectory = Directory, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        using var limit = new CancellationTokenSource(RunMax);
        try
        {
            var (output, errors) = (npm.StandardOutput.ReadToEndAsync(limit.Token),
                npm.StandardError.ReadToEndAsync(limit.Token));
            await npm.WaitForExitAsync(limit.Token);
            Assert.True(npm.ExitCode == 0, $"npm run {script}: {await output}{await errors}");
            return await output;
        }
        finally
        {
            if (!npm.HasExited)
                npm.Kill(entireProcessTree: true);
        }
    }

    sealed record Saw(
        string First, string Repeat, int Count, string State, string[] Numbers, int Pages, string Code, string Error,
        string[] Shown, string[] Given, string Stale, object[] Rules);
}
