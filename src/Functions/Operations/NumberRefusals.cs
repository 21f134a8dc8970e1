using System.Diagnostics;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;

namespace Telephony.Functions.Operations;

/// <summary>Why a single number is in the way, in words: a stable code, the fact, and the way out.</summary>
static class NumberRefusals
{
    public static OperationReason Reason(Refusal.OfNumber refusal) =>
        new(Code(refusal.Reason), $"{refusal.Number}: {Text(refusal)} {WayOut(refusal.Reason)}");

    public static ProblemError Error(Refusal.OfNumber refusal) => ProblemError.OfNumber(
        refusal.Number.ToString(), Code(refusal.Reason), Text(refusal), WayOut(refusal.Reason)) with
    {
        From = refusal.From,
        To = refusal.To,
    };

    static string Code(NumberRefusal reason) => reason switch
    {
        NumberRefusal.NotProvisioned => "not-provisioned",
        NumberRefusal.Taken => "number-taken",
        NumberRefusal.NominatedMain => "nominated-main",
        NumberRefusal.NotNominated => "not-nominated",
        NumberRefusal.EarmarkedForAnother => "earmarked",
        NumberRefusal.AlreadyProvisioned => "already-provisioned",
        NumberRefusal.NamedTwice => "named-twice",
        NumberRefusal.NoTransition => "no-transition",
        NumberRefusal.NotTheirs => "not-theirs",
        NumberRefusal.HeldForAnother => "held-for-another",
        NumberRefusal.Assigned => "assigned",
        NumberRefusal.IsMain => "is-main",
        NumberRefusal.NotTheFormer => "not-the-former",
        NumberRefusal.NotDue => "not-due",
        NumberRefusal.LiveElsewhere => "live-elsewhere",
        NumberRefusal.InThePast => "in-the-past",
        NumberRefusal.HeldAlready => "held-already",
        NumberRefusal.NotInHold => "not-in-hold",
        NumberRefusal.UnderWay => "under-way",
        NumberRefusal.NotInService => "not-in-service",
        NumberRefusal.NoEntitlement => "no-entitlement",
        NumberRefusal.ChangedSince => "changed-since",
        _ => throw new UnreachableException($"No code for {reason}."),
    };

    static string Text(Refusal.OfNumber refusal) => refusal.Reason switch
    {
        NumberRefusal.NotProvisioned => "It is not provisioned at this site.",
        NumberRefusal.Taken => $"It is {refusal.From} for another account.",
        NumberRefusal.NominatedMain => "It is nominated as a main number, which is not given out for direct use.",
        NumberRefusal.NotNominated => "It is not nominated as a main number.",
        NumberRefusal.EarmarkedForAnother => "It is kept for another account.",
        NumberRefusal.AlreadyProvisioned => "It is already provisioned at this site.",
        NumberRefusal.NamedTwice => "The request names it more than once.",
        NumberRefusal.NoTransition when refusal.To is { } to =>
            $"It is {refusal.From}, from which it cannot become {to}.",
        NumberRefusal.NoTransition => $"It is {refusal.From}, to which this does not apply.",
        NumberRefusal.NotTheirs => "This is not the caller's to do.",
        NumberRefusal.HeldForAnother => "It is held for a future starter of another account.",
        NumberRefusal.Assigned => "It is assigned to somebody.",
        NumberRefusal.IsMain => "It is an account's main number.",
        NumberRefusal.NotTheFormer => "Another account gave it up, and only that one can have it back.",
        NumberRefusal.NotDue => "Its time has not come.",
        NumberRefusal.LiveElsewhere => "Another site has it.",
        NumberRefusal.InThePast => "The end that was asked for has passed.",
        NumberRefusal.HeldAlready => "It is held for a future starter already.",
        NumberRefusal.NotInHold => "The hold does not have it, or has it no more.",
        NumberRefusal.UnderWay => $"It is {refusal.From}, and that has to end first.",
        NumberRefusal.NotInService => $"It is {refusal.From}, not in service.",
        NumberRefusal.NoEntitlement => "Its account has as many numbers in service as its voice services allow.",
        NumberRefusal.ChangedSince => "Something else changed it meanwhile.",
        _ => throw new UnreachableException($"No words for {refusal.Reason}."),
    };

    static string WayOut(NumberRefusal reason) => reason switch
    {
        NumberRefusal.NotProvisioned => "Choose one from the site's list.",
        NumberRefusal.AlreadyProvisioned => "Leave it out.",
        NumberRefusal.NamedTwice => "Name it once.",
        NumberRefusal.NoTransition => "Look at its state, and leave it out or do first what leads there.",
        NumberRefusal.NotTheirs => "Ask the platform.",
        NumberRefusal.Assigned => "Unassign it first.",
        NumberRefusal.IsMain => "Remove the account's main number first, or put another in its place.",
        NumberRefusal.NotTheFormer => "Name the account that had it, or wait for the end of its rest.",
        NumberRefusal.NotDue => "Wait for it.",
        NumberRefusal.LiveElsewhere => "Retire it there first.",
        NumberRefusal.InThePast => "Send a later end.",
        NumberRefusal.HeldAlready => "Choose another, or change the hold that has it.",
        NumberRefusal.NotInHold => "Read the hold again, and name what it has.",
        NumberRefusal.UnderWay => "Wait for its end, then ask again.",
        NumberRefusal.NotInService => "Activate it first.",
        NumberRefusal.NoEntitlement =>
            "Assign the account a voice service, raise the quantity of one, or deactivate another number.",
        NumberRefusal.ChangedSince => "Send the request again.",
        _ => "Choose another.",
    };
}
