using Microsoft.DurableTask;

namespace Telephony.Functions.Operations;

/// <summary>
/// What people are told of a step that failed. The failure's own message stays in the log: it may name hosts and
/// accounts.
/// </summary>
static class StepFailures
{
    public const string Code = "step-failed";

    public static readonly OperationReason Cancelled = new(
        "cancelled", "It was called off. Retry it, or send the request again with a new Idempotency-Key.");

    public static OperationReason Reason(TaskFailedException e) => new(
        Code,
        $"The step {e.TaskName} failed for good: {Text(e.FailureDetails)}. What was taken stays taken; send the "
        + "request again with a new Idempotency-Key.");

    public static string Text(TaskFailureDetails failure) => failure.ErrorType switch
    {
        "Azure.RequestFailedException" => "table storage turned the request down",
        "Telephony.Functions.Storage.SiteBusyException" => "many other changes at this site came first",
        "System.Threading.Tasks.TaskCanceledException" or "System.AggregateException" or "System.IO.IOException" =>
            "table storage did not answer",
        _ => "an unexpected fault",
    };
}
