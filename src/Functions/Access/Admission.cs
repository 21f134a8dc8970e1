using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Telephony.Domain.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Access;

/// <summary>
/// The one place where an HTTP request is let in. It refuses by writing the problem itself and not calling on; a
/// function finds what was decided in <see cref="Admitted"/>. Other triggers pass: nobody calls them from outside.
/// </summary>
sealed class Admission(
    DemandList demands,
    BearerTokens tokens,
    Addressing addressing,
    DirectoryTable directory,
    SitePartition sites,
    ILogger<Admission> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext();
        var demand = demands.Find(context.FunctionDefinition.EntryPoint);
        if (http is null && demand is not null)
            throw new InvalidOperationException(
                $"{context.FunctionDefinition.Name} is an HTTP function and came without its request.");

        if (http is null || demand is { Permission: null })
        {
            await next(context);
            return;
        }

        var refusal = demand is { Permission: { } permission }
            ? await RefusalAsync(http, demand, permission, context)
            : Problems.Forbidden("No rule lets anybody use this function.", "Report it.");
        if (refusal is null)
            await next(context);
        else
            await refusal.ExecuteAsync(http);
    }

    async Task<Problem?> RefusalAsync(HttpContext http, Demand demand, Permission permission, FunctionContext context)
    {
        var (function, ct) = (context.FunctionDefinition.Name, context.CancellationToken);
        if ((await tokens.CallerOfAsync(http.Request, ct)).Refused(out var problem, out var caller))
            return Logged(problem, function, "a caller without a valid token");

        // Remembered rows may let a caller in. Before they hide something from it, they are read again.
        var refusal = await DecideAsync(http, demand, permission, caller, fresh: false, ct);
        if (refusal is { Status: StatusCodes.Status404NotFound })
            refusal = await DecideAsync(http, demand, permission, caller, fresh: true, ct);
        return refusal is null ? null : Logged(refusal, function, caller.Id.Value);
    }

    async Task<Problem?> DecideAsync(
        HttpContext http, Demand demand, Permission permission, Caller asking, bool fresh, CancellationToken ct)
    {
        var caller = await PlacedAsync(asking, fresh, ct);
        if ((await addressing.ResolveAsync(http.Request, demand, caller, fresh, ct))
            .Refused(out var problem, out var addressed))
        {
            return problem;
        }

        var target = addressed.Target;
        if (target.Site is { } site && AccessTable.NeedsRules(permission, caller.Role))
            target = target with { Rules = await sites.RulesAsync(site.Id, ct) };

        var decision = AccessTable.Decide(caller, permission, target);
        if (decision is not AccessDecision.Allowed allowed)
            return Answer(decision, addressed.IsNew, caller.Role);

        http.Features.Set(new Admitted(caller, target, allowed));
        return null;
    }

    /// <summary>An occupier sees the sites that its account is attached to, whatever its token says.</summary>
    async Task<Caller> PlacedAsync(Caller caller, bool fresh, CancellationToken ct) =>
        caller is { IsOccupier: true, Operator: { } owner, Account: { } id }
            && await directory.AccountAsync(owner, id, ct, fresh) is { } account
                ? caller with { Sites = account.Sites }
                : caller;

    // Were it forbidden to create what is not there, a 403 would tell it from what is there and hidden.
    static Problem Answer(AccessDecision decision, bool isNew, Role role) => decision switch
    {
        AccessDecision.Forbidden when isNew => Problems.NotFound(),
        AccessDecision.Forbidden { Why: Denial.NotOnBehalf } => Problems.Forbidden(
            "This site does not let the platform act for its operator.",
            "Ask the operator to do it; or, where that is agreed, set onBehalfAllowed in the site's rules."),
        AccessDecision.Forbidden { Why: Denial.Policy, Policy: { } policy } => Problems.Forbidden(
            $"At this site the role {role} may not do this.",
                $"The site's rule {policy} would allow it; or ask somebody with another role."),
        AccessDecision.Forbidden =>
            Problems.Forbidden($"The role {role} may not do this.", "Ask somebody with another role."),
        _ => Problems.NotFound(),
    };

    Problem Logged(Problem problem, string function, string caller)
    {
        Log.Refused(logger, function, problem.Status, problem.Code, caller);
        return problem;
    }
}
