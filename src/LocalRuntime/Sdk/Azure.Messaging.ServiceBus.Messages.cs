// Declared as in Azure.Messaging.ServiceBus 7.21.0, repository Azure/azure-sdk-for-net, folder
// sdk/servicebus/Azure.Messaging.ServiceBus/src.

namespace Azure.Messaging.ServiceBus;

// Primitives/ServiceBusMessage.cs
public class ServiceBusMessage
{
    public ServiceBusMessage()
    {
    }

    public ServiceBusMessage(string body) => Body = BinaryData.FromString(body);

    public ServiceBusMessage(ReadOnlyMemory<byte> body) => Body = BinaryData.FromBytes(body);

    public ServiceBusMessage(BinaryData body) => Body = body;

    // What the broker wrote on a message does not come with the copy.
    public ServiceBusMessage(ServiceBusReceivedMessage receivedMessage)
    {
        Body = receivedMessage.Body;
        MessageId = receivedMessage.MessageId;
        PartitionKey = receivedMessage.PartitionKey;
        TransactionPartitionKey = receivedMessage.TransactionPartitionKey;
        SessionId = receivedMessage.SessionId;
        ReplyToSessionId = receivedMessage.ReplyToSessionId;
        TimeToLive = receivedMessage.TimeToLive;
        CorrelationId = receivedMessage.CorrelationId;
        Subject = receivedMessage.Subject;
        To = receivedMessage.To;
        ContentType = receivedMessage.ContentType;
        ReplyTo = receivedMessage.ReplyTo;
        ScheduledEnqueueTime = receivedMessage.ScheduledEnqueueTime;
        foreach (var (name, value) in receivedMessage.ApplicationProperties)
            if (name is not ("DeadLetterReason" or "DeadLetterErrorDescription"))
                ApplicationProperties[name] = value;
    }

    public BinaryData Body { get; set; } = BinaryData.Empty;

    public string MessageId { get; set; } = null!;

    public string PartitionKey { get; set; } = null!;

    public string TransactionPartitionKey { get; set; } = null!;

    public string SessionId { get; set; } = null!;

    public string ReplyToSessionId { get; set; } = null!;

    public TimeSpan TimeToLive { get; set; } = TimeSpan.MaxValue;

    public string CorrelationId { get; set; } = null!;

    public string Subject { get; set; } = null!;

    public string To { get; set; } = null!;

    public string ContentType { get; set; } = null!;

    public string ReplyTo { get; set; } = null!;

    public DateTimeOffset ScheduledEnqueueTime { get; set; }

    public IDictionary<string, object> ApplicationProperties { get; } = new Dictionary<string, object>();
}

// Primitives/ServiceBusReceivedMessage.cs
public class ServiceBusReceivedMessage
{
    internal ServiceBusReceivedMessage()
    {
    }

    public BinaryData Body { get; internal init; } = BinaryData.Empty;

    public string MessageId { get; internal init; } = null!;

    public string PartitionKey { get; internal init; } = null!;

    public string TransactionPartitionKey { get; internal init; } = null!;

    public string SessionId { get; internal init; } = null!;

    public string ReplyToSessionId { get; internal init; } = null!;

    public TimeSpan TimeToLive { get; internal init; } = TimeSpan.MaxValue;

    public string CorrelationId { get; internal init; } = null!;

    public string Subject { get; internal init; } = null!;

    public string To { get; internal init; } = null!;

    public string ContentType { get; internal init; } = null!;

    public string ReplyTo { get; internal init; } = null!;

    public DateTimeOffset ScheduledEnqueueTime { get; internal init; }

    public IReadOnlyDictionary<string, object> ApplicationProperties { get; internal init; } =
        new Dictionary<string, object>();

    public string LockToken { get; internal init; } = null!;

    public int DeliveryCount { get; internal init; }

    public DateTimeOffset LockedUntil { get; internal init; }

    public long SequenceNumber { get; internal init; } = -1;

    public string DeadLetterSource { get; internal init; } = null!;

    public long EnqueuedSequenceNumber { get; internal init; }

    public DateTimeOffset EnqueuedTime { get; internal init; }

    public DateTimeOffset ExpiresAt => TimeToLive >= DateTimeOffset.MaxValue - EnqueuedTime
        ? DateTimeOffset.MaxValue
        : EnqueuedTime + TimeToLive;

    public string DeadLetterReason => Text("DeadLetterReason");

    public string DeadLetterErrorDescription => Text("DeadLetterErrorDescription");

    public ServiceBusMessageState State { get; internal init; }

    string Text(string name) => (ApplicationProperties.GetValueOrDefault(name) as string)!;
}

// Primitives/ServiceBusMessageState.cs
public enum ServiceBusMessageState
{
    Active = 0,
    Deferred = 1,
    Scheduled = 2,
}

// Primitives/ServiceBusModelFactory.cs
public static class ServiceBusModelFactory
{
    public static ServiceBusReceivedMessage ServiceBusReceivedMessage(
        BinaryData? body = default,
        string? messageId = default,
        string? partitionKey = default,
        string? viaPartitionKey = default,
        string? sessionId = default,
        string? replyToSessionId = default,
        TimeSpan timeToLive = default,
        string? correlationId = default,
        string? subject = default,
        string? to = default,
        string? contentType = default,
        string? replyTo = default,
        DateTimeOffset scheduledEnqueueTime = default,
        IDictionary<string, object>? properties = default,
        Guid lockTokenGuid = default,
        int deliveryCount = default,
        DateTimeOffset lockedUntil = default,
        long sequenceNumber = -1,
        string? deadLetterSource = default,
        long enqueuedSequenceNumber = default,
        DateTimeOffset enqueuedTime = default,
        ServiceBusMessageState serviceBusMessageState = default) => new()
    {
        Body = body ?? BinaryData.Empty,
        MessageId = messageId!,
        PartitionKey = partitionKey!,
        TransactionPartitionKey = viaPartitionKey!,
        SessionId = sessionId!,
        ReplyToSessionId = replyToSessionId!,
        TimeToLive = timeToLive == default ? TimeSpan.MaxValue : timeToLive,
        CorrelationId = correlationId!,
        Subject = subject!,
        To = to!,
        ContentType = contentType!,
        ReplyTo = replyTo!,
        ScheduledEnqueueTime = scheduledEnqueueTime,
        ApplicationProperties = new Dictionary<string, object>(properties ?? new Dictionary<string, object>()),
        LockToken = lockTokenGuid.ToString(),
        DeliveryCount = deliveryCount,
        LockedUntil = lockedUntil,
        SequenceNumber = sequenceNumber,
        DeadLetterSource = deadLetterSource!,
        EnqueuedSequenceNumber = enqueuedSequenceNumber,
        EnqueuedTime = enqueuedTime,
        State = serviceBusMessageState,
    };
}
