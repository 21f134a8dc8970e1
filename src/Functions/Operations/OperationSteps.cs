using Microsoft.DurableTask;

namespace Telephony.Functions.Operations;

/// <summary>Carries an operation's steps out and writes its end down, whatever becomes of them.</summary>
static class OperationSteps
{
    /// <param name="context">The orchestration.</param>
    /// <param name="operation">Its operation.</param>
    /// <param name="steps">How they ended; a step that failed for good may throw.</param>
    /// <param name="cancel">Completes when somebody calls it off; null where nobody can.</param>
    public static async Task<OperationState> RunAsync(
        TaskOrchestrationContext context, string operation,
        Func<Task<(OperationState State, OperationReason? Reason)>> steps, Task? cancel = null)
    {
        var (state, reason) = await Ended();
        context.SetCustomStatus(null);

        // Not caught: an operation that cannot be closed must be seen as an orchestration that failed.
        return await context.CallActivityAsync<OperationState>(
            nameof(CloseOperation), new CloseInput(operation, state, reason, context.CurrentUtcDateTime), Limits.Close);

        async Task<(OperationState State, OperationReason? Reason)> Ended()
        {
            try
            {
                return await steps();
            }
            catch (TaskFailedException e)
            {
                return cancel is { IsCompleted: true }
                    ? (OperationState.Cancelled, StepFailures.Cancelled)
                    : (OperationState.Failed, StepFailures.Reason(e));
            }
        }
    }
}
