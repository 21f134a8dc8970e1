using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Telephony.Domain.Groups;
using Telephony.Functions.Http;

namespace Telephony.Functions.Groups;

/// <summary>Reads hours, holidays and closures: text by text, each with where it stood.</summary>
/// <param name="errors">Where what is wrong is noted; what was read is then not used.</param>
sealed class TimesInput(BodyErrors errors)
{
    static readonly LocalDatePattern Date = LocalDatePattern.Iso;

    static readonly LocalDateTimePattern Moment =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    /// <summary>24:00 is midnight of the next day, and no day comes after that one: to read it would throw.</summary>
    const string AfterAll = "9999-12-31T24:00";

    public static string Text(LocalDate date) => Date.Format(date);

    public static string Text(LocalDateTime moment) => Moment.Format(moment);

    public OpeningTimes Of(IReadOnlyList<OpenHours>? hours, IReadOnlyList<HolidayForm>? holidays) => new(
        hours is null
            ? OpeningTimes.Default.Hours
            : Each("businessHours", hours, OpeningTimes.RangesMax, (form, at) => new OpenRange(
                WeekdayOf(form.Day), Time($"{at}.from", form.From), Time($"{at}.to", form.To))),
        Each("holidays", holidays ?? [], GroupFeatures.DatesMax, Holiday));

    public ImmutableArray<Closure> Closures(IReadOnlyList<ClosureForm> closures) =>
        Each("closures", closures, GroupFeatures.DatesMax, (form, at) => new Closure(
            errors.Line($"{at}.name", form.Name, ConfigurationInput.DateNameMax),
            new(MomentOf($"{at}.start", form.Start), MomentOf($"{at}.end", form.End))));

    public static IsoDayOfWeek WeekdayOf(DayOfWeek day) =>
        day is DayOfWeek.Sunday ? IsoDayOfWeek.Sunday : (IsoDayOfWeek)day;

    public static DayOfWeek WeekdayOf(IsoDayOfWeek day) => (DayOfWeek)((int)day % 7);

    /// <summary>Everything in a list, unless it is too long to be looked at.</summary>
    public ImmutableArray<T> Each<TForm, T>(
        string list, IReadOnlyList<TForm> forms, int max, Func<TForm, string, T> read)
    {
        if (forms.Count > max)
        {
            errors.Range(list, forms.Count, 0, max);
            return [];
        }

        var all = ImmutableArray.CreateBuilder<T>(forms.Count);
        for (var i = 0; i < forms.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{list}[{i}]");
            if (forms[i] is { } form)
                all.Add(read(form, at));
            else
                errors.Add(at, "missing", "It is null.", "Leave it out.");
        }

        return all.DrainToImmutable();
    }

    Holiday Holiday(HolidayForm form, string at) => new(
        errors.Line($"{at}.name", form.Name, ConfigurationInput.DateNameMax),
        form switch
        {
            { FirstDay: { } first, Start: null, End: null, Yearly: null } => Days(first, form.LastDay, at),
            { Start: { } start, End: { } end, FirstDay: null, LastDay: null, Yearly: null } =>
                new HolidayTime.Hours(MomentOf($"{at}.start", start), MomentOf($"{at}.end", end)),
            { Yearly: { } yearly, FirstDay: null, LastDay: null, Start: null, End: null } =>
                Yearly(yearly, $"{at}.yearly"),
            _ => Wrong<HolidayTime>(
                at, "one-of", "It does not say when it is in exactly one way.",
                "Send firstDay (and lastDay), or start and end, or yearly.",
                new HolidayTime.Yearly(1, 1)),
        });

    HolidayTime.Days Days(string firstDay, string? lastDay, string at)
    {
        var first = DateOf($"{at}.firstDay", firstDay);
        return new(first, lastDay is null ? first : DateOf($"{at}.lastDay", lastDay));
    }

    HolidayTime Yearly(YearlyForm form, string at) => form switch
    {
        { Day: { } day, Week: null, Weekday: null } => new HolidayTime.Yearly(form.Month, day),
        { Day: null, Week: { } week, Weekday: { } weekday } =>
            new HolidayTime.YearlyWeekday(form.Month, week, WeekdayOf(weekday)),
        _ => Wrong<HolidayTime>(
            at, "one-of", "It does not say which day of the month in exactly one way.",
            "Send day, or week and weekday.", new HolidayTime.Yearly(1, 1)),
    };

    DayTime Time(string field, string text) => DayTime.TryParse(text, out var time)
        ? time
        : Wrong(
            field, "bad-time", $"'{Problems.Shown(text)}' is no time of a day.",
            "Send it as 08:30, with 24:00 for the end of the day and 26:00 for two o'clock on the day after.",
            DayTime.Midnight);

    LocalDate DateOf(string field, string text) => Date.Parse(text) is { Success: true } read
        ? read.Value
        : Wrong(
            field, "no-such-date", $"'{Problems.Shown(text)}' is no date.",
            "Send a date that there is, as 2026-12-24.", new LocalDate(2000, 1, 1));

    LocalDateTime MomentOf(string field, string text) =>
        text != AfterAll && Moment.Parse(text) is { Success: true } read ? read.Value : Wrong(
            field, "no-such-date", $"'{Problems.Shown(text)}' is no date and time.",
            "Send a date that there is and a time by the clock, without an offset, as 2026-12-24T12:00.",
            new LocalDateTime(2000, 1, 1, 0, 0));

    T Wrong<T>(string field, string code, string reason, string wayOut, T instead)
    {
        errors.Add(field, code, reason, wayOut);
        return instead;
    }
}
