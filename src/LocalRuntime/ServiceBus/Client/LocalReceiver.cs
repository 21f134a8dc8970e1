using Azure.Messaging.ServiceBus;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>Receives from a queue of this process, or from its dead letters.</summary>
sealed class LocalReceiver(LocalBus bus, string entity, ServiceBusReceiveMode mode) : ServiceBusReceiver
{
    static readonly TimeSpan WaitDefault = TimeSpan.FromSeconds(60);

    MessageQueue Queue => LocalServiceBusClient.Ask(entity, () => bus.Source(entity));

    public override string EntityPath => entity;

    public override ServiceBusReceiveMode ReceiveMode => mode;

    /// <summary>Waits for the first one only.</summary>
    public override async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
        int maxMessages, TimeSpan? maxWaitTime = default, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxMessages);
        var queue = Queue;
        using var signal = new ReadySignal(queue);
        using var over = new CancellationTokenSource(maxWaitTime ?? WaitDefault, bus.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        var received = new List<ServiceBusReceivedMessage>();
        try
        {
            while (received.Count == 0)
            {
                await signal.WaitAsync(either.Token);
                while (received.Count < maxMessages && Take(queue) is { } message)
                    received.Add(ClientMessages.Received(message));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing came in time.
        }

        return received;
    }

    public override Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
        int maxMessages, long? fromSequenceNumber = default, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<ServiceBusReceivedMessage>>(
            [.. Queue.Peek(fromSequenceNumber ?? 0, maxMessages).Select(ClientMessages.Peeked)]);

    public override Task CompleteMessageAsync(
        ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        LocalServiceBusClient.Settle(Queue, message, new Settlement.Complete());

    public override Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default) =>
        LocalServiceBusClient.Settle(Queue, message, new Settlement.Abandon(WireMessage.Noting(propertiesToModify)));

#pragma warning disable CA2215 // The SDK's own has nothing to close here, and fails on that.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
#pragma warning restore CA2215

    QueuedMessage? Take(MessageQueue queue) =>
        mode == ServiceBusReceiveMode.PeekLock ? queue.Take() : queue.TakeAway();
}
