using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Telephony.Functions.Operations;

namespace Telephony.Functions.VoiceServices;

/// <summary>
/// Gives an account a voice service and the numbers that it lacks: take the shortfall, then close the operation. It is
/// named by account and site, so that two of them never run at once.
/// </summary>
public static class AssignVoiceService
{
    [Function(nameof(AssignVoiceService))]
    public static async Task<OperationState> Run(
        [OrchestrationTrigger] TaskOrchestrationContext context, string operation)
    {
        var (state, reason) = await Take();
        context.SetCustomStatus(null);

        // Not caught: an operation that cannot be closed must be seen as an orchestration that failed.
        return await context.CallActivityAsync<OperationState>(
            nameof(CloseOperation), new CloseInput(operation, state, reason, context.CurrentUtcDateTime), Limits.Close);

        async Task<(OperationState State, OperationReason? Reason)> Take()
        {
            try
            {
                var refusal = await context.CallActivityAsync<OperationReason?>(
                    nameof(TakeShortfall), new OperationStepInput(operation, context.CurrentUtcDateTime), Limits.Take);
                return (refusal is null ? OperationState.Succeeded : OperationState.Refused, refusal);
            }
            catch (TaskFailedException e)
            {
                return (OperationState.Failed, StepFailures.Reason(e));
            }
        }
    }
}
