using System.Collections.Immutable;
using Telephony.Domain.Directory;

namespace Telephony.Domain.Access;

/// <summary>Who asks, as the token says it.</summary>
/// <param name="Id">The person; opaque.</param>
/// <param name="Role">What they may do, by <see cref="AccessTable"/>.</param>
/// <param name="Operator">Whose they are; null for the platform only.</param>
/// <param name="Account">An occupier's account; null for all others.</param>
/// <param name="Sites">The only sites they may see; null means all of their operator's.</param>
public sealed record Caller(
    Id<User> Id, Role Role, Id<Operator>? Operator, Id<Account>? Account, ImmutableSortedSet<Id<Site>>? Sites)
{
    public static Caller OfPlatform(Id<User> id) => new(id, Role.Platform, null, null, null);

    public bool IsOccupier => ((Role?)Role).IsOccupiers();

    public bool Sees(Id<Operator> owner) => Role is Role.Platform || Operator == owner;

    public bool Sees(Site site) => Role is Role.Platform
        || (Sees(site.Operator) && (Sites is null || Sites.Contains(site.Id)));

    /// <summary>An occupier sees itself; an operator's people see those at a site they see.</summary>
    public bool Sees(Account account) => Role switch
    {
        Role.Platform => true,
        _ when !Sees(account.Operator) => false,
        Role.OccupierAdmin or Role.OccupierUser => account.Id == Account,
        _ => Sites is null || account.Kind is AccountKind.Operator || account.Sites.Overlaps(Sites),
    };

    /// <summary>The plain user of an occupier sees no other person.</summary>
    public bool Sees(Id<User> user) => Role is not Role.OccupierUser || user == Id;
}
