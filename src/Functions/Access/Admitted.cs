using Microsoft.AspNetCore.Http;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;

namespace Telephony.Functions.Access;

/// <summary>A request that was let in: who asks, what it is about, and on whose behalf.</summary>
sealed class Admitted(Caller caller, Target target, AccessDecision.Allowed decision)
{
    public Caller Caller { get; } = caller;

    /// <summary>The site in the route; null also when it is about to be created.</summary>
    public Site? Site { get; } = target.Site;

    /// <summary>The account in the route; null also when it is about to be created.</summary>
    public Account? Account { get; } = target.Account;

    /// <summary>The operator that it is about.</summary>
    /// <exception cref="InvalidOperationException">
    /// It is about all operators, or about a site that does not exist yet.
    /// </exception>
    public Id<Operator> Operator => target.Operator
        ?? throw new InvalidOperationException("The request names no operator.");

    /// <summary>
    /// Whether a request about all sites is about this one: the caller sees it, and named no other operator.
    /// </summary>
    public bool IsAbout(Site site) =>
        Caller.Sees(site) && (target.Operator is not { } owner || site.Operator == owner);

    /// <summary>The operator that the platform acts for.</summary>
    public Id<Operator>? OnBehalfOf { get; } = decision.OnBehalfOf;

    /// <summary>
    /// The one account whose things may be shown; null when all that the caller sees. The function must keep to it.
    /// </summary>
    public Id<Account>? OnlyAccount { get; } = decision.OnlyAccount;

    /// <summary>
    /// The one person whose numbers, or whose operations, may be shown or changed; null when all of those that may be.
    /// The function must keep to it.
    /// </summary>
    public Id<User>? OnlyUser { get; } = decision.OnlyUser;

    /// <summary>Whether the caller may also do this, with the same thing.</summary>
    public bool MayAlso(Permission permission) =>
        AccessTable.Decide(Caller, permission, target) is AccessDecision.Allowed;

    public static Admitted Of(HttpRequest request) =>
        request.HttpContext.Features.Get<Admitted>()
        ?? throw new InvalidOperationException("The request did not pass Admission.");
}
