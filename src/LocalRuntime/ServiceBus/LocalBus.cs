namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>All queues, and the topics that copy to some of them, by their addresses.</summary>
sealed class LocalBus : IDisposable
{
    readonly Dictionary<string, MessageQueue> queues = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, MessageQueue[]> targets = new(StringComparer.OrdinalIgnoreCase);
    readonly BusJournal? journal;

    /// <param name="options">Which queues and topics there are.</param>
    /// <param name="directory">Where the journal is; null keeps everything in memory.</param>
    /// <param name="time">What locks and lives are measured by.</param>
    /// <exception cref="InvalidOperationException">The journal is not to be had.</exception>
    public LocalBus(BusOptions options, string? directory, TimeProvider time)
    {
        Time = time;
        journal = directory is null ? null : BusJournal.Open(directory, time);
        foreach (var (name, settings) in options.Queues)
            targets[name] = [Add(name, settings)];
        foreach (var (name, topic) in options.Topics)
            targets[name] = [.. topic.Subscriptions.Select(each => Add(Subscription(name, each.Key), each.Value))];

        // Dead letters first: a message that comes back too worn out is put with them.
        foreach (var queue in queues.Values.OrderBy(queue => queue.DeadLetters is not null))
            if (journal?.Queues.GetValueOrDefault(queue.Name) is { } state)
                queue.Restore(state);
    }

    public TimeProvider Time { get; }

    public static string Subscription(string topic, string subscription) => $"{topic}/Subscriptions/{subscription}";

    /// <summary>What can be received from: a queue, a subscription, or the dead letters of one.</summary>
    /// <exception cref="BusException">There is none.</exception>
    public MessageQueue Source(string address) =>
        queues.GetValueOrDefault(address) ?? throw BusException.NotFound(address);

    /// <summary>What a message for a queue or topic goes to.</summary>
    /// <exception cref="BusException">There is none, or it is only for receiving.</exception>
    public IReadOnlyList<MessageQueue> Targets(string address) =>
        targets.GetValueOrDefault(address) ?? throw BusException.NotFound(address);

    /// <summary>Numbers of the messages, in the first queue that got them.</summary>
    /// <exception cref="BusException">They are not taken.</exception>
    public IReadOnlyList<long> Send(string address, IReadOnlyList<NewMessage> messages)
    {
        IReadOnlyList<long>? first = null;
        foreach (var queue in Targets(address))
        {
            var sequences = queue.Send(messages);
            first ??= sequences;
        }

        return first ?? [.. messages.Select(_ => 0L)];
    }

    public void Dispose()
    {
        foreach (var queue in queues.Values)
            queue.Dispose();
        journal?.Dispose();
    }

    MessageQueue Add(string name, QueueSettings settings)
    {
        var queue = new MessageQueue(name, settings, journal, Time);
        queues.Add(queue.Name, queue);
        queues.Add(queue.DeadLetters!.Name, queue.DeadLetters);
        return queue;
    }
}
