using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Telephony.LocalRuntime.Durable;

/// <summary>Activities. Each attempt is a step, so a replay counts and waits as the first run did.</summary>
sealed partial class ReplayContext
{
    readonly ILogger retries = loggers.CreateLogger<ReplayContext>();

    public override async Task<TResult> CallActivityAsync<TResult>(
        TaskName name, object? input = null, TaskOptions? options = null)
    {
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException("TaskOptions were given as the activity's input.", nameof(input));
        }

        var completed = await CompleteAsync(name, payloads.Serialize(input), options?.Retry);
        return Read<TResult>(completed.Result);
    }

    async Task<HistoryEvent.ActivityCompleted> CompleteAsync(string name, string? input, TaskRetryOptions? retry)
    {
        var first = CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await Attempt(name, input);
            if (outcome is HistoryEvent.ActivityCompleted completed)
            {
                return completed;
            }

            var failed = (HistoryEvent.ActivityFailed)outcome;
            if (failed.Final || !await AgainAsync(retry, failed, attempt, first))
            {
                throw new TaskFailedException(name, failed.Id, failed.Failure);
            }

            if (!IsReplaying)
            {
                DurableLog.Retrying(retries, InstanceId, name, attempt, failed.Failure.ErrorMessage);
            }
        }
    }

    Task<HistoryEvent> Attempt(string name, string? input)
    {
        RefuseForeign();
        var fitting = Fitting(input, options.PayloadMax, $"The input of activity '{name}'");
        var activity = new Step.Activity(steps.Count, name, fitting);
        steps.Add(activity);
        return activity.Outcome.Task;
    }

    async Task<bool> AgainAsync(
        TaskRetryOptions? retry, HistoryEvent.ActivityFailed failed, int attempt, DateTime first)
    {
        if (retry?.Handler is { } handler)
        {
            var total = CurrentUtcDateTime - first;
            return await handler(new RetryContext(this, attempt, failed.Failure, total, CancellationToken.None));
        }

        if (retry?.Policy is not { } policy || Delay(policy, failed, attempt, first) is not { } delay)
        {
            return false;
        }

        await CreateTimer(delay, CancellationToken.None);
        return true;
    }

    /// <summary>As DurableTask.Core's RetryInterceptor computes it; null when this was the last attempt.</summary>
    TimeSpan? Delay(RetryPolicy policy, HistoryEvent.ActivityFailed failed, int attempt, DateTime first)
    {
        if (attempt >= policy.MaxNumberOfAttempts ||
            !Handles(policy, failed) ||
            (policy.RetryTimeout != Timeout.InfiniteTimeSpan && CurrentUtcDateTime >= first + policy.RetryTimeout))
        {
            return null;
        }

        var delay = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        var max = policy.MaxRetryInterval;
        return max == Timeout.InfiniteTimeSpan || delay < max.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(delay)
            : max;
    }

    bool Handles(RetryPolicy policy, HistoryEvent.ActivityFailed failed)
    {
        try
        {
            return policy.Handle(Failures.ForPolicy(failed.Id, failed.Name, failed.Failure));
        }
        catch (Exception exception)
        {
            // As the framework does: a predicate that throws must not hide the activity's own failure.
            DurableLog.PredicateFailed(retries, exception, InstanceId, failed.Name);
            return false;
        }
    }
}
