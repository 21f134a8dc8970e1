using System.Collections.Immutable;
using Microsoft.IdentityModel.JsonWebTokens;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Http;

namespace Telephony.Functions.Access;

/// <summary>The claims of a token that was found valid, made into a caller. Nothing else reads claims.</summary>
static class CallerClaims
{
    const string Ask = "Ask whoever issues your tokens.";

    public static Checked<Caller> Read(JsonWebToken token, IReadOnlyList<string> userIdClaims)
    {
        var user = userIdClaims.Select(name => Values(token, name).FirstOrDefault())
            .FirstOrDefault(value => value is not null);
        if (!Id<User>.TryParse(user, out var id))
            return Bad(string.Join(" or ", userIdClaims), "a user's id");

        var roles = Values(token, "roles").Where(name => Enum.GetNames<Role>().Contains(name, StringComparer.Ordinal))
            .ToArray();
        if (roles is not [var known])
            return Bad("roles", "exactly one of this app's roles");

        var role = Enum.Parse<Role>(known);
        if (role is Role.Platform)
            return Caller.OfPlatform(id);

        if (!Id<Operator>.TryParse(Values(token, "operator").FirstOrDefault(), out var owner))
            return Bad("operator", "an operator's id");

        if (role is Role.OccupierAdmin or Role.OccupierUser)
        {
            // Where an occupier is, the directory knows; until it is asked, nowhere.
            return Id<Account>.TryParse(Values(token, "account").FirstOrDefault(), out var account)
                ? new Caller(id, role, owner, account, [])
                : Bad("account", "an account's id");
        }

        return Sites(token, out var sites)
            ? new Caller(id, role, owner, null, sites ?? (role is Role.OperatorAdmin ? null : []))
            : Bad("sites", "only site ids");
    }

    /// <summary>Null when the token says nothing about sites.</summary>
    static bool Sites(JsonWebToken token, out ImmutableSortedSet<Id<Site>>? sites)
    {
        var names = Values(token, "sites").ToArray();
        var parsed = names.Select(name => (Valid: Id<Site>.TryParse(name, out var id), Id: id)).ToArray();
        // An empty list leaves no claim behind, but it means no site, where nothing said would mean all.
        sites = names.Length == 0 && !token.TryGetPayloadValue<object>("sites", out _)
            ? null
            : [.. parsed.Where(site => site.Valid).Select(site => site.Id)];
        return parsed.All(site => site.Valid);
    }

    static IEnumerable<string> Values(JsonWebToken token, string name) =>
        token.Claims.Where(claim => claim.Type == name).Select(claim => claim.Value);

    static Problem Bad(string claim, string expected) =>
        Problems.Forbidden($"The token's claim {claim} does not hold {expected}.", Ask);
}
