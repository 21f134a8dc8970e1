using Microsoft.DurableTask;

namespace Telephony.Functions.Operations;

/// <summary>How often a step is tried, side by side, each with its reason.</summary>
static class Limits
{
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(5);

    /// <summary>
    /// About ten minutes: longer than a restart of the storage account, short enough that people learn of it.
    /// </summary>
    public static readonly TaskOptions Take = Visible("take", attemptsMax: 10);

    /// <summary>As long as taking numbers: the part before stays done.</summary>
    public static readonly TaskOptions GiveBack = Visible("give-back", attemptsMax: 10);

    /// <summary>The same.</summary>
    public static readonly TaskOptions Leave = Visible("leave", attemptsMax: 10);

    /// <summary>The same; the sweep forgets what is left.</summary>
    public static readonly TaskOptions Forget = Visible("forget", attemptsMax: 10);

    /// <summary>
    /// Nearly three hours: numbers are taken by then, and an operation that never ends is worse than one that ends
    /// late. More tries would fill the orchestration's history with failures.
    /// </summary>
    public static readonly TaskOptions Close = Visible("close", attemptsMax: 40);

    /// <summary>
    /// Tries again after a growing pause, and says so: step, attempt, reason and the time of the next try.
    /// </summary>
    static TaskOptions Visible(string step, int attemptsMax) => TaskOptions.FromRetryHandler(async retry =>
    {
        if (retry.LastAttemptNumber >= attemptsMax)
            return false;

        var context = retry.OrchestrationContext;
        var nextTryAt = context.CurrentUtcDateTime + Pause(retry.LastAttemptNumber);
        context.SetCustomStatus(new OperationProgress(
            step, retry.LastAttemptNumber, StepFailures.Text(retry.LastFailure), nextTryAt));

        // The handler decides whether to try again; the SDK adds no pause of its own.
        await context.CreateTimer(nextTryAt, CancellationToken.None);
        return true;
    });

    static TimeSpan Pause(int attempt)
    {
        var doubled = FirstPause * Math.Pow(2, Math.Min(attempt - 1, 16));
        return doubled < PauseMax ? doubled : PauseMax;
    }
}

/// <summary>Why an operation has not ended yet, while a step is tried again.</summary>
/// <param name="Step">The step that failed.</param>
/// <param name="Attempt">How often it was tried.</param>
/// <param name="Reason">What was in the way.</param>
/// <param name="NextTryAt">When it is tried again, in UTC.</param>
public sealed record OperationProgress(string Step, int Attempt, string Reason, DateTime NextTryAt);
