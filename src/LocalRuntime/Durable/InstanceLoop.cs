using System.Threading.Channels;
using Microsoft.DurableTask.Client;

namespace Telephony.LocalRuntime.Durable;

/// <summary>
/// Moves one instance: gathers what happened, replays, commits what follows in one transaction, then starts the
/// activities that were asked for. The row's version decides: a loop whose write is turned down reads again, and ends
/// when another engine holds the instance. It belongs to one execution of the id and ends when it finds another: what
/// it knows of steps and their outcomes is true of no other run.
/// </summary>
sealed partial class InstanceLoop : IDisposable
{
    readonly string id;
    readonly DurableEngine engine;
    readonly Channel<Arrival> arrivals = Channel.CreateUnbounded<Arrival>();
    readonly CancellationTokenSource activities = new();

    /// <summary>One task for all who cancel: the source is not to be disposed of before everybody was told.</summary>
    readonly Lazy<Task> cancellation;

    /// <summary>What is to be taken up, with the inbox row to remove; a row without an event is only removed.</summary>
    readonly List<(HistoryEvent? Happened, string? Key)> waiting = [];
    readonly HashSet<int> begun = [];
    readonly HashSet<int> running = [];
    StoredInstance? stored;
    Turn? turn;
    TurnEnd? fault;
    int played;
    bool stopping;

    /// <param name="id">The instance.</param>
    /// <param name="engine">What it shares with all loops of the process.</param>
    /// <param name="stored">Null to read it.</param>
    public InstanceLoop(string id, DurableEngine engine, StoredInstance? stored)
    {
        this.id = id;
        this.engine = engine;
        this.stored = stored;
        Execution = stored?.Execution;
        cancellation = new(activities.CancelAsync);
    }

    /// <summary>The run of the instance that this loop moves; null until it was read.</summary>
    public string? Execution { get; private set; }

    /// <summary>The version of the row while the instance only waits; null while it moves.</summary>
    public string? IdleVersion { get; private set; }

    /// <summary>False when the loop has ended and takes nothing more.</summary>
    public bool Tell(Arrival arrival) => arrivals.Writer.TryWrite(arrival);

    /// <summary>Whether it was told something after it ended.</summary>
    public bool HasUnread => arrivals.Reader.TryPeek(out _);

    /// <summary>Completed when the loop has ended.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public void Start(Func<Task> run) => Ended = Task.Run(run);

    /// <summary>Ends it and cancels its activities, because its run has ended; it takes nothing more.</summary>
    public void End()
    {
        arrivals.Writer.TryComplete();
        _ = cancellation.Value;
    }

    public async Task RunAsync(CancellationToken dead)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(dead, activities.Token);
        var log = engine.Log;
        try
        {
            while (!over.IsCancellationRequested)
            {
                try
                {
                    if (!await StepAsync(over.Token))
                    {
                        return;
                    }
                }
                catch (Exception failure) when (!over.IsCancellationRequested)
                {
                    // Written or not: what is stored says. Outcomes of activities are kept and told again.
                    DurableLog.StorageFailed(log, failure, id, engine.Options.Rest);
                    stored = null;
                    await Task.Delay(engine.Options.Rest, engine.Time, over.Token);
                }
            }
        }
        catch (Exception) when (over.IsCancellationRequested)
        {
            // Whatever was under way: nobody waits for it any more.
        }
        finally
        {
            arrivals.Writer.TryComplete();
            await cancellation.Value;
        }
    }

    public void Dispose() => activities.Dispose();

    /// <summary>One turn. False when there is nothing more to do here.</summary>
    async Task<bool> StepAsync(CancellationToken ct)
    {
        IdleVersion = null;
        Hear();
        if (stored is null && !await LoadAsync(ct))
        {
            return false;
        }

        var before = stored!;
        var taken = waiting.Take(TakenMax).ToList();
        var fresh = Timed(before, taken.Select(item => item.Happened).OfType<HistoryEvent>().Concat(DueTimers()));
        var (after, end) = Play(before, fresh);
        var keys = taken.Select(item => item.Key).OfType<string>();
        if (end is not null)
        {
            after = after with { Status = end.Status, Owner = "", WakeAt = StoredInstance.Never };
            await engine.Table.FinishAsync(before, after, end, keys, ct);
            engine.Finished(after, end);
            return false;
        }

        if (fresh.Count > 0 || taken.Count > 0 || after != before)
        {
            stored = await engine.Table.CommitAsync(before, after with { Updated = engine.Now }, keys, ct);
            waiting.RemoveRange(0, taken.Count);
            engine.Changed(id);
        }

        return await GoOnAsync(ct);
    }

    /// <summary>The instance as it is after the new events, and how it ended.</summary>
    (StoredInstance After, TurnEnd? End) Play(StoredInstance before, List<HistoryEvent> fresh)
    {
        List<HistoryEvent> history = [.. before.History, .. fresh];
        var text = before.HistoryText + string.Concat(fresh.Select(HistoryText.Write));
        if (Exceeded(history.Count, text.Length) is { } excess)
        {
            return (before with { Updated = engine.Now }, excess);
        }

        turn = engine.Replay.Run(id, history, played, () => Tell(new Arrival.Foreign()));
        played = history.Count;
        var after = before with
        {
            Status = OrchestrationRuntimeStatus.Running,
            CustomStatus = turn.CustomStatus,
            History = fresh.Count > 0 ? history : before.History,
            HistoryText = text,
        };
        var end = fault ?? turn.End;
        return end is null ? (Leased(after), null) : (after with { Updated = engine.Now }, end);
    }

    TurnEnd? Exceeded(int events, int characters)
    {
        var (eventsMax, charactersMax) = (engine.Options.HistoryEventsMax, engine.Options.HistoryTextMax);
        var excess = events > eventsMax ? $"{events} events; at most {eventsMax} are kept"
            : characters > charactersMax ? $"{characters} characters; at most {charactersMax} are kept"
            : null;
        return excess is null ? null : TurnEnd.Failed(Failures.Of("HistoryTooLarge", $"History has {excess}."));
    }

    /// <summary>Held while an activity runs, else let go until something is due, for any engine.</summary>
    StoredInstance Leased(StoredInstance after)
    {
        var (now, options) = (engine.Now, engine.Options);
        if (!turn!.Activities.Any())
        {
            return after with { Owner = "", Until = DateTimeOffset.UnixEpoch, WakeAt = NextTimer() };
        }

        if (stopping && running.Count == 0)
        {
            return after with { Owner = "", Until = DateTimeOffset.UnixEpoch, WakeAt = now };
        }

        var isEnough = after.Owner == engine.Id &&
            after.Until - now > options.Lease / 2 &&
            after.History == stored!.History;
        return isEnough
            ? after
            : after with { Owner = engine.Id, Until = now + options.Lease, WakeAt = StoredInstance.Never };
    }

    DateTimeOffset NextTimer() =>
        turn!.Timers.Select(timer => new DateTimeOffset(timer.FireAt)).DefaultIfEmpty(StoredInstance.Never).Min();

    /// <summary>Starts what was asked for and waits for the next thing to happen.</summary>
    async Task<bool> GoOnAsync(CancellationToken ct)
    {
        foreach (var activity in stopping ? [] : turn!.Activities.Where(activity => begun.Add(activity.Id)))
        {
            running.Add(activity.Id);
            _ = RunAsync(activity);
        }

        if (waiting.Count > 0)
        {
            return true;
        }

        if (running.Count == 0 && (stopping || engine.IsCrowded))
        {
            return false;
        }

        await WaitAsync(ct);
        return true;
    }

    async Task WaitAsync(CancellationToken ct)
    {
        IdleVersion = running.Count == 0 ? stored!.ETag.ToString() : null;
        var renewal = running.Count > 0 ? stored!.Until - (engine.Options.Lease / 2) : StoredInstance.Never;
        var timer = NextTimer();
        var delay = (timer < renewal ? timer : renewal) - engine.Now;
        if (delay <= TimeSpan.Zero)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var told = arrivals.Reader.WaitToReadAsync(either.Token).AsTask();
        await Task.WhenAny(told, Task.Delay(delay < DelayMax ? delay : DelayMax, engine.Time, either.Token));
        await either.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }
}
