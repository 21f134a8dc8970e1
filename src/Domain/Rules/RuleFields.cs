using System.Collections.Immutable;

namespace Telephony.Domain.Rules;

/// <summary>The fields of a site's rules by the names that people know them by, and whose they are.</summary>
public static class RuleFields
{
    public const string ManagedByPlatform = "managedByPlatform";

    static readonly ImmutableArray<Field> All =
    [
        new(ManagedByPlatform, true, rules => rules.ManagedByPlatform),
        new("onBehalfAllowed", true, rules => rules.OnBehalfAllowed),
        new("autoAllocate", false, rules => rules.AutoAllocate),
        new("autoActivateAfterAuto", false, rules => rules.AutoActivateAfterAuto),
        new("onNoNominatedMain", false, rules => rules.OnNoNominatedMain),
        new("contiguity", false, rules => rules.Contiguity),
        new("nearExisting", false, rules => rules.NearExisting),
        new("premiumPatterns.repeats", false, rules => rules.PremiumPatterns.Repeats),
        new("premiumPatterns.steps", false, rules => rules.PremiumPatterns.Steps),
        new("premiumPatterns.mirrors", false, rules => rules.PremiumPatterns.Mirrors),
        new("keepForOperator", false, rules => rules.KeepForOperator),
        new("maxPerAccount", false, rules => rules.MaxPerAccount),
        new("allOrNothing", false, rules => rules.AllOrNothing),
        new("mainNomination", true, rules => rules.MainNomination),
        new("mainActivation", true, rules => rules.MainActivation),
        new("directActivation", true, rules => rules.DirectActivation),
        new("activationReminderHours", false, rules => rules.ActivationReminderHours),
        new("activationDeadlineDays", false, rules => rules.ActivationDeadlineDays),
        new("earlyMessageDays", false, rules => rules.EarlyMessageDays),
        new("holdMaxDays", false, rules => rules.HoldMaxDays),
        new("reservedIdleWarnDays", false, rules => rules.ReservedIdleWarnDays),
        new("cooldownDays", false, rules => rules.CooldownDays),
        new("cooldownDaysMain", false, rules => rules.CooldownDaysMain),
        new("cooldownTreatment.kind", false, rules => rules.CooldownTreatment.Kind),
        new("cooldownTreatment.forwardTo", false, rules => rules.CooldownTreatment.ForwardTo),
        new("lowWaterPercent", false, rules => rules.LowWaterPercent),
        new("lowWaterCount", false, rules => rules.LowWaterCount),
        new("criticalPercent", false, rules => rules.CriticalPercent),
        new("policies.operatorAdminEditsRules", true, rules => rules.Policies.OperatorAdminEditsRules),
        new("policies.operatorUserAllocates", true, rules => rules.Policies.OperatorUserAllocates),
        new("policies.operatorUserAssignsServices", true, rules => rules.Policies.OperatorUserAssignsServices),
        new("policies.operatorUserRequestsSpecial", true, rules => rules.Policies.OperatorUserRequestsSpecial),
        new("policies.operatorUserConfiguresMain", true, rules => rules.Policies.OperatorUserConfiguresMain),
        new("policies.operatorUserEditsNetwork", true, rules => rules.Policies.OperatorUserEditsNetwork),
        new("policies.occupierAdminAssigns", true, rules => rules.Policies.OccupierAdminAssigns),
        new("policies.occupierAdminEditsSettings", true, rules => rules.Policies.OccupierAdminEditsSettings),
        new("policies.occupierUserEditsOwnSettings", true, rules => rules.Policies.OccupierUserEditsOwnSettings),
        new("policies.occupierEditsCallerId", true, rules => rules.Policies.OccupierEditsCallerId),
        new("policies.operatorUserActivates", true, rules => rules.Policies.OperatorUserActivates),
    ];

    /// <summary>What the second says otherwise than the first; a service by its code. Versions do not count.</summary>
    public static ImmutableArray<string> Changed(SiteRules before, SiteRules after) =>
    [
        .. All.Where(field => !Equals(field.Value(before), field.Value(after))).Select(field => field.Name),
        .. ChangedServices(before, after),
    ];

    /// <summary>What only the platform may change, of what the second says otherwise than the first.</summary>
    public static IEnumerable<string> ChangedOfPlatform(SiteRules before, SiteRules after) => All
        .Where(field => field.IsPlatforms && !Equals(field.Value(before), field.Value(after)))
        .Select(field => field.Name);

    static List<string> ChangedServices(SiteRules before, SiteRules after)
    {
        var changed = before.Services.Concat(after.Services)
            .Select(service => service.Code)
            .Distinct()
            .Where(code => before.Service(code) != after.Service(code))
            .Select(code => $"services.{code}")
            .ToList();
        var moved = changed.Count == 0 && !before.Services.SequenceEqual(after.Services);
        return moved ? ["services"] : changed;
    }

    sealed record Field(string Name, bool IsPlatforms, Func<SiteRules, object?> Value);
}
