using System.Collections.Immutable;

namespace Telephony.Domain.Directory;

public enum AccountKind
{
    /// <summary>The operator itself: one for each operator, with the operator's id, present at all its sites.</summary>
    Operator,

    /// <summary>A tenant, attached to the sites where it works.</summary>
    Occupier,
}

/// <summary>Who holds numbers: an occupier, or the operator itself. Its id is unique within its operator.</summary>
/// <param name="Id">Unique within its operator.</param>
/// <param name="Operator">Whose it is.</param>
/// <param name="Kind">Whether it is an occupier or the operator itself.</param>
/// <param name="Name">As people call it.</param>
/// <param name="Sites">Where it works; empty for an operator, which is at all its sites.</param>
public sealed record Account(
    Id<Account> Id, Id<Operator> Operator, AccountKind Kind, string Name, ImmutableSortedSet<Id<Site>> Sites)
{
    /// <summary>
    /// The one account of the operator itself. It carries the operator's id, so there cannot be a second one.
    /// </summary>
    public static Account OfOperator(Operator owner) =>
        new(Id<Account>.Parse(owner.Id.Value), owner.Id, AccountKind.Operator, owner.Name, []);

    /// <summary>Whether the account may hold numbers at a site of its operator.</summary>
    public bool IsAt(Site site) =>
        site.Operator == Operator && (Kind == AccountKind.Operator || Sites.Contains(site.Id));
}
