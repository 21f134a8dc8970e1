using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using Telephony.Domain.History;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Docs;

/// <summary>The catalogue of events, each with what was really sent.</summary>
static class EventPage
{
    /// <summary>When each is sent, and where from and to its numbers went; neither for what is no change.</summary>
    public static readonly IReadOnlyDictionary<string, (string When, string From, string To)> Entries =
        new Dictionary<string, (string, string, string)>
        {
            [EventTypes.Provisioned] = (
                "The platform put them into the site's list, for the first time or again after they had retired.",
                "new, Retired", "Staged, PortingIn, Available"),
            [EventTypes.Offered] = ("They came into the pool.", "Staged", "Available"),
            [EventTypes.PortedIn] = (
                "They arrived from another carrier, for anybody or for one account.", "PortingIn",
                "Available, Reserved"),
            [EventTypes.PortInCancelled] = ("They do not arrive.", "PortingIn", "Retired"),
            [EventTypes.Held] = (
                "They are kept for a future starter of the account until `until`; from Held, when that changed.",
                "Available, Held", "Held"),
            [EventTypes.HoldEnded] = (
                "A hold was ended, or ended by itself: then `time` is its end, and `actor` is absent.",
                "Held", "Available"),
            [EventTypes.Allocated] = (
                "The account has them, by hand or by a voice service; with role NominatedMain, as its main number.",
                "Available, Held", "Reserved"),
            [EventTypes.Restored] = (
                "The account that had given them up has them back.", "Cooldown", "Reserved"),
            [EventTypes.ActivationRequested] = ("They are to be put into service.", "Reserved", "Activating"),
            [EventTypes.Activated] = (
                "They are in service; with role Main, as the account's main number.", "Activating", "Active"),
            [EventTypes.ActivationFailed] = (
                "They could not be put into service; the account keeps them.", "Activating", "Reserved"),
            [EventTypes.ActivationOverdue] = (
                "An activation was not confirmed by its deadline. A reminder: nothing has changed.", "", ""),
            [EventTypes.DeactivationRequested] = ("They are to be taken out of service.", "Active", "Deactivating"),
            [EventTypes.Deactivated] = (
                "They are out of service; the account keeps them.", "Deactivating", "Reserved"),
            [EventTypes.DeactivationFailed] = ("They stay in service.", "Deactivating", "Active"),
            [EventTypes.DeactivationOverdue] = (
                "A deactivation was not confirmed in time. A reminder: nothing has changed.", "", ""),
            [EventTypes.Assigned] = (
                "They are assigned to a user, a handset or a space, or to others than before: `changes` says to which.",
                "Active", "the same"),
            [EventTypes.Unassigned] = ("They are assigned to nobody any more.", "Active", "the same"),
            [EventTypes.Moved] = (
                "They ring at another handset or another place: `changes` says where.", "Active", "the same"),
            [EventTypes.SessionStarted] = (
                "Somebody logged in to a shared handset, where they ring until `until` of the changes.",
                "Active", "the same"),
            [EventTypes.SessionEnded] = (
                "Somebody logged out of a shared handset, or was logged out.", "Active", "the same"),
            [EventTypes.LocationConfirmed] = (
                "Whoever has them confirmed where emergency services are to go.", "Active", "the same"),
            [EventTypes.SettingsChanged] = (
                "They are set otherwise: `changes` has each setting before and after. Also when somebody else is to be "
                + "called back or told of an emergency call: `callback` is the number, and `notify` how many are told, "
                + "such as `2`, or `2 others` where as many were told before, and not the same; never their "
                + "addresses.",
                "Active", "the same"),
            [EventTypes.PinReset] = (
                "A new PIN is wanted. The platform makes one; none is stored or sent here.", "Active", "the same"),
            [EventTypes.MainConfigured] = (
                "What callers of the main number meet is set otherwise: `changes` has the fields, and the "
                + "configuration is read over HTTP. What was set before it came into service is not sent.",
                "Active", "the same"),
            [EventTypes.ScheduleChanged] = (
                "When the site is open is set otherwise, and so for every main number there whose `hoursSource` is "
                + "`Site`: `fields` says what, and the schedule is read over HTTP.", "", ""),
            [EventTypes.MainNominated] = (
                "They are kept for use as main numbers.", "Available, Reserved", "the same"),
            [EventTypes.NominationWithdrawn] = (
                "They are for direct use again.", "Available, Reserved", "the same"),
            [EventTypes.MainReplaced] = (
                "Another number became the account's main number in their place; they are direct numbers now.",
                "Active, Deactivating", "the same"),
            [EventTypes.Released] = (
                "The account gave them up; those that were in service rest until `until`.", "Reserved",
                "Available, Cooldown"),
            [EventTypes.CooldownEnded] = (
                "Their rest is over, or the platform ended it early.", "Cooldown", "Available"),
            [EventTypes.Blocked] = (
                "The platform withholds them, until `until` or until it says otherwise.",
                "Available, Staged, Cooldown", "Blocked"),
            [EventTypes.Unblocked] = (
                "They are again what they were before.", "Blocked", "Available, Staged, Cooldown"),
            [EventTypes.PortOutRequested] = (
                "They are to leave for another carrier.", "Reserved, Active", "PortingOut"),
            [EventTypes.PortOutCancelled] = ("They stay.", "PortingOut", "Reserved, Active"),
            [EventTypes.PortedOut] = ("They have left.", "PortingOut", "Retired"),
            [EventTypes.Retired] = ("They are gone.", "Available, Staged, Blocked", "Retired"),
            [EventTypes.Changed] = (
                "Anything that has no name of its own. Nothing that this version does is sent so.", "", ""),
        };

    static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The first of a type that was sent; null where none is.</summary>
    public static ServiceBusMessage? Example(string type, IReadOnlyList<ServiceBusMessage> sent) =>
        sent.FirstOrDefault(message => message.Subject == type);

    public static string Write(string head, IReadOnlyList<ServiceBusMessage> sent)
    {
        var text = new StringBuilder(head.ReplaceLineEndings("\n")).Append('\n');
        text.Append("\n| type | from | to |\n|---|---|---|\n");
        foreach (var type in EventTypes.All)
            text.Append($"| [`{type}`](#{Anchor(type)}) | {Or(Entries[type].From)} | {Or(Entries[type].To)} |\n");
        foreach (var type in EventTypes.All)
        {
            text.Append($"\n### {type}\n\n{Entries[type].When}\n");
            if (Example(type, sent) is { } example)
                text.Append($"\n```json\n{Json(RecordingBus.Body(example))}\n```\n");
        }

        return text.ToString();
    }

    public static string Json(JsonNode node) => node.ToJsonString(Readable).ReplaceLineEndings("\n");

    static string Or(string states) => states.Length == 0 ? "–" : states;

    static string Anchor(string heading) => heading.Replace(".", "", StringComparison.Ordinal);
}
