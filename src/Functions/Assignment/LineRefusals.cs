using System.Diagnostics;
using Telephony.Domain.Lines;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Assignment;

/// <summary>Why a number cannot be assigned, moved or logged in: a stable code, the fact, and the way out.</summary>
static class LineRefusals
{
    public const string UserGone = "user-gone";

    public static OperationReason Reason(Refusal.OfLine refusal)
    {
        var (code, _, text, wayOut) = Words(refusal);
        return new(code, refusal.Number is { } number ? $"{number}: {text} {wayOut}" : $"{text} {wayOut}");
    }

    public static ProblemError Error(Refusal.OfLine refusal)
    {
        var (code, field, text, wayOut) = Words(refusal);
        return new(field, refusal.Number?.ToString(), code, text, wayOut);
    }

    /// <summary>The same for each of many numbers, whatever is in its way.</summary>
    public static ProblemError Error(Refusal refusal) => refusal switch
    {
        Refusal.OfLine line => Error(line),
        Refusal.OfNumber number => NumberRefusals.Error(number),
        _ => throw new UnreachableException($"{refusal} is not about a number."),
    };

    static (string Code, string? Field, string Text, string WayOut) Words(Refusal.OfLine refusal)
    {
        var what = refusal.What;
        return refusal.Reason switch
        {
            LineRefusal.NothingNamed => (
                "nothing-named", "user", "It says neither who gets the number nor where it rings.",
                "Name a user, a handset or a space."),
            LineRefusal.TwoPlaces => (
                "two-places", "space", "A handset has a place of its own.", "Name the handset or the space, not both."),
            LineRefusal.UserUnknown => (
                "unknown-user", "user", $"There is no user '{what}'.", "Check the id, or create the user first."),
            LineRefusal.UserOfAnother => (
                "user-of-another", "user", $"The user '{what}' is another account's than the number.",
                "Choose a user of the account that has the number."),
            LineRefusal.HandsetUnknown => (
                "unknown-handset", "handset", $"The site has no handset {what}.",
                "Check the address, or create the handset first."),
            LineRefusal.HandsetBusy => (
                "handset-busy", "handset", $"{what ?? "Another account's number"} rings on it.",
                "Unassign that number first, choose another handset, or swap the two."),
            LineRefusal.HandsetNowhere => (
                "handset-nowhere", "handset", $"The handset {what} stands in no space.",
                "Put it into a space and a port first (PUT …/handsets/{mac})."),
            LineRefusal.NoPort => (
                "no-port", "handset", $"The handset {what} is plugged into no port.",
                "Say into which port it is plugged (PUT …/handsets/{mac})."),
            LineRefusal.PortNotPatched => (
                "port-not-patched", "handset", $"The port of the handset {what} is patched to no outlet.",
                "Patch the port to the space where the handset stands (PUT …/ports/{port})."),
            LineRefusal.PortElsewhere => (
                "port-elsewhere", "handset", $"The port of the handset {what} is patched to another space.",
                "Correct the space of the handset, or the patching of the port."),
            LineRefusal.SpaceUnknown => (
                "unknown-space", "space", $"The site has no space '{what}'.",
                "Check the id, or create the space first."),
            LineRefusal.SpaceOfAnother => (
                "space-of-another", "space", $"The space '{what}' is leased to another account.",
                "Choose a space of the account, or one that is shared."),
            LineRefusal.LocationIncomplete => (
                "location-incomplete", "space",
                $"The country demands that emergency services are told the room, and the space '{what}' has none.",
                "Give the space a room (PUT …/spaces/{space})."),
            LineRefusal.NotAssigned => ("not-assigned", null, "It is assigned to nobody.", "Assign it first."),
            LineRefusal.LineChanged => (
                "precondition-failed", null, "Its assignment is not as you saw it.",
                "Read it again and decide anew; send If-None-Match: * where there is none."),
            _ => OfSessions(refusal),
        };
    }

    static (string Code, string? Field, string Text, string WayOut) OfSessions(Refusal.OfLine refusal) =>
        refusal.Reason switch
        {
            LineRefusal.HandsetNotShared => (
                "handset-not-shared", "handset", $"The handset {refusal.What} is not shared.",
                "Log in to a shared one, or assign the number to this one."),
            LineRefusal.HandsetInSession => (
                "handset-in-session", "handset", $"Somebody is logged in to the handset {refusal.What}.",
                "Choose another, or have them logged out (POST …/handsets/{mac}/logout), by the operator where they "
                + "are another account's."),
            LineRefusal.NoUser => (
                "no-user", null, "It has no user who could log in.", "Assign it to a user first."),
            LineRefusal.HotDeskOff => (
                "hot-desk-off", null, "Its settings do not allow it to log in elsewhere.",
                "Switch its setting hotDesk on first."),
            LineRefusal.TooLong => (
                "too-long", "hours", $"Its settings allow {refusal.What} hours.", "Send fewer, or leave 'hours' out."),
            LineRefusal.NoSession => ("no-session", null, "It is logged in nowhere.", "Read its assignment again."),
            LineRefusal.NothingToSwap => (
                "nothing-to-swap", "with", "Neither of the two handsets has a number.", "Choose one that has."),
            LineRefusal.SameHandset => (
                "same-handset", "with", "It is the same handset.", "Name another one."),
            LineRefusal.HandsetOfAnother => (
                "handset-of-another", "handset", $"The handset {refusal.What} is not in a space of the account, or "
                + "another account's number rings on it.", "Choose one of the account, or ask the operator."),
            LineRefusal.LocationDiffers => (
                "location-differs", "location",
                refusal.What is { } location ? $"It is at: {location}." : "Nobody knows where it is.",
                "Read its assignment, and confirm what it says; or correct its handset, space or address first."),
            LineRefusal.UserGone => (
                UserGone, "user", $"The user '{refusal.What}' was removed meanwhile.",
                "Nobody has the number now; assign it to somebody else."),
            var reason => throw new UnreachableException($"No words for {reason}."),
        };
}
