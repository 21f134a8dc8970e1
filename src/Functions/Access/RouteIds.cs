using Microsoft.AspNetCore.Http;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Functions.Http;

namespace Telephony.Functions.Access;

/// <summary>
/// The ids in a request's route. A name that the route has and the request lacks, or that is no id, is a problem.
/// </summary>
sealed class RouteIds
{
    readonly HttpRequest request;
    readonly Demand demand;

    public RouteIds(HttpRequest request, Demand demand)
    {
        (this.request, this.demand) = (request, demand);
        Operator = Read<Operator>("operator");
        Account = Read<Account>("account");
        User = Read<User>("user");
        Site = demand.RouteNames.Contains("operation") ? SiteOfOperation() : Read<Site>("site");
    }

    /// <summary>Set when an id cannot be read.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>The name of the thing that the address is about.</summary>
    public string? Last => demand.RouteNames is [.., var last] ? last : null;

    public Id<Operator>? Operator { get; }

    public Id<Site>? Site { get; }

    public Id<Account>? Account { get; }

    public Id<User>? User { get; }

    Id<T>? Read<T>(string name)
    {
        if (!demand.RouteNames.Contains(name))
            return null;

        if (Id<T>.TryParse(Text(name), out var id))
            return id;

        // Nothing has such an id; only who is about to create it must hear why it cannot.
        Problem ??= demand.MayBeNew && Last == name ? Problems.BadId(name, Text(name) ?? "") : Problems.NotFound();
        return null;
    }

    Id<Site>? SiteOfOperation()
    {
        if (OperationId.TryParse(Text("operation"), out var operation))
            return operation.Site;

        Problem ??= Problems.NotFound();
        return null;
    }

    string? Text(string name) => request.RouteValues.TryGetValue(name, out var value) ? value as string : null;
}
