using System.Collections.Immutable;
using Telephony.Domain.Groups;

namespace Telephony.Functions.Groups;

/// <summary>What is configured in the form that it is sent in.</summary>
static class ConfigurationForms
{
    public static MainConfiguration Of(GroupFeatures features) => new(
        features.DisplayName,
        features.Extension,
        features.ReceptionLabel,
        features.Reception?.Number.ToString(),
        features.TimeZone,
        features.HoursSource,
        Hours(features.Own),
        Holidays(features.Own),
        [.. features.Closures.Select(closure => new ClosureForm(
            closure.Name, TimesInput.Text(closure.Span.Start), TimesInput.Text(closure.Span.End)))],
        features.Override is { } byHand ? new(byHand.Kind, byHand.Until?.ToDateTimeOffset()) : null,
        Of(features.InHours),
        Of(features.OutOfHours),
        Of(features.OnHoliday),
        new(Of(features.IfNotAnswered), features.NotAnsweredSeconds),
        Of(features.IfBusy),
        Of(features.IfUnreachable),
        Of(features.HuntGroup),
        new(features.Voicemail.Enabled, features.Voicemail.SendsMail, features.Voicemail.ToEmail),
        new(features.Greetings.InHours, features.Greetings.OutOfHours, features.Greetings.Holiday));

    public static SiteSchedule Of(OpeningTimes times) => new(Hours(times), Holidays(times));

    public static HolidayForm Of(Holiday holiday) => holiday.When switch
    {
        HolidayTime.Days(var first, var last) => new(
            holiday.Name, FirstDay: TimesInput.Text(first), LastDay: last == first ? null : TimesInput.Text(last)),
        HolidayTime.Hours(var start, var end) => new(
            holiday.Name, Start: TimesInput.Text(start), End: TimesInput.Text(end)),
        HolidayTime.Yearly(var month, var day) => new(holiday.Name, Yearly: new(month, day)),
        HolidayTime.YearlyWeekday(var month, var week, var day) => new(
            holiday.Name, Yearly: new(month, Week: week, Weekday: TimesInput.WeekdayOf(day))),
        _ => throw new InvalidOperationException($"No form for {holiday.When}."),
    };

    static ImmutableArray<OpenHours> Hours(OpeningTimes times) =>
    [
        .. times.Hours.Select(range => new OpenHours(
            TimesInput.WeekdayOf(range.Day), range.From.ToString(), range.To.ToString())),
    ];

    static ImmutableArray<HolidayForm> Holidays(OpeningTimes times) => [.. times.Holidays.Select(Of)];

    static HuntGroupForm Of(HuntGroup group) => new(
        [.. group.Members.Select(member => new MemberForm(member.Number.ToString(), member.Weight))],
        group.Pattern, group.RingSeconds, group.SkipBusy, group.MaxSeconds);

    static DestinationForm Of(Destination destination) => destination switch
    {
        Destination.HuntGroup => new(DestinationKind.HuntGroup),
        Destination.Reception => new(DestinationKind.Reception),
        Destination.Voicemail => new(DestinationKind.Voicemail),
        Destination.Announcement => new(DestinationKind.Announcement),
        Destination.Forward(var number) => new(DestinationKind.Forward, number.ToString()),
        _ => throw new InvalidOperationException($"No form for {destination}."),
    };
}
