using Microsoft.DurableTask;

namespace Telephony.Functions.Operations;

/// <summary>How often a step is tried, side by side, each with its reason.</summary>
static class Limits
{
    /// <summary>
    /// About ten minutes: longer than a restart of the storage account, short enough that people learn of it.
    /// </summary>
    public static readonly StepLimit Take = new("take", AttemptsMax: 10);

    /// <summary>As long as taking numbers: the part before stays done.</summary>
    public static readonly StepLimit GiveBack = new("give-back", AttemptsMax: 10);

    /// <summary>The same.</summary>
    public static readonly StepLimit Leave = new("leave", AttemptsMax: 10);

    /// <summary>The same.</summary>
    public static readonly StepLimit SetPart = new("set", AttemptsMax: 10);

    /// <summary>The same; the sweep forgets what is left.</summary>
    public static readonly StepLimit Forget = new("forget", AttemptsMax: 10);

    /// <summary>The same; the sweep starts what is left.</summary>
    public static readonly StepLimit StartLinked = new("start-activation", AttemptsMax: 10);

    /// <summary>As long as taking numbers.</summary>
    public static readonly StepLimit Begin = new("begin", AttemptsMax: 10);

    /// <summary>As long as taking numbers: the parts before stay done.</summary>
    public static readonly StepLimit Assign = new("assign", AttemptsMax: 10);

    /// <summary>As long as closing: what was begun has to be undone.</summary>
    public static readonly StepLimit Undo = new("undo", AttemptsMax: 40);

    /// <summary>A reminder that cannot be sent holds nothing up for long: the deadline comes anyhow.</summary>
    public static readonly StepLimit Remind = new("remind", AttemptsMax: 10);

    /// <summary>As long as closing: what was begun has to be undone.</summary>
    public static readonly StepLimit Settle = new(Operation.SettleStep, AttemptsMax: 40);

    /// <summary>
    /// Nearly three hours: numbers are taken by then, and an operation that never ends is worse than one that ends
    /// late. More tries would fill the orchestration's history with failures.
    /// </summary>
    public static readonly TaskOptions Close = new StepLimit("close", AttemptsMax: 40).Options();
}

/// <summary>
/// How often a step is tried: again after a growing pause, which says what it waits for and until when.
/// </summary>
/// <param name="Step">As people know it.</param>
/// <param name="AttemptsMax">Then the step has failed for good.</param>
sealed record StepLimit(string Step, int AttemptsMax)
{
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(5);

    /// <param name="cancel">Completes when somebody calls the operation off: then the step is not tried again.</param>
    public TaskOptions Options(Task? cancel = null) => TaskOptions.FromRetryHandler(async retry =>
    {
        if (retry.LastAttemptNumber >= AttemptsMax || cancel is { IsCompleted: true })
            return false;

        var context = retry.OrchestrationContext;
        var nextTryAt = context.CurrentUtcDateTime + Pause(retry.LastAttemptNumber);
        context.SetCustomStatus(new OperationProgress(
            Step, retry.LastAttemptNumber, StepFailures.Text(retry.LastFailure), nextTryAt));

        // The handler decides whether to try again; the SDK adds no pause of its own.
        using var pause = new CancellationTokenSource();
        var timer = context.CreateTimer(nextTryAt, pause.Token);
        var first = cancel is null ? timer : await Task.WhenAny(timer, cancel);
        if (first == timer)
        {
            await timer;
            return true;
        }

        Stop(pause);
        return false;
    });

    /// <summary>At once and on this thread, as everything in an orchestrator has to be.</summary>
    internal static void Stop(CancellationTokenSource timer) => timer.Cancel();

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
