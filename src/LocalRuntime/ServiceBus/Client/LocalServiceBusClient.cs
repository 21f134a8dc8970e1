using Azure.Messaging.ServiceBus;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>The SDK's client, straight to the queues of this process.</summary>
sealed class LocalServiceBusClient(LocalBus bus) : ServiceBusClient
{
    public override string FullyQualifiedNamespace => "127.0.0.1";

    public override ServiceBusSender CreateSender(string queueOrTopicName) => new LocalSender(bus, queueOrTopicName);

    public override ServiceBusReceiver CreateReceiver(string queueName) => CreateReceiver(queueName, options: null);

    public override ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions? options) =>
        new LocalReceiver(
            bus,
            options?.SubQueue switch
            {
                null or SubQueue.None => queueName,
                SubQueue.DeadLetter => queueName + MessageQueue.DeadLetterSuffix,
                var other => throw new NotSupportedException($"The local Service Bus has no {other} queue."),
            },
            options?.ReceiveMode ?? ServiceBusReceiveMode.PeekLock);

#pragma warning disable CA2215 // The SDK's own has nothing to close here, and fails on that.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
#pragma warning restore CA2215

    /// <summary>The refusal as the SDK throws it.</summary>
    public static T Ask<T>(string entity, Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (BusException e)
        {
            throw e.Fault is BusFault.NotSupported
                ? new NotSupportedException(e.Message, e)
                : new ServiceBusException(e.Message, ReasonOf(e.Fault), entity, e);
        }
    }

    /// <summary>By the message's lock. Twice is once too often.</summary>
    public static Task Settle(MessageQueue queue, ServiceBusReceivedMessage message, Settlement settlement)
    {
        ArgumentNullException.ThrowIfNull(message);
        Ask(queue.Name, () =>
        {
            queue.Settle(TokenOf(message), settlement);
            return true;
        });
        return Task.CompletedTask;
    }

    public static Guid TokenOf(ServiceBusReceivedMessage message) =>
        Guid.TryParse(message.LockToken, out var token) ? token : Guid.Empty;

    static ServiceBusFailureReason ReasonOf(BusFault fault) => fault switch
    {
        BusFault.NotFound => ServiceBusFailureReason.MessagingEntityNotFound,
        BusFault.TooLarge => ServiceBusFailureReason.MessageSizeExceeded,
        BusFault.Full => ServiceBusFailureReason.QuotaExceeded,
        BusFault.LockLost => ServiceBusFailureReason.MessageLockLost,
        _ => ServiceBusFailureReason.GeneralError,
    };
}
