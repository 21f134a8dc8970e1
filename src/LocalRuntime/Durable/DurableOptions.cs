namespace Telephony.LocalRuntime.Durable;

/// <summary>Times, sizes and limits of the durable engine. The defaults suit a developer's machine.</summary>
sealed record DurableOptions
{
    public string Table { get; init; } = "durable";

    /// <summary>Partitions that instances are spread over. Another number loses sight of stored instances.</summary>
    public int Buckets { get; init; } = 4;

    /// <summary>How long a process may hold an instance without a sign of life.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the table is searched for work that another process left or sent.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a stop waits for activities that run.</summary>
    public TimeSpan StopMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an instance rests after storage failed.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(1);

    public int ActivitiesMax { get; init; } = 16;

    /// <summary>Idle instances kept in memory; more are read again when they wake.</summary>
    public int IdleMax { get; init; } = 1_000;

    public int HistoryEventsMax { get; init; } = 2_000;

    /// <summary>Characters of history. With output, failure and status it has to fit a row's 1 MiB of UTF-16.</summary>
    public int HistoryTextMax { get; init; } = 350_000;

    /// <summary>Characters of one input, result, event or output.</summary>
    public int PayloadMax { get; init; } = 60_000;

    /// <summary>Characters of a custom status, as Durable Functions has it.</summary>
    public int CustomStatusMax { get; init; } = 8_192;
}
