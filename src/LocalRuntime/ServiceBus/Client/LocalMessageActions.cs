using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>How a function settles its message itself.</summary>
sealed class LocalMessageActions(MessageQueue queue) : ServiceBusMessageActions
{
    /// <summary>The function has settled its message: nobody else does then.</summary>
    public bool IsSettled { get; private set; }

    public override Task CompleteMessageAsync(
        ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        Settle(message, new Settlement.Complete());

    public override Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default) =>
        Settle(message, new Settlement.Abandon(WireMessage.Noting(propertiesToModify)));

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = default,
        string? deadLetterReason = default,
        string? deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default) =>
        Settle(message, new Settlement.PutAside(
            deadLetterReason, deadLetterErrorDescription, WireMessage.Noting(propertiesToModify)));

    public override Task DeferMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The local Service Bus does not defer messages.");

    public override Task RenewMessageLockAsync(
        ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        LocalServiceBusClient.Ask(queue.Name, () => queue.Renew(LocalServiceBusClient.TokenOf(message)));
        return Task.CompletedTask;
    }

    async Task Settle(ServiceBusReceivedMessage message, Settlement settlement)
    {
        await LocalServiceBusClient.Settle(queue, message, settlement);
        IsSettled = true;
    }
}
