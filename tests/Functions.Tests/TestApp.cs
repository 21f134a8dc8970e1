using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Rules;
using Telephony.Functions.Storage;
using Telephony.LocalRuntime;
using Telephony.Testing;

namespace Telephony.Functions.Tests;

/// <summary>
/// The whole app over HTTP, its tables in memory, the clock standing still, tokens from an issuer of the test.
/// </summary>
sealed class TestApp : IAsyncDisposable
{
    readonly LocalHost host;
    readonly HttpClient http;

    TestApp(LocalHost host, TestIssuer issuer, FakeTimeProvider clock, MemoryTable directory)
    {
        (this.host, Issuer, Clock, Directory) = (host, issuer, clock, directory);
        http = new() { BaseAddress = new(host.BaseAddress, "api/v1/") };
    }

    public TestIssuer Issuer { get; }

    public FakeTimeProvider Clock { get; }

    public MemoryTable Directory { get; }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="azurite">For what is not the app's own tables.</param>
    /// <param name="wrap">What stands between the app and its directory.</param>
    /// <param name="rules">The rules of every site; null takes what is stored.</param>
    public static async Task<TestApp> StartAsync(
        AzuriteFixture azurite, Func<ITable, ITable>? wrap = null, SiteRules? rules = null)
    {
        var issuer = await TestIssuer.StartAsync();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var directory = new MemoryTable();
        var host = await LocalHost.StartAsync(
            new LocalHostOptions
            {
                Functions = typeof(TelephonyApp).Assembly,
                Port = 0,
                Directory = AppContext.BaseDirectory,
                Settings = Settings(azurite, issuer),
                Configure = builder =>
                {
                    builder.Services.AddSingleton<TimeProvider>(clock);
                    foreach (var name in TableNames.All)
                        builder.Services.AddKeyedSingleton<ITable>(name, new MemoryTable());
                    builder.Services.AddKeyedSingleton(TableNames.Directory, wrap?.Invoke(directory) ?? directory);
                    builder.AddTelephony();
                    if (rules is not null)
                    {
                        builder.Services.AddSingleton<Func<Id<Site>, CancellationToken, Task<SiteRules>>>(
                            (_, _) => Task.FromResult(rules));
                    }
                },
            },
            Ct);
        return new(host, issuer, clock, directory);
    }

    public string Token(
        Role role, string? owner = null, string? account = null, string[]? sites = null, string user = "ann")
    {
        var claims = new Dictionary<string, object> { ["sub"] = user, ["roles"] = new[] { role.ToString() } };
        if (owner is not null)
            claims["operator"] = owner;
        if (account is not null)
            claims["account"] = account;
        if (sites is not null)
            claims["sites"] = sites;
        return Issuer.Token(Clock.GetUtcNow(), claims);
    }

    public Task<Answer> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token);

    /// <param name="path">Below api/v1/.</param>
    /// <param name="token">Null sends none.</param>
    /// <param name="body">An object, or a text that is sent as it is.</param>
    /// <param name="match">The ETag to match; null creates; "" sends no precondition.</param>
    public Task<Answer> PutAsync(string path, string? token, object body, string? match = null) =>
        SendAsync(HttpMethod.Put, path, token, request =>
        {
            request.Content = new StringContent(
                body as string ?? JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(body))!.ToJsonString(),
                Encoding.UTF8,
                "application/json");
            if (match is null)
                request.Headers.TryAddWithoutValidation("If-None-Match", "*");
            else if (match.Length > 0)
                request.Headers.TryAddWithoutValidation("If-Match", match);
        });

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, string? token, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        change?.Invoke(request);
        using var response = await http.SendAsync(request, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        return new(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.ETag?.ToString(),
            response.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value)),
            text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : []);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    static Dictionary<string, string?> Settings(AzuriteFixture azurite, TestIssuer issuer) => new()
    {
        ["AzureWebJobsStorage"] = azurite.ConnectionString,
        ["TelephonyStorage"] = azurite.ConnectionString,
        ["Auth:Authority"] = issuer.Authority,
        ["Auth:Audience"] = TestIssuer.Audience,
        ["Logging:LogLevel:Default"] = "None",
    };
}

/// <summary>What the app answered.</summary>
sealed record Answer(
    int Status, string? ContentType, string? ETag, IReadOnlyDictionary<string, string> Headers, JsonObject Body)
{
    public string? Code => (string?)Body["code"];

    /// <summary>The fields that the problem's errors name.</summary>
    public IEnumerable<string?> Fields => Body["errors"]!.AsArray().Select(error => (string?)error!["field"]);

    /// <summary>It is a problem as all problems are: with a code, words, and something to find it by.</summary>
    public void IsProblem(int status, string code)
    {
        Assert.Equal((status, code), (Status, Code));
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(($"/problems/{code}", status), ((string?)Body["type"], (int?)Body["status"]));
        Assert.All(["title", "detail", "correlationId"], member => Assert.NotEmpty((string?)Body[member] ?? ""));
        Assert.Equal((string?)Body["correlationId"], Headers["X-Correlation-Id"]);
    }
}
