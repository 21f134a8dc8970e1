using System.Diagnostics.CodeAnalysis;
using Azure.Messaging.ServiceBus;

namespace Telephony.Testing;

/// <summary>The dead letters of a queue, in memory: peeked, locked, taken away or given back.</summary>
public sealed class DeadLetterBox
{
    readonly Lock gate = new();
    readonly SortedDictionary<long, ServiceBusReceivedMessage> letters = [];
    readonly HashSet<long> locked = [];

    /// <summary>When set, nothing answers.</summary>
    public ServiceBusException? Fault { get; set; }

    /// <summary>Those that are there, the oldest first.</summary>
    public IReadOnlyList<ServiceBusReceivedMessage> All
    {
        get
        {
            lock (gate)
                return [.. letters.Values];
        }
    }

    /// <summary>How many somebody has.</summary>
    public int Locked
    {
        get
        {
            lock (gate)
                return locked.Count;
        }
    }

    public void Add(ServiceBusReceivedMessage letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        lock (gate)
            letters.Add(letter.SequenceNumber, letter);
    }

    public ServiceBusReceiver Open() => new Receiver(this);

    T Ask<T>(Func<T> ask)
    {
        if (Fault is { } fault)
            throw fault;
        lock (gate)
            return ask();
    }

    sealed class Receiver(DeadLetterBox box) : ServiceBusReceiver
    {
        public override Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
            int maxMessages, TimeSpan? maxWaitTime = default, CancellationToken cancellationToken = default) =>
            Task.FromResult(box.Ask<IReadOnlyList<ServiceBusReceivedMessage>>(
                () => [.. box.letters.Where(letter => !box.locked.Contains(letter.Key)).Take(maxMessages).ToList()
                    .Where(letter => box.locked.Add(letter.Key)).Select(letter => letter.Value)]));

        public override Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
            int maxMessages, long? fromSequenceNumber = default, CancellationToken cancellationToken = default) =>
            Task.FromResult(box.Ask<IReadOnlyList<ServiceBusReceivedMessage>>(
                () => [.. box.letters.Where(letter => letter.Key >= fromSequenceNumber).Take(maxMessages)
                    .Select(letter => letter.Value)]));

        public override Task CompleteMessageAsync(
            ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
            Task.FromResult(box.Ask(() => Held(message) && box.letters.Remove(message.SequenceNumber)));

        public override Task AbandonMessageAsync(
            ServiceBusReceivedMessage message,
            IDictionary<string, object>? propertiesToModify = default,
            CancellationToken cancellationToken = default) => Task.FromResult(box.Ask(() => Held(message)));

        [SuppressMessage("Usage", "CA2215", Justification = "The SDK's own closes a link, and there is none.")]
        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        bool Held(ServiceBusReceivedMessage message) => box.locked.Remove(message.SequenceNumber)
            ? true
            : throw new ServiceBusException("Its lock is lost.", ServiceBusFailureReason.MessageLockLost);
    }
}
