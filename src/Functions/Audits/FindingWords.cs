using System.Diagnostics;
using System.Globalization;
using Telephony.Domain.Audits;

namespace Telephony.Functions.Audits;

/// <summary>Findings in words: a stable code, what was found, and what to do.</summary>
static class FindingWords
{
    public static FindingView Of(Finding finding)
    {
        var (code, reason, wayOut) = Words(finding);
        return new(
            code, finding.Severity, reason, wayOut, finding.Account?.Value,
            (finding as Finding.OperationStuck)?.Operation.Value,
            finding.Numbers.Count,
            [.. finding.Numbers.Take(FindingView.NumbersMax).Select(number => number.ToString())]);
    }

    static (string Code, string Reason, string WayOut) Words(Finding finding) => finding switch
    {
        Finding.PoolCritical f => (
            "pool-critical", Text($"{f.Free} numbers are left that anyone may have, of {f.Of}."),
            "Ask the platform for more at once."),
        Finding.PoolLow f => (
            "pool-low", Text($"{f.Free} numbers are left that anyone may have, of {f.Of}."),
            "Ask the platform for more, or release what is not needed."),
        Finding.CountsDisagree f => (
            "counts-disagree", Text(
                $"The account's row says {f.Stored} direct numbers, {f.StoredInService} in service, and {MainOf(f)};")
                + Text($" its numbers say {f.Counted} direct, {f.InService} in service, of {f.Numbers.Count} in all."),
            "Give the report to the platform's on-call: this is a fault of ours."),
        Finding.OwnerUnknown { IsKnown: true } => (
            "owner-unknown", "The account has numbers here and is not attached to the site.",
            "Attach it to the site again; then release its numbers before it leaves."),
        Finding.OwnerUnknown => (
            "owner-unknown", "Numbers belong to an account that the operator does not have.",
            "Create the account again and release its numbers, or give the report to the platform's on-call."),
        Finding.CooldownOverdue f => (
            "cooldown-overdue", Text($"The numbers rest, though their rest was over from {Time(f.Since)} on."),
            "Look at the timers; the platform may end the rest by hand."),
        Finding.HoldOverdue f => (
            "hold-overdue", Text($"Holds ended from {Time(f.Since)} on and are still written down."),
            "Nothing: the numbers can be had. If it stays so, look at the timers."),
        Finding.BlockOverdue f => (
            "block-overdue", Text($"The numbers are Blocked, though that was to end from {Time(f.Since)} on."),
            "Look at the timers; the platform may unblock them by hand."),
        Finding.ReservedIdle f => (
            "reserved-idle", Text(
                $"Numbers are Reserved for over {f.Days} days, since {Time(f.Since)}, and were never in service."),
            "Activate them, or release them."),
        Finding.OperationStuck f => (
            "operation-stuck", Text($"The operation was accepted at {Time(f.Since)} and has not ended."),
            "Send its request again with the same Idempotency-Key, or give the report to the platform's on-call."),
        Finding.ActivationOrphaned f => (
            "activation-orphaned", Text(
                $"The numbers are Activating since {Time(f.Since)}, and no operation waits for them."),
            "Choose the number as the account's main number again: the new operation takes it over."),
        Finding.DirectOrphaned f => (
            "activation-orphaned", Text(
                $"The numbers are Activating since {Time(f.Since)}, and no operation waits for them."),
            "Ask the platform to say over its queue that they are in service, or that it failed."),
        Finding.DeactivationOrphaned f => (
            "deactivation-orphaned", Text(
                $"The numbers are Deactivating since {Time(f.Since)}, and no operation waits for them."),
            "Ask the platform to say over its queue that they are out of service; then close the account again."),
        Finding.EventsNotMoved f => (
            "events-not-moved", Text(
                $"{f.Count} changes, since {Time(f.Since)}, are not yet announced or in the history."),
            "Look at the timers and at the log of the mover; nothing is lost meanwhile."),
        Finding.MainMissing => (
            "main-missing", "The account's services need a main number, and it has none.",
            "Have the platform nominate one; the account gets it with the next change of a service."),
        Finding.AssignmentsDisagree => (
            "assignments-disagree",
            "The numbers, to whom they are assigned and what they ring on contradict each other.",
            "Give the report to the platform's on-call: this is a fault of ours."),
        Finding.UserGone => (
            "user-gone", "The numbers are assigned to users that the account does not have.",
            "Assign them to somebody else, or unassign them."),
        Finding.LocationUnknown => (
            "location-unknown", "The numbers are in use, and nobody could tell emergency services where.",
            "Assign them to a handset or a space as well; GET …/emergency-locations says what each lacks."),
        Finding.HandsetsNowhere f => (
            "handsets-nowhere", Text($"{f.Count} handsets stand in no space, {f.First} first."),
            "Say where they stand, or remove those that are gone."),
        Finding.Incomplete f => (
            "audit-incomplete", Text($"Of the {Part(f.Part)}, {f.Limit} were looked at, and there are more."),
            "What this audit does not report may be there nevertheless."),
        _ => throw new UnreachableException($"No words for {finding}."),
    };

    static string MainOf(Finding.CountsDisagree finding) =>
        finding.Main is { } main ? $"the main number {main}" : "no main number";

    static string Part(AuditPart part) => part switch
    {
        AuditPart.Operations => "site's open operations",
        AuditPart.Events => "changes that are not yet announced",
        AuditPart.Accounts => "operator's accounts",
        AuditPart.Assignments => "site's assignments",
        AuditPart.Users => "operator's users",
        _ => throw new UnreachableException($"No words for {part}."),
    };

    static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
