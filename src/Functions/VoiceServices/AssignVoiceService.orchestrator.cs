using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Telephony.Functions.MainNumber;
using Telephony.Functions.Operations;

namespace Telephony.Functions.VoiceServices;

/// <summary>
/// Gives an account a voice service and the numbers that it lacks: take the shortfall, start the activation of the main
/// number that came with it, then close the operation. It is named by account and site, so that two of them never run
/// at once.
/// </summary>
public static class AssignVoiceService2
{
    [Function(nameof(AssignVoiceService2))]
    public static Task<OperationState> Run([OrchestrationTrigger] TaskOrchestrationContext context, string operation)
    {
        var cancel = context.WaitForExternalEvent<string?>(OperationEvents.Cancel(operation));
        return OperationSteps.RunAsync(context, operation, Steps, cancel);

        async Task<(OperationState State, OperationReason? Reason)> Steps()
        {
            var refusal = await context.CallActivityAsync<OperationReason?>(
                nameof(TakeShortfall), new OperationStepInput(operation, context.CurrentUtcDateTime),
                Limits.Take.Options(cancel));
            if (refusal is not null)
                return (OperationState.Refused, refusal);

            // Started and not waited for: the platform may take days.
            await context.CallActivityAsync<bool>(
                nameof(StartLinked), operation, Limits.StartLinked.Options(cancel));
            return (OperationState.Succeeded, null);
        }
    }
}

/// <summary>The first version, for instances that began with it: the sweep starts what it does not.</summary>
public static class AssignVoiceService
{
    [Function(nameof(AssignVoiceService))]
    public static Task<OperationState> Run([OrchestrationTrigger] TaskOrchestrationContext context, string operation)
    {
        return OperationSteps.RunAsync(context, operation, Take);

        async Task<(OperationState State, OperationReason? Reason)> Take()
        {
            var refusal = await context.CallActivityAsync<OperationReason?>(
                nameof(TakeShortfall), new OperationStepInput(operation, context.CurrentUtcDateTime),
                Limits.Take.Options());
            return (refusal is null ? OperationState.Succeeded : OperationState.Refused, refusal);
        }
    }
}
