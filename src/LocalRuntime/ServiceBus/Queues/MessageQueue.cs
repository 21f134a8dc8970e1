namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>
/// One queue, one subscription of a topic, or the dead letters of either: what Service Bus promises of them, without
/// AMQP. Everything is in the journal before the caller hears of it.
/// </summary>
sealed partial class MessageQueue : IDisposable
{
    public const string DeadLetterSuffix = "/$deadletterqueue";

    readonly Lock gate = new();
    readonly SortedDictionary<long, QueuedMessage> messages = [];
    readonly SortedSet<long> ready = [];
    readonly SortedSet<(DateTimeOffset At, long Sequence)> deadlines = [];
    readonly Dictionary<Guid, long> locks = [];
    readonly SeenIds seen = new();
    readonly BusJournal? journal;
    readonly TimeProvider time;
    readonly ITimer timer;
    DateTimeOffset? awaited;
    long last;
    bool hasNews;

    public MessageQueue(string name, QueueSettings settings, BusJournal? journal, TimeProvider time)
        : this(name, settings, journal, time, new MessageQueue(name + DeadLetterSuffix, settings, journal, time, null))
    {
    }

    MessageQueue(
        string name, QueueSettings settings, BusJournal? journal, TimeProvider time, MessageQueue? deadLetters)
    {
        (Name, Settings, DeadLetters, this.journal, this.time) = (name, settings, deadLetters, journal, time);
        timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something can be received that could not before. A handler takes note and returns at once.</summary>
    public event Action? Ready;

    public string Name { get; }

    public QueueSettings Settings { get; }

    /// <summary>
    /// Null when this is a dead-letter queue itself, which counts no deliveries and lets nothing expire.
    /// </summary>
    public MessageQueue? DeadLetters { get; }

    public int Count => Change(_ => messages.Count);

    /// <summary>All of them, or none. A duplicate is taken as sent, under the number that it first had.</summary>
    /// <exception cref="BusException">One is too large, or the queue is full.</exception>
    public IReadOnlyList<long> Send(IReadOnlyList<NewMessage> sent) => Change(now =>
    {
        if (sent.FirstOrDefault(message => message.Content.Length > Settings.MessageBytesMax) is { } large)
            throw new BusException(
                BusFault.TooLarge,
                $"The message has {large.Content.Length} bytes; '{Name}' takes {Settings.MessageBytesMax} at most.");
        if (messages.Count + sent.Count > Settings.LengthMax)
            throw new BusException(
                BusFault.Full,
                $"'{Name}' is full with {messages.Count} messages. Receive some, or raise its LengthMax.");

        var entries = new List<JournalEntry>();
        var sequences = sent.Select(message => Add(message, now, entries)).ToArray();
        journal?.Append(entries);
        foreach (var put in entries.OfType<JournalEntry.Put>())
            Place(put.Message);
        return sequences;
    });

    long Add(NewMessage sent, DateTimeOffset now, List<JournalEntry> entries)
    {
        if (Settings.DuplicateWindow > TimeSpan.Zero)
        {
            if (seen.Find(sent.Id, now) is { } first)
                return first;

            var noted = new JournalEntry.Seen(Name, sent.Id, last + 1, now + Settings.DuplicateWindow);
            seen.Add(noted.Id, noted.Sequence, noted.Until);
            entries.Add(noted);
        }

        entries.Add(new JournalEntry.Put(Name, new QueuedMessage
        {
            Sequence = ++last,
            EnqueuedSequence = last,
            Id = sent.Id,
            Content = sent.Content,
            EnqueuedAt = now,
            TimeToLive = sent.TimeToLive < Settings.TimeToLive ? sent.TimeToLive.Value : Settings.TimeToLive,
            ScheduledFor = sent.ScheduledFor > now ? sent.ScheduledFor : null,
        }));
        return last;
    }

    /// <summary>The next message, locked for the receiver; null when there is none now.</summary>
    public QueuedMessage? Take() => Change(now =>
    {
        if (ready.Count == 0)
            return null;

        var message = messages[ready.Min];
        journal?.Append([new JournalEntry.Taken(Name, message.Sequence)]);
        return Place(message with { Lock = new(Guid.NewGuid(), now + Settings.LockDuration) });
    });

    /// <summary>The next message, which is gone from the queue; null when there is none now.</summary>
    public QueuedMessage? TakeAway() => Change(now =>
    {
        if (ready.Count == 0)
            return null;

        var message = messages[ready.Min];
        Remove(message);
        return message;
    });

    /// <exception cref="BusException">The lock is lost.</exception>
    public void Settle(Guid token, Settlement settlement) => Change(now =>
    {
        var message = Locked(token);
        switch (settlement)
        {
            case Settlement.Complete:
                Remove(message);
                break;
            case Settlement.Abandon { Rewrite: var rewrite }:
                Release(Rewritten(message, rewrite), isRewritten: rewrite is not null);
                break;
            case Settlement.PutAside aside when DeadLetters is not null:
                PutAside(Rewritten(message, aside.Rewrite), aside.Reason, aside.Description);
                break;
            default:
                throw new BusException(BusFault.NotSupported, $"A message of '{Name}' is a dead letter already.");
        }

        return true;
    });

    /// <summary>Until when the lock holds now.</summary>
    /// <exception cref="BusException">It is lost.</exception>
    public DateTimeOffset Renew(Guid token) => Change(now =>
        Place(Locked(token) with { Lock = new(token, now + Settings.LockDuration) }).Lock!.Until);

    /// <summary>Messages as they are, locked and scheduled ones too, from a number on.</summary>
    public IReadOnlyList<QueuedMessage> Peek(long from, int count) => Change(
        _ => messages.Values.Where(message => message.Sequence >= from).Take(count).ToArray());

    /// <summary>False when no message of that number is waiting for its time.</summary>
    public bool Cancel(long sequence) => Change(_ =>
    {
        if (!messages.TryGetValue(sequence, out var message) || message.ScheduledFor is null)
            return false;

        Remove(message);
        return true;
    });

    public void Dispose()
    {
        timer.Dispose();
        DeadLetters?.Dispose();
    }
}
