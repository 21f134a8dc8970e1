using System.ComponentModel.DataAnnotations;
using Telephony.Domain.Groups;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;

namespace Telephony.Functions.Groups;

/// <summary>What callers of an account's main number meet. What is read can be sent again as it is.</summary>
/// <param name="DisplayName">What phones show.</param>
/// <param name="Extension">1 to 8 digits.</param>
/// <param name="ReceptionLabel">What the reception is called.</param>
/// <param name="ReceptionNumber">
/// What Reception means: an active direct number of the account. Absent for the operator's main number at the site.
/// </param>
/// <param name="TimeZone">The IANA zone of its own hours, holidays and closures; absent for the site's.</param>
/// <param name="HoursSource">Whose hours and holidays count. Say it when you send some.</param>
/// <param name="BusinessHours">Its own; Monday to Friday, 08:30 to 18:00, when absent.</param>
/// <param name="Holidays">Its own.</param>
/// <param name="Closures">When it is closed once, by the clock of its zone: as out of hours.</param>
/// <param name="Override">Open or closed by hand; absent for neither.</param>
/// <param name="InHours">Where calls go in business hours; to the hunt group when absent.</param>
/// <param name="OutOfHours">Where they go else; to voicemail when absent.</param>
/// <param name="Holiday">Where they go on holidays; to voicemail when absent.</param>
/// <param name="IfNotAnswered">Where they go when nobody answers; to voicemail when absent.</param>
/// <param name="IfBusy">Where they go when it is busy; to voicemail when absent.</param>
/// <param name="IfUnreachable">Where they go when nothing can ring; to voicemail when absent.</param>
/// <param name="HuntGroup">Which numbers ring for it.</param>
/// <param name="Voicemail">Whether callers can leave messages.</param>
/// <param name="Greetings">What callers hear.</param>
sealed record MainConfiguration(
    [Length(1, ConfigurationInput.LabelMax)] string? DisplayName = null,
    [RegularExpression(ConfigurationInput.ExtensionPattern)] string? Extension = null,
    [Length(1, ConfigurationInput.LabelMax)] string? ReceptionLabel = null,
    [Length(1, PhoneText.LengthMax)] string? ReceptionNumber = null,
    [Length(1, CountryAndZone.ZoneLengthMax)] string? TimeZone = null,
    HoursSource? HoursSource = null,
    [Length(0, OpeningTimes.RangesMax)] IReadOnlyList<OpenHours>? BusinessHours = null,
    [Length(0, GroupFeatures.DatesMax)] IReadOnlyList<HolidayForm>? Holidays = null,
    [Length(0, GroupFeatures.DatesMax)] IReadOnlyList<ClosureForm>? Closures = null,
    OverrideForm? Override = null,
    DestinationForm? InHours = null,
    DestinationForm? OutOfHours = null,
    DestinationForm? Holiday = null,
    NotAnsweredForm? IfNotAnswered = null,
    DestinationForm? IfBusy = null,
    DestinationForm? IfUnreachable = null,
    HuntGroupForm? HuntGroup = null,
    VoicemailForm? Voicemail = null,
    GreetingsForm? Greetings = null);

/// <summary>When a site is open, for every main number whose hours are the site's. Its zone is the site's.</summary>
/// <param name="BusinessHours">Monday to Friday, 08:30 to 18:00, when absent.</param>
/// <param name="Holidays">None when absent.</param>
sealed record SiteSchedule(
    [Length(0, OpeningTimes.RangesMax)] IReadOnlyList<OpenHours>? BusinessHours = null,
    [Length(0, GroupFeatures.DatesMax)] IReadOnlyList<HolidayForm>? Holidays = null);

/// <summary>When it is open on a day of the week.</summary>
/// <param name="Day">The day that it starts on.</param>
/// <param name="From">Such as 08:30.</param>
/// <param name="To">
/// Such as 18:00, not included. After midnight it counts on: 24:00 is the day's end, 26:00 two o'clock on the day
/// after.
/// </param>
sealed record OpenHours(
    DayOfWeek Day,
    [RegularExpression(DayTime.Pattern)] string From,
    [RegularExpression(DayTime.Pattern)] string To);

/// <summary>A holiday: days, or a start and an end, or a day of every year.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="FirstDay">A whole day, such as 2026-12-24.</param>
/// <param name="LastDay">The last of several whole days, included.</param>
/// <param name="Start">By the clock, such as 2026-12-24T12:00.</param>
/// <param name="End">By the clock, not included.</param>
/// <param name="Yearly">The day of every year.</param>
sealed record HolidayForm(
    [Length(1, ConfigurationInput.DateNameMax)] string Name,
    string? FirstDay = null,
    string? LastDay = null,
    string? Start = null,
    string? End = null,
    YearlyForm? Yearly = null);

/// <summary>A day of every year: of the month, or a weekday in a certain week of it.</summary>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">Of the month. 29 February is a holiday only in the years that have it.</param>
/// <param name="Week">Which one of the month, with <paramref name="Weekday"/>.</param>
/// <param name="Weekday">Which day of the week.</param>
sealed record YearlyForm(
    [Range(1, 12)] int Month, [Range(1, 31)] int? Day = null, WeekOfMonth? Week = null, DayOfWeek? Weekday = null);

/// <summary>Closed once.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Start">By the clock, such as 2026-12-24T12:00.</param>
/// <param name="End">By the clock, not included.</param>
sealed record ClosureForm([Length(1, ConfigurationInput.DateNameMax)] string Name, string Start, string End);

/// <summary>Open or closed by hand, whatever the hours say.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Until">Until when; absent until it is taken out again.</param>
sealed record OverrideForm(OverrideKind Kind, DateTimeOffset? Until = null);

/// <summary>Where a call goes.</summary>
enum DestinationKind
{
    HuntGroup,

    /// <summary>The receptionNumber, or else the operator's main number at the site.</summary>
    Reception,
    Voicemail,

    /// <summary>To the number that is named.</summary>
    Forward,

    /// <summary>The caller hears the greeting, and that is all.</summary>
    Announcement,
}

/// <summary>Where a call goes.</summary>
/// <param name="Kind">What takes it.</param>
/// <param name="Number">For Forward: in E.164 or the national form.</param>
sealed record DestinationForm(DestinationKind Kind, [Length(1, PhoneText.LengthMax)] string? Number = null);

/// <summary>Where a call goes that nobody answers, and after how long.</summary>
/// <param name="To">To voicemail when absent.</param>
/// <param name="AfterSeconds">For how long it rings; a group no longer than its maxSeconds.</param>
sealed record NotAnsweredForm(
    DestinationForm? To = null,
    [Range(HuntGroup.SecondsMin, HuntGroup.SecondsMax)]
    int AfterSeconds = GroupFeatures.NotAnsweredSecondsUsual);

/// <summary>Numbers that ring for a main number.</summary>
/// <param name="Members">
/// In the order in which they ring. One that leaves service leaves the group, and is no member of it when it comes back
/// until you send it again.
/// </param>
/// <param name="Pattern">Which rings when.</param>
/// <param name="RingSeconds">For how long each rings, while the group does.</param>
/// <param name="SkipBusy">Whether those on a call are left out.</param>
/// <param name="MaxSeconds">
/// For how long the group rings in all, unless ifNotAnswered.afterSeconds is over before.
/// </param>
sealed record HuntGroupForm(
    [Length(0, HuntGroup.MembersMax)] IReadOnlyList<MemberForm>? Members = null,
    HuntPattern Pattern = HuntPattern.Simultaneous,
    [Range(HuntGroup.SecondsMin, HuntGroup.RingSecondsMax)]
    int RingSeconds = HuntGroup.RingSecondsUsual,
    bool SkipBusy = true,
    [Range(HuntGroup.SecondsMin, HuntGroup.SecondsMax)]
    int MaxSeconds = HuntGroup.MaxSecondsUsual);

/// <summary>A number that rings.</summary>
/// <param name="Number">An active direct number of the account at the site.</param>
/// <param name="Weight">Its share of calls; counts for the pattern Weighted only.</param>
sealed record MemberForm([Length(1, PhoneText.LengthMax)] string Number, [Range(1, Member.WeightMax)] int Weight = 1);

/// <summary>Voicemail of a main number.</summary>
/// <param name="Enabled">Whether callers can leave a message.</param>
/// <param name="SendsMail">Whether messages are sent by mail.</param>
/// <param name="ToEmail">Where to; needed when they are.</param>
sealed record VoicemailForm(
    bool Enabled = true, bool SendsMail = false, [Length(1, BodyErrors.EmailMax)] string? ToEmail = null);

/// <summary>What callers hear; absent for the platform's own words.</summary>
/// <param name="InHours">In business hours.</param>
/// <param name="OutOfHours">Out of them.</param>
/// <param name="Holiday">On holidays.</param>
sealed record GreetingsForm(
    [Length(1, ConfigurationInput.GreetingMax)] string? InHours = null,
    [Length(1, ConfigurationInput.GreetingMax)] string? OutOfHours = null,
    [Length(1, ConfigurationInput.GreetingMax)] string? Holiday = null);
