using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>
/// Messages as AMQP has them, in the dialect of Service Bus: what a queue keeps is one of these, encoded.
/// </summary>
static class WireMessage
{
    public static readonly Symbol ScheduledEnqueueTime = "x-opt-scheduled-enqueue-time";

    /// <summary>A message that is sent. One without an id is given one, since clients renew locks by it.</summary>
    public static NewMessage Read(Message message)
    {
        message.Properties ??= new Properties();
        if (message.Properties.GetMessageId()?.ToString() is not { Length: > 0 } id)
            message.Properties.MessageId = id = Guid.NewGuid().ToString("n");
        // Those are between the sender and us.
        message.DeliveryAnnotations = null;
        return new NewMessage(
            id,
            Encode(message),
            message.Header is { Ttl: > 0 and < uint.MaxValue } header ? TimeSpan.FromMilliseconds(header.Ttl) : null,
            ScheduledTimeOf(message));
    }

    public static DateTimeOffset? ScheduledTimeOf(Message message) =>
        message.MessageAnnotations?[ScheduledEnqueueTime] is DateTime time ? new(time.ToUniversalTime()) : null;

    public static NewMessage Read(byte[] encoded) => Read(Decode(encoded));

    /// <summary>A message that is received, with all that the queue knows of it.</summary>
    public static LockedMessage Write(QueuedMessage queued)
    {
        var content = Decode(queued.Content);
        var message = new LockedMessage(queued.Lock?.Token)
        {
            Header = content.Header ?? new Header(),
            MessageAnnotations = content.MessageAnnotations ?? new MessageAnnotations(),
            Properties = content.Properties,
            ApplicationProperties = content.ApplicationProperties,
            BodySection = content.BodySection,
            Footer = content.Footer,
        };
        message.Header.DeliveryCount = (uint)queued.DeliveryCount;
        Annotate(message.MessageAnnotations, queued);
        if (queued.DeadLetter is { } dead)
            SetProperties(message, Reasons(dead));
        return message;
    }

    static void Annotate(MessageAnnotations annotations, QueuedMessage queued)
    {
        annotations[new Symbol("x-opt-sequence-number")] = queued.Sequence;
        annotations[new Symbol("x-opt-enqueue-sequence-number")] = queued.EnqueuedSequence;
        annotations[new Symbol("x-opt-enqueued-time")] = queued.EnqueuedAt.UtcDateTime;
        annotations[new Symbol("x-opt-message-state")] = queued.ScheduledFor is null ? 0 : 2;
        if (queued.Lock is { } held)
            annotations[new Symbol("x-opt-locked-until")] = held.Until.UtcDateTime;
        if (queued.DeadLetter is { } dead)
            annotations[new Symbol("x-opt-deadletter-source")] = dead.Source;
    }

    static Dictionary<string, object> Reasons(DeadLetter dead)
    {
        var reasons = new Dictionary<string, object>();
        if (dead.Reason is not null)
            reasons["DeadLetterReason"] = dead.Reason;
        if (dead.Description is not null)
            reasons["DeadLetterErrorDescription"] = dead.Description;
        return reasons;
    }

    /// <summary>What puts properties on a content; null for none.</summary>
    public static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? Noting(
        ICollection<KeyValuePair<string, object>>? properties) => properties is not { Count: > 0 }
            ? null
            : content =>
            {
                var message = Decode(content);
                SetProperties(message, properties);
                return Encode(message);
            };

    /// <summary>Keys are strings from one client and symbols from another.</summary>
    public static Dictionary<string, object> PropertiesOf(Map? map) => (map ?? [])
        .Where(entry => entry.Value is not null)
        .ToDictionary(entry => entry.Key.ToString()!, entry => entry.Value);

    public static byte[] Encode(Message message)
    {
        var buffer = message.Encode();
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
    }

    public static Message Decode(ReadOnlyMemory<byte> encoded)
    {
        var bytes = encoded.ToArray();
        return Message.Decode(new ByteBuffer(bytes, 0, bytes.Length, bytes.Length));
    }

    static void SetProperties(Message message, IEnumerable<KeyValuePair<string, object>> properties)
    {
        message.ApplicationProperties ??= new ApplicationProperties();
        foreach (var (name, value) in properties)
            message.ApplicationProperties[name] = value;
    }
}

/// <summary>A message on its way to a receiver. Its delivery's tag is the token of its lock.</summary>
sealed class LockedMessage(Guid? token) : Message
{
    public Guid? Token => token;
}
