using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests;

public sealed class SettingsTests(AzuriteFixture shared) : IDisposable
{
    readonly DataDirectory data = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    LocalHostOptions Options => TestHost.Options(typeof(SampleFunctions)) with
    {
        Directory = data.Path,
        Configure = builder => builder.Services.AddSingleton<Greeting>(),
    };

    [Fact]
    public async Task Local_settings_give_values_and_the_command_line_wins()
    {
        File.WriteAllText(Path.Combine(data.Path, "local.settings.json"), """
            { // as the Functions host allows
              "IsEncrypted": false,
              "Values": { "Lamp": "file", "Desk__Height": 70, "Chair": "file", },
            }
            """);

        await using var host = await LocalHost.StartAsync(Options with { Args = ["--Chair", "args"] }, Ct);

        var settings = host.Services.GetRequiredService<IConfiguration>();
        Assert.Equal("file 70 args", $"{settings["Lamp"]} {settings["Desk:Height"]} {settings["Chair"]}");
    }

    [Theory]
    [InlineData("AzureWebJobs.Greet.Disabled", "true", 404)]
    [InlineData("AzureWebJobs:Greet:Disabled", "true", 404)]
    [InlineData("AzureWebJobs.Greet.Disabled", "false", 200)]
    [InlineData("AzureWebJobs.Other.Disabled", "true", 200)]
    public async Task A_function_is_switched_off_by_a_setting_as_with_the_real_host(
        string setting, string value, int status)
    {
        var (host, http) = await TestHost.StartAsync(Options.With(setting, value));
        await using var running = host;
        using var client = http;

        using var answer = await http.GetAsync(new Uri("api/greet", UriKind.Relative), Ct);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("", "greet")]
    [InlineData("calls", "calls/greet")]
    public async Task The_route_prefix_is_host_jsons(string prefix, string path)
    {
        File.WriteAllText(
            Path.Combine(data.Path, "host.json"),
            $$"""{ "extensions": { "http": { "routePrefix": "{{prefix}}" } } }""");

        var (host, http) = await TestHost.StartAsync(Options);
        await using var running = host;
        using var client = http;

        Assert.Equal("hello nobody", await http.GetStringAsync(new Uri(path, UriKind.Relative), Ct));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("UseDevelopmentStorage=true")]
    public async Task Without_a_storage_account_Azurite_starts_and_keeps_the_tables_for_the_next_start(string? storage)
    {
        var options = Options.With("TelephonyStorage", storage).With("LocalRuntime:AzuritePort", "0");
        await using (var first = await LocalHost.StartAsync(options, Ct))
        {
            Assert.StartsWith("DefaultEndpointsProtocol=http;", Storage(first), StringComparison.Ordinal);
            await DataDirectory.WriteAsync(Storage(first), rows: 3, Ct);
        }

        await using var second = await LocalHost.StartAsync(options, Ct);

        Assert.Equal(3, await DataDirectory.CountAsync(Storage(second), Ct));
        Assert.Equal("unused", second.Services.GetRequiredService<IConfiguration>()["AzureWebJobsStorage"]);
    }

    [Fact]
    public async Task A_storage_account_that_is_named_is_used_as_it_is()
    {
        var options = Options.With("TelephonyStorage", shared.ConnectionString);

        await using var host = await LocalHost.StartAsync(options, Ct);

        Assert.Equal(shared.ConnectionString, Storage(host));
        Assert.False(Directory.Exists(Path.Combine(data.Path, ".local")));
    }

    [Fact]
    public async Task An_identity_based_connection_is_a_named_account()
    {
        var options = Options.With("TelephonyStorage", null)
            .With("TelephonyStorage:tableServiceUri", "https://a.example/")
            .With("LocalRuntime:AzuritePort", "0");

        await using var host = await LocalHost.StartAsync(options, Ct);

        Assert.False(Directory.Exists(Path.Combine(data.Path, ".local")));
    }

    static string Storage(LocalHost host) => host.Services.GetRequiredService<IConfiguration>()["TelephonyStorage"]!;

    public void Dispose() => data.Dispose();
}
