using Microsoft.Extensions.Logging;

namespace Telephony.LocalRuntime.Durable;

/// <summary>What the durable engine says.</summary>
static partial class DurableLog
{
    [LoggerMessage(3001, LogLevel.Warning,
        "Instance {Instance}: attempt {Attempt} of {Activity} failed, trying again: {Reason}")]
    public static partial void Retrying(ILogger log, string instance, string activity, int attempt, string reason);

    [LoggerMessage(3002, LogLevel.Error,
        "Instance {Instance}: the retry predicate of {Activity} threw; no other attempt is made")]
    public static partial void PredicateFailed(ILogger log, Exception exception, string instance, string activity);

    [LoggerMessage(3003, LogLevel.Warning,
        "Instance {Instance}: storage did not answer as expected; read again in {Rest}")]
    public static partial void StorageFailed(ILogger log, Exception exception, string instance, TimeSpan rest);

    [LoggerMessage(3004, LogLevel.Error, "Instance {Instance} of {Orchestrator} failed: {Reason}")]
    public static partial void Failed(ILogger log, string instance, string orchestrator, string reason);

    [LoggerMessage(3005, LogLevel.Warning,
        "The search of bucket {Bucket} failed; it is made again after the poll interval")]
    public static partial void PollFailed(ILogger log, Exception exception, string bucket);

    [LoggerMessage(3006, LogLevel.Information, "Instance {Instance}: another process took it over")]
    public static partial void TakenOver(ILogger log, string instance);
}
