using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Rules;

/// <summary>What is in the way of a change of the rules, in words.</summary>
static class RulesProblems
{
    const int AccountsShownMax = 10;

    public static ProblemError Error(Contradiction contradiction) => contradiction switch
    {
        Contradiction.PartOfARun => Contradicts(
            "contiguity", "allOrNothing", "part-of-a-run",
            "contiguity Required wants one run of numbers or none, and allOrNothing false would give a part of it.",
            "Send allOrNothing true; or contiguity Preferred, which takes one run when there is one."),

        Contradiction.ServiceOverMaximum c => Contradicts(
            Text($"services[{c.Index}]"), "maxPerAccount", "service-over-maximum",
            Text($"One unit needs {c.Needed} numbers (numbersPerUnit + extra), and maxPerAccount is {c.Max}."),
            "Raise maxPerAccount, or lower what the service needs: nobody could have it."),

        Contradiction.KeptOverMaximum c => Contradicts(
            "keepForOperator", "maxPerAccount", "kept-over-maximum",
            Text($"{c.Kept} numbers would be kept for the operator, whose account may have {c.Max} (maxPerAccount)."),
            "Raise maxPerAccount, or lower keepForOperator: what is beyond it would be nobody's."),

        Contradiction.FailsWithoutMain => Contradicts(
            "onNoNominatedMain", "services", "fails-without-main",
            "onNoNominatedMain Fail is about services that need a main number, and none of the services does.",
            "Send needsMain true for the services that should fail, or onNoNominatedMain AllocateDirect."),

        Contradiction.FailsWithoutLooking => Contradicts(
            "onNoNominatedMain", "autoAllocate", "fails-without-looking",
            "With autoAllocate false no main number is looked for, so that onNoNominatedMain Fail never comes to pass.",
            "Send onNoNominatedMain AllocateDirect, or autoAllocate true."),

        Contradiction.RunOverPremium c => Contradicts(
            Text($"services[{c.Index}]"), "premiumPatterns", "run-over-premium",
            Text($"One unit needs {c.Needed} consecutive numbers (contiguity is Required), and premiumPatterns leaves ")
                + Text($"at most {c.Longest} in a row."),
            "Send contiguity Preferred, fewer premiumPatterns, or lower what the service needs."),

        Contradiction.CriticalAboveLow c => Contradicts(
            "criticalPercent", "lowWaterPercent", "critical-above-low",
            Text($"The pool would be critical below {c.Critical} percent, before it is low below {c.Low} percent."),
            "Lower criticalPercent, or raise lowWaterPercent."),

        Contradiction.ReminderAfterDeadline c => Contradicts(
            "activationReminderHours", "activationDeadlineDays", "reminder-after-deadline",
            Text($"The reminder would come after {c.Hours} hours, and the activation be given up after {c.Days} days."),
            "Lower activationReminderHours, or raise activationDeadlineDays."),

        Contradiction.ForwardWithoutNumber { Forwards: true } => Contradicts(
            "cooldownTreatment.forwardTo", "cooldownTreatment.kind", "forward-without-number",
            "Calls to a resting number would be forwarded, and no number says where.",
            "Send forwardTo, or kind Announcement."),

        Contradiction.ForwardWithoutNumber => Contradicts(
            "cooldownTreatment.forwardTo", "cooldownTreatment.kind", "forward-without-number",
            "Calls to a resting number meet an announcement, and forwardTo names a number.",
            "Leave forwardTo out, or send kind Forward."),

        _ => throw new UnreachableException($"No words for {contradiction}."),
    };

    public static Problem Problem(ImmutableArray<RulesRefusal> refusals) => refusals[0] switch
    {
        RulesRefusal.OnlyPlatform => Problems.Forbidden(
            "Some of these rules are the platform's to change.", "Send those as they are, or ask the platform."),
        RulesRefusal.NotManaged => Refusals.Problem([new Refusal.SiteNotManaged()]),
        RulesRefusal.ServiceInUse => Problems.ServiceInUse(),
        RulesRefusal.TooManyScheduled => Problems.TooManyScheduled(RuleBook.ScheduledMax),
        _ => throw new UnreachableException($"No words for {refusals[0]}."),
    } with { Errors = [.. refusals.Select(Error).OfType<ProblemError>()] };

    public static string Text(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static ProblemError? Error(RulesRefusal refusal) => refusal switch
    {
        RulesRefusal.OnlyPlatform r => ProblemError.OfField(
            r.Field, "only-platform",
            Text($"Only the platform changes it; version {r.Instead.Rules.Version} says otherwise{At(r.Instead)}."),
            r.IsScheduled
                ? "Send the rules with an effectiveFrom of that time or later, as it says; or ask the platform."
                : "Send it as that version says, or ask the platform."),
        RulesRefusal.NotManaged r => ProblemError.OfField(
            r.Field, "site-not-managed", "It would change where the platform does not manage the site.",
            $"Send it as it is and {RuleFields.ManagedByPlatform} true; then change the rest."),
        RulesRefusal.ServiceInUse r => ProblemError.OfField(
            "services", "service-in-use", Text(
                $"'{r.Code}' would be gone, and accounts have it: {Named(r.Accounts)}."),
            "Assign them another service first, or keep it."),
        _ => null,
    };

    static string At(RuleVersion version) =>
        version.EffectiveFrom == DateTimeOffset.MinValue ? "" : $" from {Text(version.EffectiveFrom)} on";

    static string Named(ImmutableArray<Id<Account>> accounts)
    {
        var (shown, more) = (string.Join(", ", accounts.Take(AccountsShownMax)), accounts.Length - AccountsShownMax);
        return more > 0 ? Text($"{shown} and {more} more") : shown;
    }

    static ProblemError Contradicts(string field, string other, string code, string reason, string wayOut) =>
        ProblemError.OfField(field, code, reason, wayOut) with { OtherField = other };

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
