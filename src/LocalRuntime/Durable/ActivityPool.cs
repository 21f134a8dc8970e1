using Microsoft.DurableTask;

namespace Telephony.LocalRuntime.Durable;

/// <summary>Runs activities, so many at once.</summary>
sealed class ActivityPool(IDurableFunctions functions, DataConverter payloads, DurableOptions options) : IDisposable
{
    readonly SemaphoreSlim free = new(options.ActivitiesMax);

    /// <summary>How the activity ended; null when it was cancelled, which is no outcome.</summary>
    public async Task<HistoryEvent?> RunAsync(string instanceId, Step.Activity activity, CancellationToken ct)
    {
        // Not on the loop's thread: an activity may block.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await free.WaitAsync(ct);
            try
            {
                return await CallAsync(instanceId, activity, ct);
            }
            finally
            {
                free.Release();
            }
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            return new HistoryEvent.ActivityFailed(default, activity.Id, activity.Name, Failures.From(exception));
        }
    }

    public void Dispose() => free.Dispose();

    async Task<HistoryEvent> CallAsync(string instanceId, Step.Activity activity, CancellationToken ct)
    {
        if (!functions.HasActivity(activity.Name))
        {
            return Final(activity, "ActivityTaskNotFound", $"No activity task named '{activity.Name}' was found.");
        }

        var result = await functions.RunActivityAsync(
            activity.Name, instanceId, type => payloads.Deserialize(activity.Input, type), ct);
        var payload = payloads.Serialize(result);
        return payload?.Length > options.PayloadMax
            ? Final(
                activity,
                "PayloadTooLarge",
                $"The result of activity '{activity.Name}' has {payload.Length} characters; " +
                $"at most {options.PayloadMax} are kept.")
            : new HistoryEvent.ActivityCompleted(default, activity.Id, activity.Name, payload);
    }

    static HistoryEvent.ActivityFailed Final(Step.Activity activity, string type, string message) =>
        new(default, activity.Id, activity.Name, Failures.Of(type, message), Final: true);
}
