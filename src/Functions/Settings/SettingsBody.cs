using System.ComponentModel.DataAnnotations;
using Telephony.Domain.Settings;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;

namespace Telephony.Functions.Settings;

/// <summary>
/// How a number is set. In a request, what is absent stays as it is, and what is null becomes as if nobody had set it.
/// </summary>
/// <param name="Label">The name that is shown with it.</param>
/// <param name="Voicemail">Whether callers can leave a message.</param>
/// <param name="Forwarding">Where calls are passed on to.</param>
/// <param name="DoNotDisturb">Whether it rings.</param>
/// <param name="CallWaiting">What happens to a second call.</param>
/// <param name="CallerId">Which number is shown to those who are called.</param>
/// <param name="SimultaneousRing">What else rings.</param>
/// <param name="Screening">Whose calls get through.</param>
/// <param name="AuthorizationCode">Whether callers have to enter a code.</param>
/// <param name="OutgoingPermissions">Which numbers may be called; emergency numbers always can be.</param>
/// <param name="HotDesk">Whether its user may log in to shared handsets.</param>
/// <param name="Intercept">What callers hear while it is suspended.</param>
sealed record SettingsBody(
    [Length(1, SettingsLimits.LabelMax)] string? Label = null,
    VoicemailSetting? Voicemail = null,
    ForwardingSetting? Forwarding = null,
    DoNotDisturbSetting? DoNotDisturb = null,
    CallWaitingSetting? CallWaiting = null,
    CallerIdSetting? CallerId = null,
    SimultaneousRingSetting? SimultaneousRing = null,
    ScreeningSetting? Screening = null,
    AuthorizationCodeSetting? AuthorizationCode = null,
    OutgoingPermissionsSetting? OutgoingPermissions = null,
    HotDeskSetting? HotDesk = null,
    InterceptSetting? Intercept = null)
{
    public static SettingsBody Of(NumberSettings set) => new(
        set.Label,
        new(set.Voicemail.On, set.Voicemail.Email, set.Voicemail.RingSeconds),
        new(
            ForwardSetting.Of(set.Forwarding.Always), ForwardSetting.Of(set.Forwarding.Busy),
            new(
                set.Forwarding.NoAnswer.On, set.Forwarding.NoAnswer.Number?.ToString(),
                set.Forwarding.NoAnswerSeconds),
            ForwardSetting.Of(set.Forwarding.Unreachable)),
        new(set.DoNotDisturb.On, set.DoNotDisturb.RingSplash),
        new(set.CallWaiting.On),
        new(set.CallerId.Show, set.CallerId.Number?.ToString()),
        new(
            [.. set.SimultaneousRing.Numbers.Select(number => number.ToString())],
            set.SimultaneousRing.SkipWhileOnCall),
        new(
            [.. set.Screening.Rules.Select(rule => new ScreeningRuleSetting(rule.Callers.ToString(), rule.Action))],
            set.Screening.RejectAnonymous),
        new(set.AuthorizationCode.Required),
        OutgoingPermissionsSetting.Of(set.OutgoingPermissions),
        new(set.HotDesk.Allow, set.HotDesk.LongestSessionHours),
        new(set.Intercept.On, set.Intercept.Announcement));
}

/// <summary>Whether callers can leave a message.</summary>
/// <param name="On">Whether callers who are not answered can leave a message.</param>
/// <param name="Email">Where messages are sent; absent for nowhere.</param>
/// <param name="RingSeconds">How long it rings before they can, in seconds; 20 when nobody set it.</param>
sealed record VoicemailSetting(
    bool? On = null,
    [Length(1, BodyErrors.EmailMax)] string? Email = null,
    [Range(SettingsLimits.RingSecondsMin, SettingsLimits.RingSecondsMax)] int? RingSeconds = null);

/// <summary>Where calls are passed on to.</summary>
/// <param name="Always">Where all calls are passed on to.</param>
/// <param name="Busy">Where calls that come during another one are passed on to.</param>
/// <param name="NoAnswer">Where calls that nobody answers in time are passed on to.</param>
/// <param name="Unreachable">Where calls for which nothing can ring are passed on to.</param>
sealed record ForwardingSetting(
    ForwardSetting? Always = null, ForwardSetting? Busy = null, LateForwardSetting? NoAnswer = null,
    ForwardSetting? Unreachable = null);

/// <summary>Where some calls are passed on to.</summary>
/// <param name="On">Whether calls are passed on.</param>
/// <param name="Number">To which number they are passed on, in E.164 or the site's national form; kept while it is off.
/// </param>
sealed record ForwardSetting(bool? On = null, [Length(1, PhoneText.LengthMax)] string? Number = null)
{
    public static ForwardSetting Of(Forward forward) => new(forward.On, forward.Number?.ToString());
}

/// <summary>Where calls are passed on to that nobody answers.</summary>
/// <param name="On">Whether calls are passed on.</param>
/// <param name="Number">To which number they are passed on, in E.164 or the site's national form; kept while it is off.
/// </param>
/// <param name="Seconds">Within how many seconds somebody has to answer; 20 when nobody set it.</param>
sealed record LateForwardSetting(
    bool? On = null,
    [Length(1, PhoneText.LengthMax)] string? Number = null,
    [Range(SettingsLimits.RingSecondsMin, SettingsLimits.RingSecondsMax)] int? Seconds = null);

/// <summary>Whether it rings.</summary>
/// <param name="On">Whether nothing rings.</param>
/// <param name="RingSplash">Whether a short ring tells of a call all the same.</param>
sealed record DoNotDisturbSetting(bool? On = null, bool? RingSplash = null);

/// <summary>What happens to a second call.</summary>
/// <param name="On">Whether a second call is heard during the first; true when nobody set it.</param>
sealed record CallWaitingSetting(bool? On = null);

/// <summary>Which number is shown to those who are called.</summary>
/// <param name="Show">Which number is shown: its own, the account's main number, none, or another one.</param>
/// <param name="Number">The other number to show; one that the account has in service at the site.</param>
sealed record CallerIdSetting(ShownNumber? Show = null, [Length(1, PhoneText.LengthMax)] string? Number = null);

/// <summary>What else rings.</summary>
/// <param name="Numbers">What rings at the same time, in E.164 or the site's national form; empty for nothing.</param>
/// <param name="SkipWhileOnCall">Whether these do not ring while the number is on a call; true when nobody set it.
/// </param>
sealed record SimultaneousRingSetting(
    [Length(0, SettingsLimits.SimultaneousMax)] IReadOnlyList<string>? Numbers = null, bool? SkipWhileOnCall = null);

/// <summary>Whose calls get through. Whom no rule is about does.</summary>
/// <param name="Rules">The first that is about a caller decides.</param>
/// <param name="RejectAnonymous">Whether those who show no number are turned away.</param>
sealed record ScreeningSetting(
    [Length(0, SettingsLimits.ScreeningRulesMax)] IReadOnlyList<ScreeningRuleSetting>? Rules = null,
    bool? RejectAnonymous = null);

/// <summary>What becomes of calls from somebody.</summary>
/// <param name="Callers">Whose calls: a number, or how numbers begin with a star behind it, such as +4420*.</param>
/// <param name="Action">What becomes of their calls.</param>
sealed record ScreeningRuleSetting([Length(1, PhoneText.LengthMax)] string Callers, ScreeningAction Action);

/// <summary>Whether callers have to enter a code.</summary>
/// <param name="Required">Whether callers have to enter a code. Codes are the platform's: none is stored or taken here.
/// </param>
sealed record AuthorizationCodeSetting(bool? Required = null);

/// <summary>Which numbers may be called.</summary>
/// <param name="National">Whether numbers of the country that are none of the others may be called.</param>
/// <param name="Mobile">Whether mobile numbers may be called.</param>
/// <param name="Freephone">Whether numbers that cost nothing may be called.</param>
/// <param name="SharedCost">Whether numbers whose cost the called one shares may be called.</param>
/// <param name="International">Whether numbers of other countries may be called.</param>
/// <param name="Premium">Whether numbers that cost more than a call may be called; false when nobody set it, as the
/// others are true.</param>
sealed record OutgoingPermissionsSetting(
    bool? National = null, bool? Mobile = null, bool? Freephone = null, bool? SharedCost = null,
    bool? International = null, bool? Premium = null)
{
    public static OutgoingPermissionsSetting Of(OutgoingPermissions may) => new(
        may.National, may.Mobile, may.Freephone, may.SharedCost, may.International, may.Premium);
}

/// <summary>Whether its user may log in to shared handsets.</summary>
/// <param name="Allow">Whether its user may log in to shared handsets with it.</param>
/// <param name="LongestSessionHours">For how many hours at most they are logged in; 12 when nobody set it.</param>
sealed record HotDeskSetting(
    bool? Allow = null, [Range(1, SettingsLimits.SessionHoursMax)] int? LongestSessionHours = null);

/// <summary>What callers hear while it is suspended.</summary>
/// <param name="On">Whether callers hear an announcement, because the number is suspended.</param>
/// <param name="Announcement">The text of the announcement; absent for the usual one.</param>
sealed record InterceptSetting(
    bool? On = null, [Length(1, SettingsLimits.AnnouncementMax)] string? Announcement = null);
