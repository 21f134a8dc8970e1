using System.Globalization;
using NodaTime.Text;
using Telephony.Domain.Groups;
using Telephony.Functions.Numbers;

namespace Telephony.Functions.Groups;

/// <summary>What a caller meets, in words.</summary>
static class RouteWords
{
    public static string Of(HoursSource source) =>
        source is HoursSource.Own ? "by its own times" : "by the site's times";

    public static string Of(Override byHand) =>
        (byHand.Kind is OverrideKind.ForceOpen ? "Opened" : "Closed") + " by hand"
        + (byHand.Until is { } until
            ? $" until {InstantPattern.General.Format(until)}." : ", until somebody takes that back.");

    public static string Of(Stop stop) => stop switch
    {
        Stop.Group group => Group(group),
        Stop.Number { IsReception: true } reception => $"The reception rings, {PhoneText.National(reception.To)}.",
        Stop.Number number => $"{PhoneText.International(number.To)} rings.",
        Stop.Main { IsReception: true } main =>
            $"The operator's main number takes the call, {PhoneText.National(main.Called)}.",
        Stop.Main main => $"The main number {PhoneText.National(main.Called)} takes the call.",
        Stop.Voicemail { MailTo: { } } => "The caller can leave a message, which is sent by mail.",
        Stop.Voicemail => "The caller can leave a message.",
        Stop.Announcement => "The caller hears the greeting, and the call ends.",
        Stop.Silent silent => Silent(silent.Why),
        Stop.End end => End(end.Why),
        _ => throw new InvalidOperationException($"No words for {stop}."),
    };

    static string Group(Stop.Group group)
    {
        var count = group.Ringing.Length;
        var order = group.Settings.Pattern switch
        {
            _ when count == 1 => "",
            HuntPattern.Simultaneous => " at once",
            HuntPattern.Sequential => " one after the other",
            HuntPattern.Circular => " one after the other, the one after who rang last first",
            HuntPattern.LongestIdle => " one after the other, who has been free for longest first",
            _ => " one after the other, by their weights",
        };
        return string.Create(
            CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "number rings" : "numbers ring")}{order}.");
    }

    static string Silent(Silence why) => why switch
    {
        Silence.NobodyInGroup => "No number of the hunt group is in service.",
        Silence.ReceptionNotInService => "The number that is named as the reception is not in service.",
        Silence.ForwardNotInService => "Calls are passed on to a number of the site that is not in service.",
        _ => "No number is named as the reception, and the operator has no main number in service here.",
    };

    static string End(CallEnd why) => why switch
    {
        CallEnd.NothingLeft => "The call ends: what is set for this was tried before.",
        CallEnd.Loop => "The call ends: it would come back to a main number that it came through.",
        _ => "The call ends: it went on from one main number to the next as often as it may.",
    };
}
