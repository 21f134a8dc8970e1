using System.Collections.Immutable;
using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Rules;

/// <summary>Two rules of a site that cannot both be meant: each may be right, together they are a mistake.</summary>
public abstract record Contradiction
{
    const int Endings = 10_000;

    Contradiction() { }

    /// <summary>Numbers must be consecutive, and part of them would do: part of a run is no run.</summary>
    public sealed record PartOfARun : Contradiction;

    /// <summary>Nobody could ever have one unit of the service.</summary>
    /// <param name="Index">Which of the services.</param>
    /// <param name="Needed">Direct numbers that one unit needs.</param>
    /// <param name="Max">Direct numbers that an account may have.</param>
    public sealed record ServiceOverMaximum(int Index, int Needed, int Max) : Contradiction;

    /// <summary>More is kept for the operator than its account may have.</summary>
    public sealed record KeptOverMaximum(int Kept, int Max) : Contradiction;

    /// <summary>A missing main number is to fail services, and no service needs one.</summary>
    public sealed record FailsWithoutMain : Contradiction;

    /// <summary>A missing main number is to fail services, and none is looked for.</summary>
    public sealed record FailsWithoutLooking : Contradiction;

    /// <summary>One unit of the service needs a longer run than there is between two premium numbers.</summary>
    /// <param name="Index">Which of the services.</param>
    /// <param name="Needed">Direct numbers that one unit needs.</param>
    /// <param name="Longest">Numbers in a row of which none is premium, at most.</param>
    public sealed record RunOverPremium(int Index, int Needed, int Longest) : Contradiction;

    /// <summary>The pool would be critical before it is low.</summary>
    public sealed record CriticalAboveLow(int Critical, int Low) : Contradiction;

    /// <summary>The platform would be reminded of an activation after that was given up.</summary>
    public sealed record ReminderAfterDeadline(int Hours, int Days) : Contradiction;

    /// <summary>Calls are to be forwarded and no number says where, or they are not and one does.</summary>
    public sealed record ForwardWithoutNumber(bool Forwards) : Contradiction;

    /// <summary>All that contradicts itself in these rules, whatever the site has.</summary>
    public static ImmutableArray<Contradiction> Of(SiteRules rules) =>
    [
        .. Maximums(rules),
        .. Runs(rules),
        .. rules is { Contiguity: Contiguity.Required, AllOrNothing: false }
            ? [new PartOfARun()] : Array.Empty<Contradiction>(),
        .. rules.OnNoNominatedMain is MissingMain.Fail && !rules.Services.Any(service => service.NeedsMain)
            ? [new FailsWithoutMain()] : Array.Empty<Contradiction>(),
        .. rules is { OnNoNominatedMain: MissingMain.Fail, AutoAllocate: false }
            ? [new FailsWithoutLooking()] : Array.Empty<Contradiction>(),
        .. rules.ActivationReminderHours >= rules.ActivationDeadlineDays * 24
            ? [new ReminderAfterDeadline(rules.ActivationReminderHours, rules.ActivationDeadlineDays)]
            : Array.Empty<Contradiction>(),
        .. rules.CriticalPercent > rules.LowWaterPercent
            ? [new CriticalAboveLow(rules.CriticalPercent, rules.LowWaterPercent)] : Array.Empty<Contradiction>(),
        .. ForwardsTo(rules.CooldownTreatment),
    ];

    static IEnumerable<Contradiction> ForwardsTo(CooldownTreatment treatment)
    {
        var forwards = treatment.Kind is CooldownTreatmentKind.Forward;
        if (forwards == treatment.ForwardTo is null)
            yield return new ForwardWithoutNumber(forwards);
    }

    static IEnumerable<Contradiction> Maximums(SiteRules rules)
    {
        if (rules.MaxPerAccount is not { } max)
            yield break;
        foreach (var (index, needed) in Units(rules).Where(unit => unit.Needed > max))
            yield return new ServiceOverMaximum(index, needed, max);
        if (rules.KeepForOperator > max)
            yield return new KeptOverMaximum(rules.KeepForOperator, max);
    }

    static IEnumerable<Contradiction> Runs(SiteRules rules)
    {
        if (rules.Contiguity is not Contiguity.Required)
            return [];
        var longest = LongestRun(rules.PremiumPatterns);
        return Units(rules).Where(unit => unit.Needed > longest)
            .Select(unit => new RunOverPremium(unit.Index, unit.Needed, longest));
    }

    static IEnumerable<(int Index, int Needed)> Units(SiteRules rules) =>
        rules.Services.Select((service, index) => (index, service.NumbersPerUnit + service.Extra));

    /// <summary>Numbers in a row of which none is premium; all endings come round again after 10,000 numbers.</summary>
    static int LongestRun(PremiumPatterns patterns)
    {
        var (longest, run) = (0, 0);
        for (var ending = 0; ending < 2 * Endings; ending++)
        {
            run = PremiumNumbers.In(new(ending / Block.Size), patterns).Contains(ending % Block.Size) ? 0 : run + 1;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
