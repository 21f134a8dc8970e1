using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Rules;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Rules;

/// <summary>
/// A site's rules: anyone of its operator reads them; the platform changes them, and the operator's admins where the
/// site lets them.
/// </summary>
public sealed class SiteRulesFunctions(RulesTable rules, SiteQueries sites, TimeProvider clock)
{
    /// <remarks>What its members mean stands at those of the answer.</remarks>
    internal sealed record Body(
        bool ManagedByPlatform,
        bool OnBehalfAllowed,
        [Length(1, RulesInput.ServicesMax)] IReadOnlyList<ServiceRule> Services,
        Policies Policies,
        bool AutoAllocate = true,
        bool AutoActivateAfterAuto = true,
        MissingMain OnNoNominatedMain = MissingMain.AllocateDirect,
        Contiguity Contiguity = Contiguity.Preferred,
        bool NearExisting = true,
        PremiumPatterns? PremiumPatterns = null,
        [Range(0, SiteRules.NumbersMax)] int KeepForOperator = 0,
        [Range(1, SiteRules.NumbersMax)] int? MaxPerAccount = null,
        bool AllOrNothing = true,
        MainNomination MainNomination = MainNomination.PlatformOnly,
        MainActivation MainActivation = MainActivation.PlatformQueue,
        DirectActivation DirectActivation = DirectActivation.Immediate,
        [Range(1, SiteRules.HoursMax)] int ActivationReminderHours = 24,
        [Range(1, SiteRules.WaitDaysMax)] int ActivationDeadlineDays = 14,
        [Range(1, SiteRules.WaitDaysMax)] int EarlyMessageDays = 7,
        [Range(1, SiteRules.DaysMax)] int HoldMaxDays = 180,
        [Range(1, SiteRules.DaysMax)] int ReservedIdleWarnDays = 90,
        [Range(1, SiteRules.DaysMax)] int CooldownDays = 90,
        [Range(1, SiteRules.DaysMax)] int CooldownDaysMain = 180,
        CooldownTreatment? CooldownTreatment = null,
        [Range(0, 100)] int LowWaterPercent = 10,
        [Range(0, SiteRules.NumbersMax)] int LowWaterCount = 5,
        [Range(0, 100)] int CriticalPercent = 3,
        DateTimeOffset? EffectiveFrom = null);

    /// <summary>As they are in force, with the times of the versions that are to come.</summary>
    [Function("GetRules"), Demands(Permission.ReadRules)]
    [Summary("Read a site's rules")]
    [Answers(200, typeof(RulesView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/rules")] HttpRequest request,
        CancellationToken ct) => Answer(request, await rules.FindAsync(Admitted.Of(request).Site!.Id, ct));

    /// <summary>
    /// Writes a new version, the whole of it. It takes the place of every version that would begin later.
    /// </summary>
    [Function("PutRules"), Demands(Permission.EditRules)]
    [Summary("Change a site's rules")]
    [Takes(typeof(Body))]
    [Answers(200, typeof(RulesView)), Answers(201, typeof(RulesView))]
    [Refuses("site-not-managed", "service-in-use", "too-many-scheduled")]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/sites/{site}/rules")] HttpRequest request,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (Precondition.Of(request).Refused(out var problem, out var precondition)
            || (await Json.ReadAsync<Body>(request, ct)).Refused(out problem, out var body)
            || RulesInput.Of(body, Admitted.Of(request).Site!.Country, now).Refused(out problem, out var wanted))
        {
            return problem;
        }

        var admitted = Admitted.Of(request);
        var site = admitted.Site!.Id;
        var stored = await rules.FindAsync(site, ct);
        var command = new ChangeRules(
            wanted.Rules, wanted.From, admitted.MayAlso(Permission.EditPlatformRules), now);
        var dropsNothing = RulesDecider.ServicesDropped(stored.Book, command).IsEmpty;
        var decision = RulesDecider.Decide(
            stored.Book, dropsNothing ? [] : await sites.HoldingsAsync(site, ct).ToListAsync(ct), command);
        if (decision is RulesDecision.Unchanged)
            return Answer(request, stored);
        if (!precondition.HoldsFor(stored.ETag))
            return Problems.PreconditionFailed("rules");
        if (decision is not RulesDecision.Accepted accepted)
            return RulesProblems.Problem(((RulesDecision.Refused)decision).Refusals);

        var writer = new Actor(admitted.Caller.Id.Value, admitted.Caller.Role, admitted.OnBehalfOf);
        return await rules.TryPutAsync(site, stored, accepted, writer, now, ct) is { } written
            ? Answer(request, written, stored.ETag is null ? StatusCodes.Status201Created : StatusCodes.Status200OK)
            : Problems.PreconditionFailed("rules");
    }

    IResult Answer(HttpRequest request, StoredRules stored, int status = StatusCodes.Status200OK)
    {
        if (stored.ETag is { } etag)
            EntityTag.Write(request.HttpContext.Response, etag);
        return Json.Answer(RulesView.Of(stored.Book, clock.GetUtcNow()), status);
    }
}
