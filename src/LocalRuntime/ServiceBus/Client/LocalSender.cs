using Azure.Messaging.ServiceBus;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>Sends to a queue or topic of this process.</summary>
sealed class LocalSender(LocalBus bus, string entity) : ServiceBusSender
{
    public override string EntityPath => entity;

    public override Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) =>
        SendMessagesAsync([message], cancellationToken);

    public override Task SendMessagesAsync(
        IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
    {
        Send([.. messages.Select(message => ClientMessages.Read(message))], cancellationToken);
        return Task.CompletedTask;
    }

    public override Task<long> ScheduleMessageAsync(
        ServiceBusMessage message,
        DateTimeOffset scheduledEnqueueTime,
        CancellationToken cancellationToken = default) =>
        Task.FromResult(Send([ClientMessages.Read(message, scheduledEnqueueTime)], cancellationToken)[0]);

#pragma warning disable CA2215 // The SDK's own has nothing to close here, and fails on that.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
#pragma warning restore CA2215

    IReadOnlyList<long> Send(NewMessage[] messages, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return LocalServiceBusClient.Ask(entity, () => bus.Send(entity, messages));
    }
}
