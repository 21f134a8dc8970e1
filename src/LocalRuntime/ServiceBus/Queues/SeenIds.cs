namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>The message ids that a queue remembers, to know a duplicate by.</summary>
sealed class SeenIds
{
    readonly Dictionary<string, (long Sequence, DateTimeOffset Until)> sequences = [];
    readonly Queue<(string Id, DateTimeOffset Until)> inOrder = [];

    /// <summary>The number of the message that had this id first; null when none is remembered.</summary>
    public long? Find(string id, DateTimeOffset now)
    {
        while (inOrder.TryPeek(out var oldest) && oldest.Until <= now)
            sequences.Remove(inOrder.Dequeue().Id);

        return sequences.TryGetValue(id, out var seen) && seen.Until > now ? seen.Sequence : null;
    }

    public void Add(string id, long sequence, DateTimeOffset until)
    {
        sequences[id] = (sequence, until);
        inOrder.Enqueue((id, until));
    }
}
