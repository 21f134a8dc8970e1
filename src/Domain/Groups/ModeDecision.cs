namespace Telephony.Domain.Groups;

/// <summary>Which of its destinations a main number sends callers to. It is always in one of them.</summary>
public enum Mode
{
    InHours,
    OutOfHours,
    Holiday,
}

/// <summary>A mode, and what put the main number into it.</summary>
public sealed record ModeDecision(Mode Mode, ModeRule Rule);

/// <summary>The rule that decided; the first kind below that applies wins.</summary>
public abstract record ModeRule
{
    ModeRule() { }

    /// <summary>Somebody opened or closed it by hand.</summary>
    public sealed record ByHand(Override Override) : ModeRule;

    /// <summary>It is closed, once: as out of hours.</summary>
    public sealed record Closed(Closure Closure) : ModeRule;

    /// <param name="Name">Of the holiday.</param>
    /// <param name="Span">When it is, this time.</param>
    /// <param name="Source">Whose holiday it is.</param>
    public sealed record OnHoliday(string Name, LocalSpan Span, HoursSource Source) : ModeRule;

    /// <summary>No range of the week is open.</summary>
    public sealed record OutsideHours(HoursSource Source) : ModeRule;

    /// <param name="Range">The one that is open.</param>
    /// <param name="Span">When it is, this week.</param>
    /// <param name="Source">Whose hours they are.</param>
    public sealed record InRange(OpenRange Range, LocalSpan Span, HoursSource Source) : ModeRule;
}
