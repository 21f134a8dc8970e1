using Microsoft.DurableTask;
using Telephony.Functions.MainNumber;

namespace Telephony.Functions.Operations;

/// <summary>
/// Carries out an operation that the platform has to answer: ask it, wait for its word, see what it was. The word
/// itself changes the numbers, in the transaction that writes it down; this only knows when to look, to remind, and to
/// give up.
/// </summary>
static class PlatformWait
{
    /// <param name="context">The orchestration.</param>
    /// <param name="operation">Its operation.</param>
    /// <param name="begin">The activity that asks.</param>
    /// <param name="settle">The activity that sees what became of it, and undoes what was begun where it is over.
    /// </param>
    public static Task<OperationState> RunAsync(
        TaskOrchestrationContext context, string operation, TaskName begin, TaskName settle)
    {
        var cancel = context.WaitForExternalEvent<string?>(OperationEvents.Cancel(operation));
        var look = context.WaitForExternalEvent<string?>(OperationEvents.Look(operation));
        return OperationSteps.RunAsync(context, operation, Steps, cancel);

        async Task<(OperationState State, OperationReason? Reason)> Steps()
        {
            var begun = await Begin();
            if (begun.Refusal is not null)
                return (OperationState.Refused, begun.Refusal);
            return begun.Wait is { } wait ? await Waited(wait) : (OperationState.Succeeded, null);
        }

        async Task<Begun> Begin()
        {
            try
            {
                return await context.CallActivityAsync<Begun>(begin, Input(), Limits.Begin.Options(cancel));
            }
            catch (TaskFailedException)
            {
                // A try may have been written down though its answer was lost: nobody would wait for those numbers.
                await Settle(cancel.IsCompleted ? Cause.Cancel : Cause.Fault);
                throw;
            }
        }

        async Task<(OperationState State, OperationReason? Reason)> Waited(OperationWait wait)
        {
            using var stop = new CancellationTokenSource();
            var reminder = context.CreateTimer(wait.RemindsAt.UtcDateTime, stop.Token);
            var deadline = context.CreateTimer(wait.Until.UtcDateTime, stop.Token);
            List<Task> causes = [look, cancel, reminder, deadline];
            while (true)
            {
                var cause = await Task.WhenAny(causes);
                causes.Remove(cause);
                if (cause == reminder)
                {
                    await Remind();
                    continue;
                }

                var settled = await Settle(
                    cause == look ? Cause.Look : cause == cancel ? Cause.Cancel : Cause.Deadline);
                if (settled.State is { } state)
                {
                    StepLimit.Stop(stop);
                    return (state, settled.Reason);
                }

                // It looked too early, or at something else: the next to say so must be heard as well.
                if (cause == look)
                    causes.Add(look = context.WaitForExternalEvent<string?>(OperationEvents.Look(operation)));
            }
        }

        // Not called off: what was begun has to be undone.
        Task<Settled> Settle(Cause cause) => context.CallActivityAsync<Settled>(
            settle, new SettleInput(operation, cause, context.CurrentUtcDateTime),
            Limits.Settle.Options());

        async Task Remind()
        {
            try
            {
                await context.CallActivityAsync<bool>(
                    nameof(RemindOfActivation), Input(), Limits.Remind.Options(cancel));
            }
            catch (TaskFailedException)
            {
                // Nobody could be reminded: the platform may answer all the same, and the deadline comes anyhow.
            }
        }

        OperationStepInput Input() => new(operation, context.CurrentUtcDateTime);
    }
}
