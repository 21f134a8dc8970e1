namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>A message as a sender hands it over.</summary>
/// <param name="Id">What duplicates are known by.</param>
/// <param name="Content">The message, encoded; the queue does not look into it.</param>
/// <param name="TimeToLive">Null is as long as the queue allows.</param>
/// <param name="ScheduledFor">Not to be received before.</param>
sealed record NewMessage(
    string Id, ReadOnlyMemory<byte> Content, TimeSpan? TimeToLive = null, DateTimeOffset? ScheduledFor = null);

/// <summary>A message as a queue has it. It never changes: another one takes its place.</summary>
sealed record QueuedMessage
{
    public required long Sequence { get; init; }

    /// <summary>The number that it first had, before it was dead-lettered or came due.</summary>
    public required long EnqueuedSequence { get; init; }

    public required string Id { get; init; }

    public required ReadOnlyMemory<byte> Content { get; init; }

    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>How long it lives once it can be received.</summary>
    public required TimeSpan TimeToLive { get; init; }

    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>How often it was received before.</summary>
    public int DeliveryCount { get; init; }

    public MessageLock? Lock { get; init; }

    public DeadLetter? DeadLetter { get; init; }

    public bool IsReady => Lock is null && ScheduledFor is null;

    /// <summary>When something becomes of it by itself; a dead letter waits for ever.</summary>
    public DateTimeOffset Deadline => Lock?.Until ?? ScheduledFor ?? ExpiresAt;

    DateTimeOffset ExpiresAt => DeadLetter is null && TimeToLive < DateTimeOffset.MaxValue - EnqueuedAt
        ? EnqueuedAt + TimeToLive
        : DateTimeOffset.MaxValue;
}

/// <summary>Who has the token may settle the message, until the lock ends.</summary>
sealed record MessageLock(Guid Token, DateTimeOffset Until);

/// <summary>Why a message was put aside, and from which queue.</summary>
sealed record DeadLetter(string Source, string? Reason, string? Description);
