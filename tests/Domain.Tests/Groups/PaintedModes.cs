using Telephony.Domain.Groups;

namespace Telephony.Domain.Tests.Groups;

/// <summary>
/// The same rules calculated in another way: days are painted onto a strip of minutes, one coat over the other, by
/// watching the framework's clock until it shows a time. It shares no calculation with what it checks.
/// </summary>
sealed class PaintedModes
{
    readonly GroupFeatures features;
    readonly DateTime start;
    readonly string[] strip = new string[WallClock.Minutes];

    public PaintedModes(GroupFeatures features, OpeningTimes siteTimes, string siteZone, DateTime start)
    {
        (this.features, this.start) = (features, start);
        var own = features.HoursSource is HoursSource.Own;
        var (times, ownZone) = (own ? features.Own : siteTimes, features.TimeZone ?? siteZone);

        Array.Fill(strip, "OutOfHours: none");
        var hours = WallClock.Of(own ? ownZone : siteZone, start);
        foreach (var day in DaysOf(hours))
        {
            foreach (var range in times.Hours.Where(range => (int)range.Day % 7 == (int)day.DayOfWeek))
            {
                Paint(hours, day.AddMinutes(range.From.Minutes), day.AddMinutes(range.To.Minutes),
                    $"InHours: {range}");
            }
        }

        // Of two at the same time the first one in the list is named, so it is painted last.
        foreach (var holiday in times.Holidays.Reverse())
        {
            foreach (var (from, to) in Times(holiday.When, DaysOf(hours)))
                Paint(hours, from, to, $"Holiday: {holiday.Name}");
        }

        var closures = WallClock.Of(ownZone, start);
        foreach (var closure in features.Closures.Reverse())
        {
            Paint(closures, closure.Span.Start.ToDateTimeUnspecified(), closure.Span.End.ToDateTimeUnspecified(),
                $"OutOfHours: {closure.Name}");
        }
    }

    public string At(DateTime utc) =>
        features.Override is { } byHand && (byHand.Until is not { } until || utc < until.ToDateTimeUtc())
            ? byHand.Kind is OverrideKind.ForceOpen ? "InHours: by hand" : "OutOfHours: by hand"
            : strip[(int)Math.Floor((utc - start).TotalMinutes)];

    /// <summary>The dates of the window, and a few before it: what began then may not be over.</summary>
    static List<DateTime> DaysOf(DateTime[] clock) =>
    [
        .. Enumerable.Range(-3, WallClock.WindowDays + 6).Select(day => clock[0].Date.AddDays(day)),
    ];

    static IEnumerable<(DateTime From, DateTime To)> Times(HolidayTime when, List<DateTime> days) => when switch
    {
        HolidayTime.Hours hours => [(hours.Start.ToDateTimeUnspecified(), hours.End.ToDateTimeUnspecified())],
        _ => days.Where(day => IsHoliday(when, day)).Select(day => (day, day.AddDays(1))),
    };

    static bool IsHoliday(HolidayTime when, DateTime day) => when switch
    {
        HolidayTime.Days days =>
            days.First.ToDateTimeUnspecified() <= day && day <= days.Last.ToDateTimeUnspecified(),
        HolidayTime.Yearly yearly => (yearly.Month, yearly.Day) == (day.Month, day.Day),
        HolidayTime.YearlyWeekday yearly =>
            yearly.Month == day.Month && (int)yearly.Day % 7 == (int)day.DayOfWeek
            && (yearly.Week is WeekOfMonth.Last
                ? day.AddDays(7).Month != day.Month
                : (day.Day + 6) / 7 == (int)yearly.Week),
        _ => throw new InvalidOperationException($"Never a day: {when}."),
    };

    void Paint(DateTime[] clock, DateTime from, DateTime to, string what)
    {
        var end = FirstShown(clock, to);
        for (var minute = FirstShown(clock, from); minute < end; minute++)
            strip[minute] = what;
    }

    /// <summary>Watches the clock from the window's start until it shows the time, or a later one.</summary>
    static int FirstShown(DateTime[] clock, DateTime time)
    {
        var minute = 0;
        while (minute < clock.Length && clock[minute] < time)
            minute++;
        return minute;
    }
}
