using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Assignment;

/// <summary>
/// Assigns numbers to users, handsets and spaces, a few in each transaction. Users are in another partition than
/// numbers: one who is gone by the time that the number is theirs loses it again.
/// </summary>
public static class AssignNumbers
{
    static readonly OperationReason None = new(
        "none-assigned", "None of the numbers could be assigned; 'errors' says why each could not.");

    static readonly OperationReason Some = new(
        AssignmentWords.SomeNot, "Some numbers could not be assigned; 'errors' says why each could not. Do what it "
        + "says, then retry.");

    [Function(nameof(AssignNumbers))]
    public static Task<OperationState> Run([OrchestrationTrigger] TaskOrchestrationContext context, string operation)
    {
        var cancel = context.WaitForExternalEvent<string?>(OperationEvents.Cancel(operation));
        return OperationSteps.RunAsync(context, operation, Steps, cancel);

        async Task<(OperationState State, OperationReason? Reason)> Steps()
        {
            var (assigned, refused, only) = (0, 0, (OperationReason?)null);
            var last = new AssignedPart(0, 0, null, [], HasMore: true);
            for (var part = 1; part <= AssignPart.PartsMax && last.HasMore; part++)
            {
                if (cancel.IsCompleted)
                    return (OperationState.Cancelled, StepFailures.Cancelled);
                last = await context.CallActivityAsync<AssignedPart>(
                    nameof(AssignPart), new PartInput(operation, part, context.CurrentUtcDateTime),
                    Limits.Assign.Options(cancel));
                (assigned, refused, only) = (assigned + last.Assigned, refused + last.Refused, only ?? last.Reason);
                if (last.Gone.Count == 0)
                    continue;

                // Not called off: what was begun has to be undone.
                var undone = await context.CallActivityAsync<UndonePart>(
                    nameof(UndoAssignment), new UndoInput(operation, part, last.Gone, context.CurrentUtcDateTime),
                    Limits.Undo.Options());
                (assigned, refused, only) = (assigned - undone.Count, refused + undone.Count, only ?? undone.Reason);
            }

            return refused == 0 ? (OperationState.Succeeded, null)
                : assigned > 0 ? (OperationState.Partial, Some)
                : (OperationState.Refused, refused == 1 ? only : None);
        }
    }
}
