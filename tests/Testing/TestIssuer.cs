using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Telephony.Testing;

/// <summary>
/// An issuer that a test rules: it publishes its keys as a real one does, and signs whatever it is asked to.
/// </summary>
public sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "telephony";

    readonly WebApplication app;
    readonly List<RsaSecurityKey> published = [];
    int discoveries;

    TestIssuer(WebApplication app) => this.app = app;

    public string Authority => app.Urls.Single();

    /// <summary>The key that tokens are signed with.</summary>
    public RsaSecurityKey Key { get; private set; } = NewKey();

    /// <summary>How often the keys were asked for.</summary>
    public int Discoveries => Volatile.Read(ref discoveries);

    /// <summary>Answers nothing useful while set.</summary>
    public bool IsDown { get; set; }

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new TestIssuer(builder.Build());
        issuer.published.Add(issuer.Key);
        issuer.app.MapGet("/.well-known/openid-configuration", () => issuer.IsDown
            ? Results.StatusCode(StatusCodes.Status502BadGateway)
            : Results.Json(new { issuer = issuer.Authority, jwks_uri = $"{issuer.Authority}/keys" }));
        issuer.app.MapGet("/keys", () => issuer.Keys());
        await issuer.app.StartAsync();
        return issuer;
    }

    public static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("n") };

    /// <summary>Signs with a new key from now on, and publishes it beside the old ones.</summary>
    public void RollKey() => published.Add(Key = NewKey());

    /// <summary>A valid token, but for what <paramref name="change"/> does to it.</summary>
    public string Token(
        DateTimeOffset now, IDictionary<string, object> claims, Action<SecurityTokenDescriptor>? change = null)
    {
        var token = new SecurityTokenDescriptor
        {
            Issuer = Authority,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = now.AddHours(1).UtcDateTime,
            Claims = claims,
            SigningCredentials = new(Key, SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    IResult Keys()
    {
        Interlocked.Increment(ref discoveries);
        return Results.Json(new { keys = published.Select(Public).ToArray() }, JsonSerializerOptions.Web);
    }

    static object Public(RsaSecurityKey key)
    {
        var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            kid = key.KeyId,
            n = Base64UrlEncoder.Encode(parameters.Modulus),
            e = Base64UrlEncoder.Encode(parameters.Exponent),
        };
    }
}
