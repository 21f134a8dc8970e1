using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;

namespace Telephony.Testing;

/// <summary>A Service Bus that keeps what is sent to it; what the plan strikes fails, before that or after.</summary>
public sealed class RecordingBus(FaultPlan? plan = null) : ServiceBusClient
{
    readonly Lock gate = new();
    readonly List<(string Entity, ServiceBusMessage Message)> sent = [];
    int sends;

    /// <summary>All that was sent, in its order; what was sent twice stands twice.</summary>
    public IReadOnlyList<ServiceBusMessage> To(string entity)
    {
        lock (gate)
            return [.. sent.Where(entry => entry.Entity == entity).Select(entry => entry.Message)];
    }

    /// <summary>Requests that it took, of one message or of many.</summary>
    public int Sends => Volatile.Read(ref sends);

    public override ServiceBusSender CreateSender(string queueOrTopicName) => new Sender(this, queueOrTopicName);

    /// <summary>What the app may look at and take away.</summary>
    public DeadLetterBox DeadLetters { get; } = new();

    public override ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions? options) =>
        DeadLetters.Open();

    [SuppressMessage("Usage", "CA2215", Justification = "The SDK's own looks for a connection, and there is none.")]
    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    public static JsonObject Body(ServiceBusMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return JsonNode.Parse(message.Body.ToString())!.AsObject();
    }

    void Take(string entity, IReadOnlyList<ServiceBusMessage> messages)
    {
        var fault = plan?.Next();
        if (fault is Fault.BeforeCall)
            throw new ServiceBusException("The request was lost.", ServiceBusFailureReason.ServiceCommunicationProblem);

        Interlocked.Increment(ref sends);
        lock (gate)
            sent.AddRange(messages.Select(message => (entity, message)));
        if (fault is Fault.AfterCall)
            throw new ServiceBusException("The response was lost.", ServiceBusFailureReason.ServiceTimeout);
    }

    sealed class Sender(RecordingBus bus, string entity) : ServiceBusSender
    {
        [SuppressMessage("Usage", "CA2215", Justification = "The SDK's own closes a link, and there is none.")]
        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public override Task SendMessageAsync(
            ServiceBusMessage message, CancellationToken cancellationToken = default) =>
            SendMessagesAsync([message], cancellationToken);

        public override Task SendMessagesAsync(
            IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                bus.Take(entity, [.. messages]);
                return Task.CompletedTask;
            }
            catch (ServiceBusException e)
            {
                return Task.FromException(e);
            }
        }
    }
}
