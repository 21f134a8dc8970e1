using Microsoft.AspNetCore.Http;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;

namespace Telephony.Functions.Access;

/// <summary>What a request's address names.</summary>
/// <param name="Target">The parts that are in the directory.</param>
/// <param name="IsNew">Whether the last part is not there yet.</param>
sealed record Addressed(Target Target, bool IsNew);

/// <summary>
/// Looks up what a request's address names. What is not there is answered as what may not be seen is; that comes first,
/// so nobody learns from the difference.
/// </summary>
sealed class Addressing(DirectoryTable directory)
{
    public async Task<Checked<Addressed>> ResolveAsync(
        HttpRequest request, Demand demand, Caller caller, bool fresh, CancellationToken ct)
    {
        var route = new RouteIds(request, demand);
        if (route.Problem is { } malformed)
            return malformed;

        var target = new Target();
        if (route.Site is { } siteId)
        {
            if (await directory.SiteAsync(siteId, ct) is not { } site)
                return demand.MayBeNew && route.Last == "site"
                    ? new Addressed(target, IsNew: true)
                    : Problems.NotFound();

            target = target with { Site = site, Operator = site.Operator };
        }
        else if (Owner(request, route, demand, caller).Refused(out var problem, out var owner))
        {
            return problem;
        }
        else if (owner is { } named)
        {
            target = target with { Operator = named };
            if (await directory.OperatorAsync(named, ct) is null)
                return demand.MayBeNew && route.Last == "operator"
                    ? new Addressed(target, IsNew: true)
                    : Problems.NotFound();
        }

        return await WithAccountAsync(target with { User = route.User }, route, demand, fresh, ct);
    }

    async Task<Checked<Addressed>> WithAccountAsync(
        Target target, RouteIds route, Demand demand, bool fresh, CancellationToken ct)
    {
        if (route.Account is not { } id)
            return new Addressed(target, IsNew: false);

        // An account's id means something within an operator only.
        if (target.Operator is not { } owner)
            return Problems.NotFound();

        return await directory.AccountAsync(owner, id, ct, fresh) is { } account
            ? new Addressed(target with { Account = account }, IsNew: false)
            : demand.MayBeNew && route.Last == "account" ? new Addressed(target, IsNew: true) : Problems.NotFound();
    }

    /// <summary>A caller's operator is that of its token; the platform names one.</summary>
    static Checked<Id<Operator>?> Owner(HttpRequest request, RouteIds route, Demand demand, Caller caller)
    {
        if (route.Operator is { } inRoute)
            return inRoute;

        var query = request.Query["operator"];
        if (query.Count == 0)
        {
            return caller.Operator ?? (demand.AllOperators
                ? default(Id<Operator>?)
                : (Checked<Id<Operator>?>)Problems.BadParameter(
                    "operator", "It is missing.", "Name the operator with ?operator=."));
        }

        return query is [{ } text] && Id<Operator>.TryParse(text, out var named)
            ? named
            : Problems.BadParameter("operator", "It is not one operator's id.", "Name one operator with ?operator=.");
    }
}
