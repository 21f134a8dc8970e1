using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Telephony.Functions.Operations;

namespace Telephony.Functions.MainNumber;

/// <summary>
/// Makes a nominated number an account's main number: reserve it and ask the platform, wait for its word, see what it
/// was. The word itself puts the number in service, in the transaction that writes it down; this only knows when to
/// look, to remind, and to give up. It is named by account and site, so that two of them never run at once.
/// </summary>
public static class ActivateMainNumber
{
    [Function(nameof(ActivateMainNumber))]
    public static Task<OperationState> Run([OrchestrationTrigger] TaskOrchestrationContext context, string operation)
    {
        var cancel = context.WaitForExternalEvent<string?>(OperationEvents.Cancel(operation));
        var look = context.WaitForExternalEvent<string?>(OperationEvents.Look(operation));
        return OperationSteps.RunAsync(context, operation, Steps, cancel);

        async Task<(OperationState State, OperationReason? Reason)> Steps()
        {
            var begun = await Begun();
            if (begun.Refusal is not null)
                return (OperationState.Refused, begun.Refusal);
            return begun.Wait is { } wait ? await Waited(wait) : (OperationState.Succeeded, null);
        }

        async Task<BegunMain> Begun()
        {
            try
            {
                return await context.CallActivityAsync<BegunMain>(
                    nameof(BeginMainNumber), Input(), Limits.Begin.Options(cancel));
            }
            catch (TaskFailedException)
            {
                // A try may have been written down though its answer was lost: nobody would wait for that number.
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
        Task<SettledMain> Settle(Cause cause) => context.CallActivityAsync<SettledMain>(
            nameof(SettleMainNumber), new SettleInput(operation, cause, context.CurrentUtcDateTime),
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
