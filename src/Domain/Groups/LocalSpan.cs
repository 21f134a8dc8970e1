using NodaTime;

namespace Telephony.Domain.Groups;

/// <summary>From one reading of a clock to another, which is not part of it.</summary>
public readonly record struct LocalSpan(LocalDateTime Start, LocalDateTime End)
{
    public static LocalSpan Day(LocalDate date) => Days(date, date);

    /// <summary>Whole days, both included.</summary>
    public static LocalSpan Days(LocalDate first, LocalDate last) =>
        new(first.AtMidnight(), last.PlusDays(1).AtMidnight());

    public bool Contains(LocalDateTime reading) => Start <= reading && reading < End;
}
