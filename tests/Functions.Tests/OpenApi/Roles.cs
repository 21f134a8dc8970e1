using System.Collections.Immutable;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Rules;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>Asks the access table what each role may do with its own things.</summary>
static class Roles
{
    static readonly Operator Owner = new(Id<Operator>.Parse("o"), "O");

    static readonly Site Site = new(Id<Site>.Parse("s"), Owner.Id, "S", "GB", "Europe/London", "1 High Street");

    static readonly Account Account = new(Id<Account>.Parse("a"), Owner.Id, AccountKind.Occupier, "A", [Site.Id]);

    /// <summary>The role with what limits it; null when it may not.</summary>
    public static string? GrantOf(Permission permission, Role role)
    {
        var allowed = new SiteRules { OnBehalfAllowed = true, Policies = AllOn() };
        var strict = new SiteRules { OnBehalfAllowed = false };
        var sites = ImmutableSortedSet.Create(Site.Id);
        var caller = role switch
        {
            Role.Platform => Caller.OfPlatform(Id<User>.Parse("u")),
            Role.OccupierAdmin or Role.OccupierUser => new(Id<User>.Parse("u"), role, Owner.Id, Account.Id, sites),
            _ => new(Id<User>.Parse("u"), role, Owner.Id, null, sites),
        };
        return (May(allowed), May(strict)) switch
        {
            ({ OnlyUser: { } }, _) => $"{role} (what is its own)",
            ({ OnlyAccount: { } }, _) => $"{role} (its own account)",
            ({ }, { }) => $"{role}",
            ({ OnBehalfOf: { } }, null) => $"{role} (where the site lets it act for the operator)",
            ({ }, null) => $"{role} (where the site's policy says so)",
            _ => null,
        };

        AccessDecision.Allowed? May(SiteRules rules) => AccessTable.Decide(caller, permission, new()
        {
            Operator = Owner.Id, Site = Site, Account = Account, Rules = rules,
        }) as AccessDecision.Allowed;
    }

    static Policies AllOn()
    {
        var made = typeof(Policies).GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;
        return (Policies)made.Invoke([.. made.GetParameters().Select(policy => (object)true)]);
    }
}
