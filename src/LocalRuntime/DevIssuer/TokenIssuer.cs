using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Telephony.LocalRuntime.DevIssuer;

/// <summary>
/// Signs a token for whoever asks, so it is only for a developer's own machine: OpenID Connect discovery and tokens
/// under /dev, when no other authority is set.
/// </summary>
sealed class TokenIssuer
{
    const string Prefix = "/dev";
    const string AudienceDefault = "telephony";
    static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    readonly string authority;
    readonly string audience;
    readonly string personasFile;
    readonly IReadOnlyDictionary<string, Persona> personas;
    readonly RsaSecurityKey key;

    TokenIssuer(string authority, string audience, string personasFile, RsaSecurityKey key)
    {
        this.authority = authority;
        this.audience = audience;
        this.personasFile = personasFile;
        this.key = key;
        personas = Personas.Read(personasFile);
    }

    /// <summary>The issuer, with Auth:Authority pointing to it; null when that setting names another one.</summary>
    /// <exception cref="InvalidOperationException">Other machines could reach it.</exception>
    public static TokenIssuer? For(ConfigurationManager configuration, string root, LoopbackListener listener)
    {
        var audience = configuration["Auth:Audience"] is { Length: > 0 } given ? given : AudienceDefault;
        configuration.AddInMemoryCollection([new("Auth:Audience", audience)]);
        if (configuration["Auth:Authority"] is { Length: > 0 })
            return null;

        if (!IPAddress.IsLoopback(listener.EndPoint.Address))
            throw new InvalidOperationException(
                "The development issuer gives tokens to everyone, so it does not start on "
                + $"{listener.EndPoint.Address}. Listen on 127.0.0.1, or set Auth:Authority to another issuer.");

        var authority = new Uri(listener.Address, Prefix).ToString();
        configuration.AddInMemoryCollection([new("Auth:Authority", authority)]);
        var personas = Path.Combine(root, configuration["LocalRuntime:Personas"] ?? "samples/personas.json");
        var key = SigningKey.ReadOrMake(Path.Combine(LocalData.Directory(root), "dev-issuer.pem"));
        return new TokenIssuer(authority, audience, personas, key);
    }

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var time = endpoints.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System;
        var dev = endpoints.MapGroup(Prefix);
        dev.MapGet("/.well-known/openid-configuration", () => TypedResults.Json(Discovery()));
        dev.MapGet("/keys", () => TypedResults.Json(Keys()));
        dev.MapGet("/personas", () => TypedResults.Json(personas.Values));
        dev.MapGet("/tokens/{name}", IResult (string name) => personas.TryGetValue(name, out var persona)
            ? TypedResults.Text(Token(persona, time.GetUtcNow()))
            : TypedResults.NotFound($"No persona '{name}'. There are: {string.Join(", ", personas.Keys)}."));
    }

    public void Announce(ILogger logger)
    {
        if (personas.Count > 0)
            Log.IssuerListening(logger, authority, string.Join(", ", personas.Keys));
        else
            Log.NoPersonas(logger, personasFile);
    }

    Dictionary<string, object> Discovery() => new()
    {
        ["issuer"] = authority,
        ["jwks_uri"] = $"{authority}/keys",
        ["authorization_endpoint"] = $"{authority}/personas",
        ["response_types_supported"] = new[] { "token" },
        ["subject_types_supported"] = new[] { "public" },
        ["id_token_signing_alg_values_supported"] = new[] { SecurityAlgorithms.RsaSha256 },
    };

    object Keys()
    {
        var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA",
                    use = "sig",
                    alg = SecurityAlgorithms.RsaSha256,
                    kid = key.KeyId,
                    n = Base64UrlEncoder.Encode(parameters.Modulus),
                    e = Base64UrlEncoder.Encode(parameters.Exponent),
                },
            },
        };
    }

    string Token(Persona persona, DateTimeOffset now)
    {
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = persona.Sub,
            ["roles"] = persona.Roles,
        };
        if (persona.Operator is not null)
            claims["operator"] = persona.Operator;
        if (persona.Account is not null)
            claims["account"] = persona.Account;
        if (persona.Sites is not null)
            claims["sites"] = persona.Sites;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = authority,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
        });
    }
}
