// Declared as in Microsoft.Azure.DurableTask.Core 3.11.2.

namespace DurableTask.Core
{
    /// <summary>src/DurableTask.Core/FailureDetails.cs in Azure/durabletask.</summary>
    public class FailureDetails(
        string errorType,
        string errorMessage,
        string? stackTrace,
        FailureDetails? innerFailure,
        bool isNonRetriable,
        IDictionary<string, object?>? properties = null)
    {
        public string ErrorType { get; } = errorType;

        public string ErrorMessage { get; } = errorMessage;

        public string? StackTrace { get; } = stackTrace;

        public FailureDetails? InnerFailure { get; } = innerFailure;

        public bool IsNonRetriable { get; } = isNonRetriable;

        public IDictionary<string, object?>? Properties { get; } = properties;

        public override string ToString() => $"{ErrorType}: {ErrorMessage}";
    }
}

namespace DurableTask.Core.Exceptions
{
    /// <summary>src/DurableTask.Core/Exceptions/OrchestrationException.cs in Azure/durabletask.</summary>
    public class OrchestrationException : Exception
    {
        public OrchestrationException()
        {
        }

        public OrchestrationException(string message)
            : base(message)
        {
        }

        public OrchestrationException(string message, Exception innerException)
            : base(message, innerException)
        {
        }

        public OrchestrationException(int eventId, string message, Exception innerException)
            : base(message, innerException) => EventId = eventId;

        public int EventId { get; set; }

        public FailureDetails? FailureDetails { get; set; }
    }

    /// <summary>
    /// src/DurableTask.Core/Exceptions/TaskFailedException.cs in Azure/durabletask, not annotated there.
    /// </summary>
    public class TaskFailedException(
        int eventId, int scheduleId, string name, string version, string reason, Exception cause)
        : OrchestrationException(eventId, reason, cause)
    {
        public int ScheduleId { get; set; } = scheduleId;

        public string Name { get; set; } = name;

        public string Version { get; set; } = version;
    }

    /// <summary>
    /// src/DurableTask.Core/Exceptions/NonDeterministicOrchestrationException.cs in Azure/durabletask.
    /// </summary>
    public class NonDeterministicOrchestrationException : OrchestrationException
    {
        public NonDeterministicOrchestrationException(int eventId, string eventDetails)
            : base("Non-Deterministic workflow detected: " + eventDetails) => EventId = eventId;
    }

    /// <summary>src/DurableTask.Core/Exceptions/OrchestrationAlreadyExistsException.cs in Azure/durabletask.</summary>
    public class OrchestrationAlreadyExistsException : InvalidOperationException
    {
        public OrchestrationAlreadyExistsException()
        {
        }

        public OrchestrationAlreadyExistsException(string message)
            : base(message)
        {
        }

        public OrchestrationAlreadyExistsException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }
}
