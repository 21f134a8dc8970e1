using NodaTime;

namespace Telephony.Domain.Groups;

/// <summary>Which one of its month, for a holiday such as the last Monday of May.</summary>
public enum WeekOfMonth
{
    First = 1,
    Second = 2,
    Third = 3,
    Fourth = 4,
    Last = 5,
}

/// <summary>A time at which callers meet what is set for holidays.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="When">When it is.</param>
public sealed record Holiday(string Name, HolidayTime When);

/// <summary>When a holiday is, by the clock.</summary>
public abstract record HolidayTime
{
    HolidayTime() { }

    /// <summary>
    /// When it is in a year; null when that year has none. What is not yearly is the same in every year.
    /// </summary>
    public abstract LocalSpan? In(int year);

    /// <summary>Whole days, both included.</summary>
    public sealed record Days(LocalDate First, LocalDate Last) : HolidayTime
    {
        public override LocalSpan? In(int year) => LocalSpan.Days(First, Last);
    }

    /// <summary>Part of a day, or more than one day in part.</summary>
    public sealed record Hours(LocalDateTime Start, LocalDateTime End) : HolidayTime
    {
        public override LocalSpan? In(int year) => new(Start, End);
    }

    /// <summary>A whole day of every year; 29 February only in years that have it.</summary>
    public sealed record Yearly(int Month, int Day) : HolidayTime
    {
        public override LocalSpan? In(int year) => Day <= CalendarSystem.Iso.GetDaysInMonth(year, Month)
            ? LocalSpan.Day(new(year, Month, Day))
            : null;
    }

    /// <summary>A whole day of every year, such as the last Monday of May.</summary>
    public sealed record YearlyWeekday(int Month, WeekOfMonth Week, IsoDayOfWeek Day) : HolidayTime
    {
        // NodaTime takes a fifth one that a month lacks for its last one, which is what is meant here.
        public override LocalSpan? In(int year) =>
            LocalSpan.Day(LocalDate.FromYearMonthWeekAndDay(year, Month, (int)Week, Day));
    }
}
