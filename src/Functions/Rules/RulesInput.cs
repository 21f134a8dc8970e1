using System.Collections.Immutable;
using System.Globalization;
using Telephony.Domain;
using Telephony.Domain.Rules;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;

namespace Telephony.Functions.Rules;

/// <summary>Reads a site's rules from a body: all that is wrong with them or contradicts itself, at once.</summary>
static class RulesInput
{
    public const int ServicesMax = 50;

    /// <summary>So that all of them fit one property of a row, however they are escaped.</summary>
    const int ServiceNameMax = 80;

    /// <param name="body">As it was sent.</param>
    /// <param name="country">The region of national forms of numbers.</param>
    /// <param name="now">When.</param>
    public static Checked<(SiteRules Rules, DateTimeOffset From)> Of(
        SiteRulesFunctions.Body body, string country, DateTimeOffset now)
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
        Limits(rules, errors);
        rules = rules with { CooldownTreatment = Treatment(rules.CooldownTreatment, country, errors) };
        var from = From(body.EffectiveFrom, now, errors);
        errors.Add(Contradiction.Of(rules).Select(RulesProblems.Error));
        return errors.Problem is { } problem ? problem : (rules, from);
    }

    static void Limits(SiteRules rules, BodyErrors errors)
    {
        errors.Range("activationReminderHours", rules.ActivationReminderHours, 1, SiteRules.HoursMax);
        errors.Range("activationDeadlineDays", rules.ActivationDeadlineDays, 1, SiteRules.WaitDaysMax);
        errors.Range("earlyMessageDays", rules.EarlyMessageDays, 1, SiteRules.WaitDaysMax);
        errors.Range("holdMaxDays", rules.HoldMaxDays, 1, SiteRules.DaysMax);
        errors.Range("reservedIdleWarnDays", rules.ReservedIdleWarnDays, 1, SiteRules.DaysMax);
        errors.Range("cooldownDays", rules.CooldownDays, 1, SiteRules.DaysMax);
        errors.Range("cooldownDaysMain", rules.CooldownDaysMain, 1, SiteRules.DaysMax);
        errors.Range("lowWaterPercent", rules.LowWaterPercent, 0, 100);
        errors.Range("lowWaterCount", rules.LowWaterCount, 0, SiteRules.NumbersMax);
        errors.Range("criticalPercent", rules.CriticalPercent, 0, 100);
    }

    /// <summary>With its number in E.164.</summary>
    static CooldownTreatment Treatment(CooldownTreatment treatment, string country, BodyErrors errors)
    {
        if (treatment.ForwardTo is not { } text)
            return treatment;
        if (NumberInput.Read(text, country, "cooldownTreatment.forwardTo", out var number) is not { } wrong)
            return treatment with { ForwardTo = number.ToString() };

        errors.Add([wrong]);
        return treatment;
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
        AutoActivateAfterAuto = body.AutoActivateAfterAuto,
        OnNoNominatedMain = body.OnNoNominatedMain,
        Contiguity = body.Contiguity,
        NearExisting = body.NearExisting,
        PremiumPatterns = body.PremiumPatterns ?? new(),
        KeepForOperator = body.KeepForOperator,
        MaxPerAccount = body.MaxPerAccount,
        AllOrNothing = body.AllOrNothing,
        MainNomination = body.MainNomination,
        MainActivation = body.MainActivation,
        DirectActivation = body.DirectActivation,
        ActivationReminderHours = body.ActivationReminderHours,
        ActivationDeadlineDays = body.ActivationDeadlineDays,
        EarlyMessageDays = body.EarlyMessageDays,
        HoldMaxDays = body.HoldMaxDays,
        ReservedIdleWarnDays = body.ReservedIdleWarnDays,
        CooldownDays = body.CooldownDays,
        CooldownDaysMain = body.CooldownDaysMain,
        CooldownTreatment = body.CooldownTreatment ?? new(),
        LowWaterPercent = body.LowWaterPercent,
        LowWaterCount = body.LowWaterCount,
        CriticalPercent = body.CriticalPercent,
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
