// Declared as in Azure.Messaging.ServiceBus 7.21.0, repository Azure/azure-sdk-for-net, folder
// sdk/servicebus/Azure.Messaging.ServiceBus/src. Only what src/Functions or the runtime uses; each type names the file that
// it was read from. The package says nothing of null: here a parameter that may be null says so, and a result never is.

using Azure.Core;

namespace Azure.Messaging.ServiceBus;

// Client/ServiceBusClient.cs
public class ServiceBusClient : IAsyncDisposable
{
    protected ServiceBusClient()
    {
    }

    public ServiceBusClient(string connectionString) => throw new NotSupportedException(Declared.Only);

    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential) =>
        throw new NotSupportedException(Declared.Only);

    public virtual string FullyQualifiedNamespace => throw new NotSupportedException(Declared.Only);

    public virtual ServiceBusSender CreateSender(string queueOrTopicName) =>
        throw new NotSupportedException(Declared.Only);

    public virtual ServiceBusReceiver CreateReceiver(string queueName) =>
        throw new NotSupportedException(Declared.Only);

    public virtual ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions? options) =>
        throw new NotSupportedException(Declared.Only);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

// Sender/ServiceBusSender.cs
public class ServiceBusSender : IAsyncDisposable
{
    protected ServiceBusSender()
    {
    }

    public virtual string EntityPath => throw new NotSupportedException(Declared.Only);

    public virtual Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(Declared.Only);

    public virtual Task SendMessagesAsync(
        IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(Declared.Only);

    public virtual Task<long> ScheduleMessageAsync(
        ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(Declared.Only);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

// Receiver/ServiceBusReceiver.cs
public class ServiceBusReceiver : IAsyncDisposable
{
    protected ServiceBusReceiver()
    {
    }

    public virtual string EntityPath => throw new NotSupportedException(Declared.Only);

    public virtual ServiceBusReceiveMode ReceiveMode => throw new NotSupportedException(Declared.Only);

    public virtual Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
        int maxMessages, TimeSpan? maxWaitTime = default, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(Declared.Only);

    public virtual Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
        int maxMessages, long? fromSequenceNumber = default, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(Declared.Only);

    public virtual Task CompleteMessageAsync(
        ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(Declared.Only);

    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = default,
        CancellationToken cancellationToken = default) => throw new NotSupportedException(Declared.Only);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

// Receiver/ServiceBusReceiverOptions.cs
public class ServiceBusReceiverOptions
{
    public ServiceBusReceiveMode ReceiveMode { get; set; } = ServiceBusReceiveMode.PeekLock;

    public SubQueue SubQueue { get; set; } = SubQueue.None;
}

// Receiver/ServiceBusReceiveMode.cs
public enum ServiceBusReceiveMode
{
    PeekLock,
    ReceiveAndDelete,
}

// Primitives/SubQueue.cs
public enum SubQueue
{
    None = 0,
    DeadLetter = 1,
    TransferDeadLetter = 2,
}

// Primitives/ServiceBusException.cs
public class ServiceBusException : Exception
{
    public ServiceBusException(
        string message, ServiceBusFailureReason reason, string? entityPath = default, Exception? innerException = default)
        : base(message, innerException)
    {
        IsTransient = reason is ServiceBusFailureReason.ServiceCommunicationProblem
            or ServiceBusFailureReason.ServiceTimeout or ServiceBusFailureReason.ServiceBusy;
        Reason = reason;
        EntityPath = entityPath!;
    }

    public ServiceBusException()
    {
    }

    public bool IsTransient { get; }

    public ServiceBusFailureReason Reason { get; }

    public string EntityPath { get; } = null!;
}

// Primitives/ServiceBusFailureReason.cs
public enum ServiceBusFailureReason
{
    GeneralError,
    MessagingEntityNotFound,
    MessageLockLost,
    MessageNotFound,
    MessageSizeExceeded,
    MessagingEntityDisabled,
    QuotaExceeded,
    ServiceBusy,
    ServiceTimeout,
    ServiceCommunicationProblem,
    SessionCannotBeLocked,
    SessionLockLost,
    MessagingEntityAlreadyExists,
}

static class Declared
{
    public const string Only = "The SDK is declared here, not implemented; the local host brings a client of its own.";
}
