using System.Globalization;
using Microsoft.DurableTask;

namespace Telephony.Functions.Operations;

/// <summary>One part of a change that is larger than a transaction: which, from 1, and of which operation.</summary>
public sealed record PartInput(string Operation, int Part, DateTimeOffset Now)
{
    /// <summary>What the part's step is called, such as <c>assign-2</c>.</summary>
    public string Step(string name) => string.Create(CultureInfo.InvariantCulture, $"{name}-{Part}");
}

/// <summary>What a part came to.</summary>
/// <param name="Refusal">Why nothing was changed; null when it is done.</param>
/// <param name="HasMore">Whether another part has to follow.</param>
public sealed record PartResult(OperationReason? Refusal, bool HasMore);

/// <summary>What has to be done part by part before the change itself.</summary>
/// <param name="Activity">Carries out one part.</param>
/// <param name="PartsMax">How many there are at most.</param>
sealed record PartsBefore(TaskName Activity, int PartsMax);

/// <summary>
/// Carries out an operation whose change may be larger than a transaction: part by part until nothing is left, then its
/// end is written down.
/// </summary>
static class InParts
{
    /// <summary>
    /// Each part changes up to 97 blocks; the masks of eight are what one property of the operation's row can hold.
    /// </summary>
    public const int PartsMax = 8;

    static readonly OperationReason TooMany = new(
        "too-many-numbers",
        "More numbers are left than one operation can change. Send the request again with a new Idempotency-Key.");

    /// <param name="context">The orchestration.</param>
    /// <param name="operation">Its operation.</param>
    /// <param name="activity">Carries out one part.</param>
    /// <param name="limit">How often a part is tried.</param>
    /// <param name="andThen">What follows the last part; null for nothing.</param>
    /// <param name="before">What comes before the first part, in parts as well; null for nothing.</param>
    /// <param name="partsMax">How many parts it may have.</param>
    public static Task<OperationState> RunAsync(
        TaskOrchestrationContext context, string operation, TaskName activity, StepLimit limit,
        Func<Task>? andThen = null, PartsBefore? before = null, int partsMax = PartsMax)
    {
        var cancel = context.WaitForExternalEvent<string?>(OperationEvents.Cancel(operation));
        return OperationSteps.RunAsync(context, operation, Parts, cancel);

        async Task<(OperationState State, OperationReason? Reason)> Parts()
        {
            if (before is not null && await Rest(before.Activity, before.PartsMax) is { Ended: { } early })
                return early;
            var (ended, hasMore) = await Rest(activity, partsMax);
            if (ended is { } end)
                return end;

            if (andThen is not null)
                await andThen();
            return hasMore ? (OperationState.Partial, TooMany) : (OperationState.Succeeded, null);
        }

        // One part after the other; how it ended when it could not go on.
        async Task<((OperationState, OperationReason?)? Ended, bool HasMore)> Rest(TaskName part, int partsMax)
        {
            var done = new PartResult(null, HasMore: true);
            for (var number = 1; number <= partsMax && done.HasMore; number++)
            {
                if (cancel.IsCompleted)
                    return ((OperationState.Cancelled, StepFailures.Cancelled), false);
                done = await context.CallActivityAsync<PartResult>(
                    part, new PartInput(operation, number, context.CurrentUtcDateTime), limit.Options(cancel));
                if (done.Refusal is { } refusal)
                    return ((number == 1 ? OperationState.Refused : OperationState.Partial, refusal), false);
            }

            return (null, done.HasMore);
        }
    }
}
