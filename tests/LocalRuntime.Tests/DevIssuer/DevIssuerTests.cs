using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Telephony.LocalRuntime.Tests;

public sealed class DevIssuerTests : IDisposable
{
    readonly DataDirectory data = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    LocalHostOptions Options => (TestHost.Options() with { Directory = data.Path }).With("Auth:Authority", null);

    [Fact]
    public async Task A_token_is_valid_by_what_discovery_says_and_carries_the_personas_claims()
    {
        WritePersonas("""
            { "personas": [
              { "name": "olivia", "sub": "o-1", "roles": ["OperatorAdmin"],
                "operator": "harbour", "account": null, "sites": null },
              { "name": "ugo", "sub": "u-1", "roles": ["AccountUser", "Auditor"],
                "account": "a-1", "sites": ["s-1"], "about": "x" }
            ] }
            """);
        await using var host = await LocalHost.StartAsync(Options, Ct);
        using var http = new HttpClient { BaseAddress = host.BaseAddress };

        var olivia = await ValidateAsync(host, await http.GetStringAsync("dev/tokens/olivia", Ct));
        var ugo = await ValidateAsync(host, await http.GetStringAsync("dev/tokens/ugo", Ct));

        Assert.Equal("o-1 | OperatorAdmin | harbour |  | ", Claims(olivia));
        Assert.Equal("u-1 | AccountUser,Auditor |  | a-1 | s-1", Claims(ugo));
        Assert.Equal(TimeSpan.FromHours(8), olivia.ValidTo - olivia.IssuedAt);
        Assert.Contains("\"about\":\"x\"", await http.GetStringAsync("dev/personas", Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("dev/tokens/nobody", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_token_outlives_a_restart()
    {
        WritePersonas("""{ "personas": [{ "name": "olivia", "sub": "o-1", "roles": [] }] }""");
        string token;
        int port;
        await using (var first = await LocalHost.StartAsync(Options, Ct))
        {
            using var http = new HttpClient { BaseAddress = first.BaseAddress };
            token = await http.GetStringAsync("dev/tokens/olivia", Ct);
            port = first.BaseAddress.Port;
        }

        await using var second = await LocalHost.StartAsync(Options with { Port = port }, Ct);

        Assert.Equal("o-1", (await ValidateAsync(second, token)).Subject);
    }

    [Fact]
    public async Task The_key_is_its_owners_alone()
    {
        await using var host = await LocalHost.StartAsync(Options, Ct);

        var key = Path.Combine(data.Path, ".local", "dev-issuer.pem");
        Assert.True(File.Exists(key));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
    }

    [Fact]
    public async Task It_refuses_an_address_that_others_can_reach()
    {
        var message = await TestHost.RefusalAsync(Options.With("LocalRuntime:Address", "0.0.0.0"));

        Assert.Contains("does not start on 0.0.0.0", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(data.Path, ".local")));
    }

    [Fact]
    public async Task It_is_absent_when_another_authority_is_set()
    {
        await using var host = await LocalHost.StartAsync(Options.With("Auth:Authority", "https://login.example/"), Ct);
        using var http = new HttpClient { BaseAddress = host.BaseAddress };

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("dev/personas", Ct)).StatusCode);
        Assert.Equal("https://login.example/", Setting(host, "Auth:Authority"));
        Assert.Equal("telephony", Setting(host, "Auth:Audience"));
    }

    [Fact]
    public async Task No_file_means_no_personas()
    {
        await using var host = await LocalHost.StartAsync(Options, Ct);
        using var http = new HttpClient { BaseAddress = host.BaseAddress };

        Assert.Equal("[]", await http.GetStringAsync("dev/personas", Ct));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{ "personas": [{ "name": "olivia" }] }""")]
    [InlineData("""{ "personas": [{ "name": "olivia", "sub": "o", "roles": [], "site": "s" }] }""")]
    [InlineData("""{ "personas": [{ "name": "a", "sub": "", "roles":[] }, { "name": "A", "sub": "", "roles":[] }] }""")]
    public async Task A_broken_file_of_personas_is_named_at_start(string json)
    {
        WritePersonas(json);

        var message = await TestHost.RefusalAsync(Options);

        Assert.StartsWith("personas.json is not a list of personas", message, StringComparison.Ordinal);
    }

    void WritePersonas(string json)
    {
        Directory.CreateDirectory(Path.Combine(data.Path, "samples"));
        File.WriteAllText(Path.Combine(data.Path, "samples", "personas.json"), json);
    }

    static string? Setting(LocalHost host, string name) => host.Services.GetRequiredService<IConfiguration>()[name];

    /// <summary>As the app's middleware does it: from the authority alone.</summary>
    static async Task<JsonWebToken> ValidateAsync(LocalHost host, string token)
    {
        var authority = Setting(host, "Auth:Authority")!;
        Assert.Equal(new Uri(host.BaseAddress, "/dev").ToString(), authority);
        var discovery = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{authority}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever { RequireHttps = false });
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new()
        {
            ConfigurationManager = discovery,
            ValidIssuer = authority,
            ValidAudience = Setting(host, "Auth:Audience"),
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        return (JsonWebToken)result.SecurityToken;
    }

    static string Claims(JsonWebToken token) => string.Join(
        " | ",
        ((string[])["sub", "roles", "operator", "account", "sites"]).Select(type =>
            string.Join(',', token.Claims.Where(claim => claim.Type == type).Select(claim => claim.Value))));

    public void Dispose() => data.Dispose();
}
