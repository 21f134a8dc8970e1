using NodaTime;
using Telephony.Domain.Groups;
using static Telephony.Domain.Tests.Groups.SomeGroups;

namespace Telephony.Domain.Tests.Groups;

/// <summary>Decision 16 by its examples: times that a clock leaves out, and times that it shows twice.</summary>
public sealed class DaylightSavingTests
{
    [Theory]
    // London, 29 March 2026: 00:59, then 02:00.
    [InlineData("Europe/London", "Sunday", "00:30", "01:30", "2026-03-29T00:29Z", false)]
    [InlineData("Europe/London", "Sunday", "00:30", "01:30", "2026-03-29T00:59Z", true)]
    [InlineData("Europe/London", "Sunday", "00:30", "01:30", "2026-03-29T01:00Z", false)]
    [InlineData("Europe/London", "Sunday", "01:15", "01:45", "2026-03-29T01:00Z", false)]
    [InlineData("Europe/London", "Sunday", "01:30", "02:30", "2026-03-29T01:00Z", true)]
    [InlineData("Europe/London", "Sunday", "01:30", "02:30", "2026-03-29T01:30Z", false)]
    // London, 25 October 2026: 01:59, then 01:00 again.
    [InlineData("Europe/London", "Sunday", "00:30", "01:30", "2026-10-25T00:29Z", true)]
    [InlineData("Europe/London", "Sunday", "00:30", "01:30", "2026-10-25T00:30Z", false)]
    [InlineData("Europe/London", "Sunday", "00:30", "01:30", "2026-10-25T01:15Z", false)]
    [InlineData("Europe/London", "Sunday", "01:30", "02:30", "2026-10-25T00:29Z", false)]
    [InlineData("Europe/London", "Sunday", "01:30", "02:30", "2026-10-25T00:30Z", true)]
    [InlineData("Europe/London", "Sunday", "01:30", "02:30", "2026-10-25T01:15Z", true)]
    [InlineData("Europe/London", "Sunday", "01:30", "02:30", "2026-10-25T02:29Z", true)]
    [InlineData("Europe/London", "Sunday", "01:30", "02:30", "2026-10-25T02:30Z", false)]
    // Lord Howe Island, 5 April 2026: half an hour back, at 02:00.
    [InlineData("Australia/Lord_Howe", "Sunday", "01:45", "02:15", "2026-04-04T14:44Z", false)]
    [InlineData("Australia/Lord_Howe", "Sunday", "01:45", "02:15", "2026-04-04T14:45Z", true)]
    [InlineData("Australia/Lord_Howe", "Sunday", "01:45", "02:15", "2026-04-04T15:10Z", true)]
    [InlineData("Australia/Lord_Howe", "Sunday", "01:45", "02:15", "2026-04-04T15:45Z", false)]
    // Samoa had no 30 December 2011, a Friday.
    [InlineData("Pacific/Apia", "Friday", "09:00", "17:00", "2011-12-30T10:00Z", false)]
    [InlineData("Pacific/Apia", "Thursday", "22:00", "26:00", "2011-12-30T09:59Z", true)]
    [InlineData("Pacific/Apia", "Thursday", "22:00", "26:00", "2011-12-30T10:00Z", false)]
    [InlineData("Pacific/Apia", "Saturday", "00:00", "24:00", "2011-12-30T10:00Z", true)]
    // São Paulo, 4 November 2018: no midnight.
    [InlineData("America/Sao_Paulo", "Sunday", "00:00", "02:00", "2018-11-04T03:00Z", true)]
    [InlineData("America/Sao_Paulo", "Saturday", "22:00", "24:30", "2018-11-04T03:00Z", false)]
    public void A_range_is_open(string zone, string day, string from, string to, string at, bool open)
    {
        var range = new OpenRange(Enum.Parse<IsoDayOfWeek>(day), DayTime.Parse(from), DayTime.Parse(to));
        var site = Site with { TimeZone = zone, Times = new([range], []) };
        Assert.Equal(open ? Mode.InHours : Mode.OutOfHours, site.Ask(At(at)).Decision.Mode);
    }

    [Theory]
    [InlineData("2026-12-31T22:59Z", false)]
    [InlineData("2026-12-31T23:00Z", true)]
    [InlineData("2027-01-01T00:00Z", true)]
    [InlineData("2027-01-01T02:59Z", true)]
    [InlineData("2027-01-01T03:00Z", false)]
    public void Hours_over_midnight_go_on_into_the_next_year(string at, bool open)
    {
        var night = new OpenRange(IsoDayOfWeek.Thursday, DayTime.Parse("23:00"), DayTime.Parse("27:00"));
        var site = Site with { Times = new([night], []) };
        Assert.Equal(open ? Mode.InHours : Mode.OutOfHours, site.Ask(At(at)).Decision.Mode);
    }

    [Theory]
    [InlineData("2028-02-29T10:00Z", true)]
    [InlineData("2027-02-28T10:00Z", false)]
    [InlineData("2027-03-01T10:00Z", false)]
    public void A_holiday_on_29_February_is_only_in_years_that_have_it(string at, bool holiday) =>
        IsHoliday(new HolidayTime.Yearly(2, 29), at, holiday);

    [Theory]
    [InlineData(WeekOfMonth.First, "2026-05-04T10:00Z")]
    [InlineData(WeekOfMonth.Second, "2026-05-11T10:00Z")]
    [InlineData(WeekOfMonth.Fourth, "2026-05-25T10:00Z")]
    [InlineData(WeekOfMonth.Last, "2026-05-25T10:00Z")]
    [InlineData(WeekOfMonth.Last, "2027-05-31T10:00Z")]
    public void A_holiday_can_be_a_certain_Monday_of_a_month(WeekOfMonth week, string at) =>
        IsHoliday(new HolidayTime.YearlyWeekday(5, week, IsoDayOfWeek.Monday), at, true);

    [Theory]
    [InlineData("2026-12-23T23:59Z", false)]
    [InlineData("2026-12-24T00:00Z", true)]
    [InlineData("2026-12-26T23:59Z", true)]
    [InlineData("2026-12-27T00:00Z", false)]
    public void All_days_of_a_holiday_are_whole(string at, bool holiday) =>
        IsHoliday(new HolidayTime.Days(new(2026, 12, 24), new(2026, 12, 26)), at, holiday);

    static void IsHoliday(HolidayTime when, string at, bool holiday)
    {
        var site = Site with { Times = OpeningTimes.Default with { Holidays = [new("It", when)] } };
        Assert.Equal(holiday, site.Ask(At(at)).Decision.Mode is Mode.Holiday);
    }
}
