using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Rules;

/// <summary>A site's rules: anyone of its operator reads them, the platform changes them.</summary>
public sealed class SiteRulesFunctions(RulesTable rules)
{
    const int ServicesMax = 50;

    /// <summary>So that all of them fit one property of the row, however they are escaped.</summary>
    const int ServiceNameMax = 80;

    /// <remarks>As SiteRules says.</remarks>
    internal sealed record Body(
        bool ManagedByPlatform,
        bool OnBehalfAllowed,
        [Length(1, ServicesMax)] IReadOnlyList<ServiceRule> Services,
        Policies Policies,
        bool AutoAllocate = true,
        MissingMain OnNoNominatedMain = MissingMain.AllocateDirect,
        Contiguity Contiguity = Contiguity.Preferred,
        bool NearExisting = true,
        PremiumPatterns? PremiumPatterns = null,
        int KeepForOperator = 0,
        int? MaxPerAccount = null,
        bool AllOrNothing = true);

    [Function("GetRules"), Demands(Permission.ReadRules)]
    [Summary("Read a site's rules")]
    [Answers(200, typeof(SiteRules))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/rules")] HttpRequest request,
        CancellationToken ct) => Answer(request, await rules.FindAsync(Admitted.Of(request).Site!.Id, ct));

    [Function("PutRules"), Demands(Permission.EditRules)]
    [Summary("Change a site's rules")]
    [Takes(typeof(Body))]
    [Answers(200, typeof(SiteRules)), Answers(201, typeof(SiteRules))]
    [Refuses("site-not-managed")]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/sites/{site}/rules")] HttpRequest request,
        CancellationToken ct)
    {
        if (Precondition.Of(request).Refused(out var problem, out var precondition)
            || (await Json.ReadAsync<Body>(request, ct)).Refused(out problem, out var body)
            || Check(body).Refused(out problem, out var wanted))
        {
            return problem;
        }

        var site = Admitted.Of(request).Site!.Id;
        var stored = await rules.FindAsync(site, ct);
        if (stored.ETag is not null && stored.Rules.SameAs(wanted))
            return Answer(request, stored);
        if (!precondition.HoldsFor(stored.ETag))
            return Problems.PreconditionFailed("rules");
        if (!stored.Rules.ManagedByPlatform && !wanted.ManagedByPlatform)
            return Refusals.Problem([new Refusal.SiteNotManaged()]);

        return await rules.TryPutAsync(site, stored, wanted, ct) is { } written
            ? Answer(request, written, stored.ETag is null ? StatusCodes.Status201Created : StatusCodes.Status200OK)
            : Problems.PreconditionFailed("rules");
    }

    static IResult Answer(HttpRequest request, StoredRules stored, int status = StatusCodes.Status200OK)
    {
        if (stored.ETag is { } etag)
            EntityTag.Write(request.HttpContext.Response, etag);
        return Json.Answer(stored.Rules, status);
    }

    static Checked<SiteRules> Check(Body body)
    {
        var errors = new List<ProblemError>();
        if (body.Services.Count is 0 or > ServicesMax)
            errors.Add(OutOfRange("services", body.Services.Count, 1, ServicesMax));

        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < body.Services.Count; i++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"services[{i}]");
            if (body.Services[i] is not { } service)
                return Problems.BadJson(field, "It is null.", "Leave it out.");
            if (service.Name.Length is 0 or > ServiceNameMax || service.Name.Any(char.IsControl))
            {
                errors.Add(ProblemError.OfField(
                    $"{field}.name", "bad-text", "It is empty, too long, or not one line of text.",
                    $"Send 1 to {ServiceNameMax} characters on one line."));
            }

            if (!Id<ServiceRule>.TryParse(service.Code, out _))
                errors.AddRange(Problems.BadId($"{field}.code", service.Code).Errors);
            else if (!codes.Add(service.Code))
            {
                errors.Add(ProblemError.OfField(
                    $"{field}.code", "named-twice", $"'{service.Code}' stands twice.", "Name it once."));
            }

            if (service.NumbersPerUnit is < 0 or > ServiceRule.NumbersPerUnitMax)
            {
                errors.Add(OutOfRange(
                    $"{field}.numbersPerUnit", service.NumbersPerUnit, 0, ServiceRule.NumbersPerUnitMax));
            }

            if (service.Extra is < 0 or > ServiceRule.ExtraMax)
                errors.Add(OutOfRange($"{field}.extra", service.Extra, 0, ServiceRule.ExtraMax));
        }

        return errors.Count > 0 ? Problems.Invalid([.. errors]) : new SiteRules
        {
            ManagedByPlatform = body.ManagedByPlatform,
            OnBehalfAllowed = body.OnBehalfAllowed,
            Services = [.. body.Services],
            Policies = body.Policies,
            AutoAllocate = body.AutoAllocate,
            OnNoNominatedMain = body.OnNoNominatedMain,
            Contiguity = body.Contiguity,
            NearExisting = body.NearExisting,
            PremiumPatterns = body.PremiumPatterns ?? new(),
            KeepForOperator = body.KeepForOperator,
            MaxPerAccount = body.MaxPerAccount,
            AllOrNothing = body.AllOrNothing,
        };
    }

    static ProblemError OutOfRange(string field, int value, int min, int max) => ProblemError.OfField(
        field, "out-of-range", $"{value} is not {min} to {max}.", "Send a number in range.");
}
