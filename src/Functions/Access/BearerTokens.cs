using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Telephony.Domain.Access;
using Telephony.Functions.Http;

namespace Telephony.Functions.Access;

/// <summary>
/// Finds the caller of a request: a bearer token of the one issuer, meant for this app, signed and not expired.
/// </summary>
sealed class BearerTokens : IDisposable
{
    static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);
    static readonly TimeSpan DiscoveryMax = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How soon an unknown key may make us ask the issuer again, so that forged tokens cannot flood it.
    /// </summary>
    static readonly TimeSpan RefreshMin = TimeSpan.FromMinutes(1);

    readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    readonly AuthSettings settings;
    readonly TimeProvider clock;
    readonly ILogger<BearerTokens> logger;
    readonly HttpClient http;
    readonly ConfigurationManager<OpenIdConnectConfiguration> discovery;

    public BearerTokens(AuthSettings settings, TimeProvider clock, ILogger<BearerTokens> logger)
    {
        (this.settings, this.clock, this.logger) = (settings, clock, logger);
        http = new() { Timeout = DiscoveryMax, MaxResponseContentBufferSize = 1024 * 1024 };
        discovery = new(
            $"{settings.Authority.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(http) { RequireHttps = settings.Authority.Scheme is "https" })
        {
            RefreshInterval = RefreshMin,
        };
    }

    public async Task<Checked<Caller>> CallerOfAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.Headers.Authorization.Count == 0)
            return Problems.Unauthenticated(null, "The request has no token.");

        if (request.Headers.Authorization is not [{ } header]
            || !AuthenticationHeaderValue.TryParse(header, out var authorization)
            || !authorization.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            || authorization.Parameter is not { Length: > 0 } token)
        {
            return Problems.Unauthenticated("invalid_request", "The Authorization header is not one bearer token.");
        }

        if (await IssuerAsync(ct) is not { } issuer)
            return Problems.IdentityUnavailable();

        var result = await handler.ValidateTokenAsync(token, Parameters(issuer));
        return result.IsValid
            ? CallerClaims.Read((JsonWebToken)result.SecurityToken, settings.UserIdClaims)
            : Problems.Unauthenticated("invalid_token", Reason(result.Exception));
    }

    public void Dispose() => http.Dispose();

    async Task<string?> IssuerAsync(CancellationToken ct)
    {
        try
        {
            return (await discovery.GetConfigurationAsync(ct)).Issuer;
        }
        catch (InvalidOperationException e)
        {
            // The library's way to say that the issuer cannot be reached or does not answer as one.
            Log.IssuerFailed(logger, e, settings.Authority);
            return null;
        }
    }

    TokenValidationParameters Parameters(string issuer) => new()
    {
        ConfigurationManager = discovery,
        ValidIssuer = issuer,
        ValidAudience = settings.Audience,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        // Ours, because the library's own reads the wall clock.
        LifetimeValidator = (from, until, _, _) => IsLive(from, until, clock.GetUtcNow().UtcDateTime),
    };

    static bool IsLive(DateTime? from, DateTime? until, DateTime now) =>
        until is { } end && now < end + ClockSkew && (from is not { } start || start - ClockSkew <= now);

    /// <summary>In our words: the library's may quote the token.</summary>
    static string Reason(Exception? e) => e switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException =>
            "The token is expired or not valid yet.",
        SecurityTokenInvalidAudienceException => "The token is meant for another app.",
        SecurityTokenInvalidIssuerException => "The token is from another issuer.",
        _ => "The token is not one that this app's issuer signed.",
    };
}
