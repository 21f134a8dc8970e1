using System.Collections.Immutable;
using System.Globalization;
using Telephony.Domain;
using Telephony.Domain.Rules;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;

namespace Telephony.Functions.Rules;

/// <summary>Reads a site's rules from a body: all that is wrong with them or contradicts itself, at once.</summary>
static class RulesInput
{
    public const int ServicesMax = 50;

    /// <summary>So that all of them fit one property of a row, however they are escaped.</summary>
    const int ServiceNameMax = 80;

    public static Checked<(SiteRules Rules, DateTimeOffset From)> Of(SiteRulesFunctions.Body body, DateTimeOffset now)
    {
        for (var i = 0; i < body.Services.Count; i++)
        {
            if (body.Services[i] is null)
                return Problems.BadJson(Place(i), "It is null.", "Leave it out.");
        }

        var errors = new BodyErrors();
        var rules = Read(body, Services(body.Services, errors));
        errors.Range("keepForOperator", rules.KeepForOperator, 0, SiteRules.NumbersMax);
        if (rules.MaxPerAccount is { } max)
            errors.Range("maxPerAccount", max, 1, SiteRules.NumbersMax);
        var from = From(body.EffectiveFrom, now, errors);
        errors.Add(Contradiction.Of(rules).Select(RulesProblems.Error));
        return errors.Problem is { } problem ? problem : (rules, from);
    }

    static ImmutableArray<ServiceRule> Services(IReadOnlyList<ServiceRule> services, BodyErrors errors)
    {
        errors.Range("services", services.Count, 1, ServicesMax);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        return [.. services.Select((service, i) => Checked(service, Place(i), codes, errors))];
    }

    static ServiceRule Checked(ServiceRule service, string field, HashSet<string> codes, BodyErrors errors)
    {
        if (!Id<ServiceRule>.TryParse(service.Code, out _))
            errors.Add(Problems.BadId($"{field}.code", service.Code).Errors);
        else if (!codes.Add(service.Code))
            errors.Add($"{field}.code", "named-twice", $"'{service.Code}' stands twice.", "Name it once.");
        errors.Range($"{field}.numbersPerUnit", service.NumbersPerUnit, 0, ServiceRule.NumbersPerUnitMax);
        errors.Range($"{field}.extra", service.Extra, 0, ServiceRule.ExtraMax);
        return service with { Name = errors.Line($"{field}.name", service.Name, ServiceNameMax) };
    }

    static SiteRules Read(SiteRulesFunctions.Body body, ImmutableArray<ServiceRule> services) => new()
    {
        ManagedByPlatform = body.ManagedByPlatform,
        OnBehalfAllowed = body.OnBehalfAllowed,
        Services = services,
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

    static DateTimeOffset From(DateTimeOffset? asked, DateTimeOffset now, BodyErrors errors)
    {
        if (asked is not { } from || (from <= now && now - from <= RuleBook.BehindMax))
            return now;

        if (from < now)
        {
            errors.Add("effectiveFrom", "in-the-past", $"It is over: now it is {RulesProblems.Text(now)}.",
                "Send a time to come, or leave it out to begin now. What was decided by then stays as it was.");
        }
        else if (from - now > RuleBook.AheadMax)
        {
            errors.Add("effectiveFrom", "too-far-ahead",
                $"Rules are written at most {RuleBook.AheadMax.TotalDays:0} days ahead.", "Send an earlier time.");
        }

        return from.ToUniversalTime();
    }

    static string Place(int i) => string.Create(CultureInfo.InvariantCulture, $"services[{i}]");
}
