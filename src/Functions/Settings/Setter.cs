using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Settings;

/// <summary>Who sees numbers of a site and sets them, and which ones.</summary>
/// <param name="User">The person.</param>
/// <param name="Role">In which role.</param>
/// <param name="OnlyAccount">The one account whose numbers it may see; null for all.</param>
/// <param name="OnlyUser">The one person whose numbers it may see; null for all.</param>
sealed record Setter(string User, Role Role, Id<Account>? OnlyAccount, Id<User>? OnlyUser)
{
    public static Setter Of(Admitted admitted) => new(
        admitted.Caller.Id.Value, admitted.Caller.Role, admitted.OnlyAccount, admitted.OnlyUser);

    /// <summary>Who asked for an operation; one that an occupier asked for is for its account.</summary>
    public static Setter Of(Operation operation)
    {
        var role = operation.Actor.Role ?? throw new InvalidOperationException($"Nobody asked for {operation.Id}.");
        return new(
            operation.Actor.User, role,
            operation.Actor.Role.IsOccupiers() ? operation.Account : null,
            role is Role.OccupierUser ? Id<User>.Parse(operation.Actor.User) : null);
    }

    /// <summary>Whether it sees the number.</summary>
    public async Task<bool> SeesAsync(
        SiteQueries queries, Id<Site> site, E164 id, Number number, CancellationToken ct) =>
        (OnlyAccount is not { } account || number.Account == account)
        && (OnlyUser is not { } user || await queries.HasNumberAsync(site, user, id, ct));

    /// <summary>
    /// Users of an operator set what occupiers have, and of the numbers of the operator itself those that they have.
    /// </summary>
    public async Task<bool> MaySetAsync(
        SiteQueries queries, Site site, E164 id, Number number, CancellationToken ct) =>
        Role is not Role.OperatorUser
        || number.Account?.Value != site.Operator.Value
        || await queries.HasNumberAsync(site.Id, Id<User>.Parse(User), id, ct);

    public static Problem NotTheirs() => Problems.Forbidden(
        "The number is a colleague's, or nobody's, of the operator itself.",
        "Ask an admin of the operator, or who has it.");
}
