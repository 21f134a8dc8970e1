namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>One thing that became of a queue.</summary>
abstract record JournalEntry(string Queue)
{
    /// <summary>
    /// A message is there, or another one in its place. It has no lock: a lock does not outlive its process.
    /// </summary>
    public sealed record Put(string Queue, QueuedMessage Message) : JournalEntry(Queue);

    /// <summary>
    /// It was handed out. Noted, so that a message that kills its receiver is not handed out for ever.
    /// </summary>
    public sealed record Taken(string Queue, long Sequence) : JournalEntry(Queue);

    public sealed record Removed(string Queue, long Sequence) : JournalEntry(Queue);

    /// <summary>An id that tells duplicates.</summary>
    public sealed record Seen(string Queue, string Id, long Sequence, DateTimeOffset Until) : JournalEntry(Queue);

    /// <summary>The last number given, so that none is given twice.</summary>
    public sealed record Numbered(string Queue, long Last) : JournalEntry(Queue);
}

/// <summary>What all entries of a queue come to.</summary>
sealed class QueueState
{
    public SortedDictionary<long, QueuedMessage> Messages { get; } = [];

    public List<(string Id, long Sequence, DateTimeOffset Until)> Seen { get; } = [];

    public long Last { get; private set; }

    public void Apply(JournalEntry entry)
    {
        switch (entry)
        {
            case JournalEntry.Put { Message: var message }:
                Messages[message.Sequence] = message;
                Last = Math.Max(Last, message.Sequence);
                break;
            case JournalEntry.Taken { Sequence: var sequence } when Messages.TryGetValue(sequence, out var message):
                Messages[sequence] = message with { DeliveryCount = message.DeliveryCount + 1 };
                break;
            case JournalEntry.Removed { Sequence: var sequence }:
                Messages.Remove(sequence);
                break;
            case JournalEntry.Seen seen:
                Seen.Add((seen.Id, seen.Sequence, seen.Until));
                break;
            case JournalEntry.Numbered { Last: var last }:
                Last = Math.Max(Last, last);
                break;
        }
    }

    /// <summary>The fewest entries that come to the same, as of now.</summary>
    public IEnumerable<JournalEntry> Entries(string queue, DateTimeOffset now) =>
    [
        new JournalEntry.Numbered(queue, Last),
        .. Seen.Where(seen => seen.Until > now).Select(
            seen => new JournalEntry.Seen(queue, seen.Id, seen.Sequence, seen.Until)),
        .. Messages.Values.Select(message => new JournalEntry.Put(queue, message)),
    ];
}
