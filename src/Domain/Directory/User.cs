using System.Collections.Immutable;
using Telephony.Domain.Access;

namespace Telephony.Domain.Directory;

/// <summary>A person of an account. The name and address live here only; history and events carry the id.</summary>
/// <param name="Id">Unique within the operator.</param>
/// <param name="Account">The occupier, or the operator's own account for a team member.</param>
/// <param name="Name">As people call them.</param>
/// <param name="Email">Where to write to them.</param>
/// <param name="Role">What they may do; a role of the account's kind.</param>
/// <param name="Sites">For an operator's user: the sites they work at.</param>
public sealed record User(
    Id<User> Id, Id<Account> Account, string Name, string Email, Role Role, ImmutableSortedSet<Id<Site>> Sites);
