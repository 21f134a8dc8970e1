namespace Telephony.LocalRuntime.Timers;

/// <summary>Times and names of the timers. The defaults suit a developer's machine.</summary>
sealed record TimerOptions
{
    public string Table { get; init; } = "timers";

    /// <summary>How long a process may hold a timer without a sign of life.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a stop waits for functions that run.</summary>
    public TimeSpan StopMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a timer rests after storage failed.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait without a look at the clock: time that a machine sleeps is not waited.</summary>
    public TimeSpan WaitMax { get; init; } = TimeSpan.FromMinutes(1);
}
