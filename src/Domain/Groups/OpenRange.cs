using NodaTime;

namespace Telephony.Domain.Groups;

/// <summary>When it is open on a day of the week.</summary>
/// <param name="Day">The day on which it starts.</param>
/// <param name="From">Open from then on.</param>
/// <param name="To">Open until then, not including it; over midnight from 24:00 on.</param>
public readonly record struct OpenRange(IsoDayOfWeek Day, DayTime From, DayTime To)
{
    const int MinutesOfWeek = 7 * 24 * 60;

    /// <summary>The range as it is on a date of its day.</summary>
    public LocalSpan On(LocalDate date) => new(From.On(date), To.On(date));

    /// <summary>The range of this week that a moment is in; null when it is in none.</summary>
    public LocalSpan? At(LocalDateTime reading)
    {
        var back = (reading.DayOfWeek - Day + 7) % 7;

        // It ends on the day after its own at the latest.
        if (back > 1)
            return null;
        var span = On(reading.Date.PlusDays(-back));
        return span.Contains(reading) ? span : null;
    }

    /// <summary>Whether any minute of a week is in both.</summary>
    public bool Overlaps(OpenRange other)
    {
        var apart = (other.StartMinute - StartMinute + MinutesOfWeek) % MinutesOfWeek;
        return apart < Length || MinutesOfWeek - apart < other.Length;
    }

    int StartMinute => (((int)Day - 1) * 24 * 60) + From.Minutes;

    int Length => To.Minutes - From.Minutes;

    public override string ToString() => $"{Day} {From}–{To}";
}
