using Microsoft.Extensions.Configuration;

namespace Telephony.Functions.Access;

/// <summary>Whose tokens are believed.</summary>
/// <param name="Authority">The issuer's address, under which its discovery document is found.</param>
/// <param name="Audience">Whom a token must be meant for: this app.</param>
/// <param name="UserIdClaims">The claims that hold the user's id; the first that a token has counts.</param>
sealed record AuthSettings(Uri Authority, string Audience, IReadOnlyList<string> UserIdClaims)
{
    /// <exception cref="InvalidOperationException">A setting is missing or not safe.</exception>
    public static AuthSettings Read(IConfiguration configuration)
    {
        var authority = Required(configuration, "Auth:Authority");
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var uri) || !(uri.Scheme is "https" || IsLocal(uri)))
            throw new InvalidOperationException(
                $"Auth:Authority is '{authority}'. Give an https address; http is for loopback only.");

        var claim = configuration["Auth:UserIdClaim"];
        return new(uri, Required(configuration, "Auth:Audience"), string.IsNullOrEmpty(claim)
            ? ["oid", "sub"]
            : [claim]);
    }

    static bool IsLocal(Uri uri) => uri is { Scheme: "http", IsLoopback: true };

    static string Required(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"The setting {name} is missing: without it no caller can be known.");
}
