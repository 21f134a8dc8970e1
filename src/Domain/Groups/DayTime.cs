using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;

namespace Telephony.Domain.Groups;

/// <summary>
/// What a clock shows, counted from the midnight that a day begins with: 08:30, or 24:00 for the day's end, or 26:00
/// for two o'clock the night after. So every range ends after it starts, over midnight too.
/// </summary>
public readonly record struct DayTime : IComparable<DayTime>
{
    /// <summary>What it looks like, as a regular expression.</summary>
    public const string Pattern = "^([0-3][0-9]|4[0-7]):[0-5][0-9]$|^48:00$";

    public static readonly DayTime Midnight = new(0);
    public static readonly DayTime DayEnd = new(MinutesOfDay);

    const int MinutesOfHour = 60;
    const int MinutesOfDay = 24 * MinutesOfHour;

    DayTime(int minutes) => Minutes = minutes;

    /// <summary>0 to 2,880: the end of the day after.</summary>
    public int Minutes { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out DayTime time)
    {
        time = default;
        if (text is not [var h1, var h2, ':', var m1, var m2]
            || !char.IsAsciiDigit(h1) || !char.IsAsciiDigit(h2) || !char.IsAsciiDigit(m1) || !char.IsAsciiDigit(m2))
        {
            return false;
        }

        var (hour, minute) = (((h1 - '0') * 10) + h2 - '0', ((m1 - '0') * 10) + m2 - '0');
        time = new((hour * MinutesOfHour) + minute);
        return minute < MinutesOfHour && time.Minutes <= 2 * MinutesOfDay;
    }

    /// <exception cref="FormatException">The text is not like 08:30.</exception>
    public static DayTime Parse(string text) =>
        TryParse(text, out var time) ? time : throw new FormatException($"'{text}' is not like 08:30.");

    /// <summary>Which moment by the clock that is for the day.</summary>
    public LocalDateTime On(LocalDate day) => day.AtMidnight().PlusMinutes(Minutes);

    public int CompareTo(DayTime other) => Minutes.CompareTo(other.Minutes);

    public static bool operator <(DayTime left, DayTime right) => left.Minutes < right.Minutes;

    public static bool operator >(DayTime left, DayTime right) => left.Minutes > right.Minutes;

    public static bool operator <=(DayTime left, DayTime right) => left.Minutes <= right.Minutes;

    public static bool operator >=(DayTime left, DayTime right) => left.Minutes >= right.Minutes;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Minutes / MinutesOfHour:00}:{Minutes % MinutesOfHour:00}");
}
