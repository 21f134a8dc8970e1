using System.Collections.Immutable;
using System.Security.Claims;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Http;

namespace Telephony.Functions.Access;

/// <summary>The claims of a token that was found valid, made into a caller. Nothing else reads claims.</summary>
static class CallerClaims
{
    const string Ask = "Ask whoever issues your tokens.";

    public static Checked<Caller> Read(ClaimsIdentity claims, IReadOnlyList<string> userIdClaims)
    {
        var user = userIdClaims.Select(name => claims.FindFirst(name)?.Value).FirstOrDefault(value => value is not null);
        if (!Id<User>.TryParse(user, out var id))
            return Bad(string.Join(" or ", userIdClaims), "no user's id");

        var roles = Values(claims, "roles").Where(name => Enum.GetNames<Role>().Contains(name, StringComparer.Ordinal)).ToArray();
        if (roles is not [var known])
            return Bad("roles", "exactly one of this app's roles");

        var role = Enum.Parse<Role>(known);
        if (role is Role.Platform)
            return Caller.OfPlatform(id);

        if (!Id<Operator>.TryParse(claims.FindFirst("operator")?.Value, out var owner))
            return Bad("operator", "an operator's id");

        if (role is Role.OccupierAdmin or Role.OccupierUser)
        {
            // Where an occupier is, the directory knows; until it is asked, nowhere.
            return Id<Account>.TryParse(claims.FindFirst("account")?.Value, out var account)
                ? new Caller(id, role, owner, account, [])
                : Bad("account", "an account's id");
        }

        return Sites(claims, out var sites)
            ? new Caller(id, role, owner, null, sites ?? (role is Role.OperatorAdmin ? null : []))
            : Bad("sites", "only site ids");
    }

    /// <summary>Null when the token says nothing about sites.</summary>
    static bool Sites(ClaimsIdentity claims, out ImmutableSortedSet<Id<Site>>? sites)
    {
        var names = Values(claims, "sites").ToArray();
        var parsed = names.Select(name => (Valid: Id<Site>.TryParse(name, out var id), Id: id)).ToArray();
        sites = names.Length == 0 ? null : [.. parsed.Where(site => site.Valid).Select(site => site.Id)];
        return parsed.All(site => site.Valid);
    }

    static IEnumerable<string> Values(ClaimsIdentity claims, string name) =>
        claims.FindAll(name).Select(claim => claim.Value);

    static Problem Bad(string claim, string expected) =>
        Problems.Forbidden($"The token's claim {claim} does not hold {expected}.", Ask);
}
