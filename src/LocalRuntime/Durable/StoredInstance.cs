using Azure;
using Microsoft.DurableTask.Client;

namespace Telephony.LocalRuntime.Durable;

/// <summary>An instance as its row has it.</summary>
sealed record StoredInstance
{
    /// <summary>In <see cref="WakeAt"/>: nothing is due.</summary>
    public static readonly DateTimeOffset Never = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Tells this run of the id from one that it replaced.</summary>
    public required string Execution { get; init; }

    public OrchestrationRuntimeStatus Status { get; init; } = OrchestrationRuntimeStatus.Pending;

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    /// <summary>The engine that moves it; empty while it only waits.</summary>
    public string Owner { get; init; } = "";

    /// <summary>When the owner's hold ends.</summary>
    public DateTimeOffset Until { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>When the first engine to see it should take it up.</summary>
    public DateTimeOffset WakeAt { get; init; } = Never;

    public string? CustomStatus { get; init; }

    public required IReadOnlyList<HistoryEvent> History { get; init; }

    /// <summary><see cref="History"/> as it is stored.</summary>
    public required string HistoryText { get; init; }

    public ETag ETag { get; init; }

    public bool IsHeldByAnother(string engine, DateTimeOffset now) =>
        Owner.Length > 0 && Owner != engine && Until > now;
}

/// <summary>Something sent to an instance that it has not yet taken up.</summary>
/// <param name="Key">Its row key: in the order of sending.</param>
/// <param name="Execution">The run of the instance that it was sent to.</param>
/// <param name="EventName">Null: terminate.</param>
/// <param name="Payload">The event's payload or the terminated instance's output.</param>
sealed record InboxRow(string Key, string Execution, string? EventName, string? Payload)
{
    public HistoryEvent ToEvent() => EventName is { } name
        ? new HistoryEvent.EventRaised(default, name, Payload, Key)
        : new HistoryEvent.Terminated(default, Payload, Key);
}
