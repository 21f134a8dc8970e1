using System.Runtime.Serialization;
using Amqp;
using Amqp.Framing;
using Azure.Messaging.ServiceBus;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>The SDK's messages, to and from those of the queues.</summary>
static class ClientMessages
{
    /// <exception cref="SerializationException">A property's type is none that goes over the wire.</exception>
    public static NewMessage Read(ServiceBusMessage sent, DateTimeOffset? scheduledFor = null)
    {
        var message = new Message
        {
            BodySection = new Data { Binary = sent.Body.ToArray() },
            Properties = new Properties
            {
                ContentType = sent.ContentType,
                CorrelationId = sent.CorrelationId,
                GroupId = sent.SessionId,
                MessageId = sent.MessageId,
                ReplyTo = sent.ReplyTo,
                ReplyToGroupId = sent.ReplyToSessionId,
                Subject = sent.Subject,
                To = sent.To,
            },
        };
        if (sent.TimeToLive.TotalMilliseconds < uint.MaxValue)
            message.Header = new Header { Ttl = (uint)sent.TimeToLive.TotalMilliseconds };
        var time = scheduledFor ?? (sent.ScheduledEnqueueTime == default ? null : sent.ScheduledEnqueueTime);
        if (time is { } scheduled)
            message.MessageAnnotations = new MessageAnnotations
            {
                Map = { [WireMessage.ScheduledEnqueueTime] = scheduled.UtcDateTime },
            };
        foreach (var (name, value) in sent.ApplicationProperties)
            (message.ApplicationProperties ??= new()).Map[name] = Checked(name, value);
        return WireMessage.Read(message);
    }

    /// <summary>As somebody has it in hand: the client counts that delivery too.</summary>
    public static ServiceBusReceivedMessage Received(QueuedMessage queued) => Write(queued, queued.DeliveryCount + 1);

    /// <summary>As somebody sees it who only looks.</summary>
    public static ServiceBusReceivedMessage Peeked(QueuedMessage queued) => Write(queued, queued.DeliveryCount);

    static ServiceBusReceivedMessage Write(QueuedMessage queued, int deliveries)
    {
        var message = WireMessage.Write(queued);
        var properties = message.Properties ?? new Properties();
        return ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: BinaryData.FromBytes(BodyOf(message)),
            messageId: queued.Id,
            sessionId: properties.GroupId,
            replyToSessionId: properties.ReplyToGroupId,
            timeToLive: queued.TimeToLive,
            correlationId: properties.GetCorrelationId()?.ToString(),
            subject: properties.Subject,
            to: properties.To,
            contentType: properties.ContentType,
            replyTo: properties.ReplyTo,
            scheduledEnqueueTime: WireMessage.ScheduledTimeOf(message) ?? default,
            properties: (message.ApplicationProperties?.Map ?? [])
                .ToDictionary(property => property.Key.ToString()!, property => property.Value),
            lockTokenGuid: queued.Lock?.Token ?? default,
            deliveryCount: deliveries,
            lockedUntil: queued.Lock?.Until ?? default,
            sequenceNumber: queued.Sequence,
            deadLetterSource: queued.DeadLetter?.Source,
            enqueuedSequenceNumber: queued.EnqueuedSequence,
            enqueuedTime: queued.EnqueuedAt,
            serviceBusMessageState: queued.ScheduledFor is null
                ? ServiceBusMessageState.Active
                : ServiceBusMessageState.Scheduled);
    }

    static byte[] BodyOf(Message message) => message.BodySection switch
    {
        Data data => data.Binary,
        DataList list => [.. Enumerable.Range(0, list.Count).SelectMany(i => list[i].Binary)],
        AmqpValue { Value: string text } => BinaryData.FromString(text).ToArray(),
        AmqpValue { Value: byte[] bytes } => bytes,
        _ => [],
    };

    static object Checked(string name, object value) =>
        value is string or bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or double
            or char or Guid or DateTime
                ? value
                : throw new SerializationException(
                    $"The property '{name}' is a {value?.GetType().Name ?? "null"}, which is not carried.");
}
