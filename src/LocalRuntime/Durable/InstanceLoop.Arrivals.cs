namespace Telephony.LocalRuntime.Durable;

/// <summary>What reaches the loop: stored rows, messages of this process, its activities and timers.</summary>
sealed partial class InstanceLoop
{
    /// <summary>Inbox rows of one step: a transaction has 100 operations.</summary>
    const int TakenMax = 90;

    /// <summary>Below what a timer can wait for.</summary>
    static readonly TimeSpan DelayMax = TimeSpan.FromDays(1);

    void Hear()
    {
        while (arrivals.Reader.TryRead(out var arrival))
        {
            switch (arrival)
            {
                case Arrival.Outcome outcome:
                    running.Remove(StepOf(outcome.Happened));
                    waiting.Add((outcome.Happened, null));
                    break;
                case Arrival.Sent sent when stored is not null && !IsKnown(sent.Row.Key):
                    Take(sent.Row);
                    break;
                case Arrival.Look:
                    stored = null;
                    break;
                case Arrival.Stop:
                    stopping = true;
                    break;
                case Arrival.Foreign:
                    fault = TurnEnd.Failed(Failures.Of(
                        typeof(InvalidOperationException).FullName!, ReplayContext.ForeignAwait));
                    break;
                default:
                    // A row that was sent while nothing is known here: it is read with the instance.
                    break;
            }
        }
    }

    /// <summary>Reads the instance. False when its run has ended or another engine holds it.</summary>
    async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await engine.Table.LoadAsync(id, ct) is not var (found, inbox))
        {
            engine.Changed(id);
            return false;
        }

        if (found.IsHeldByAnother(engine.Id, engine.Now))
        {
            if (begun.Count > 0)
            {
                DurableLog.TakenOver(engine.Log, id);
            }

            return false;
        }

        Execution ??= found.Execution;
        if (found.Execution != Execution)
        {
            // Left unread, so the engine starts another loop, for the run that is open now.
            Tell(new Arrival.Look());
            return false;
        }

        // Only a first event has not been seen: what is stored was committed by the turn that saw it.
        played = played == 0 && found.History.Count == 1 ? 0 : found.History.Count;
        turn = null;
        stored = found;
        var recorded = found.History.Select(StepOf).ToHashSet();
        waiting.RemoveAll(item => item.Key is not null || recorded.Contains(StepOf(item.Happened!)));
        foreach (var row in inbox)
        {
            Take(row);
        }

        return true;
    }

    /// <summary>A row for another run of the id, or one that history has already, is only removed.</summary>
    void Take(InboxRow row) =>
        waiting.Add((row.Execution == stored!.Execution && !IsRecorded(row.Key) ? row.ToEvent() : null, row.Key));

    bool IsKnown(string key) => IsRecorded(key) || waiting.Exists(item => item.Key == key);

    bool IsRecorded(string key) => stored!.History.Any(happened => happened switch
    {
        HistoryEvent.EventRaised raised => raised.Key == key,
        HistoryEvent.Terminated terminated => terminated.Key == key,
        _ => false,
    });

    IEnumerable<HistoryEvent> DueTimers() => turn is null ? [] : turn.Timers
        .Where(timer => timer.FireAt <= engine.Now.UtcDateTime)
        .OrderBy(timer => timer.FireAt).ThenBy(timer => timer.Id)
        .Select(timer => new HistoryEvent.TimerFired(default, timer.Id));

    /// <summary>The events with the time of this step, which never runs backwards.</summary>
    List<HistoryEvent> Timed(StoredInstance before, IEnumerable<HistoryEvent> events)
    {
        var (now, last) = (engine.Now, before.History[^1].At);
        return [.. events.Select(happened => happened with { At = now > last ? now : last })];
    }

    /// <summary>Runs an activity and tells the loop how it ended; nothing when it was cancelled.</summary>
    async Task RunAsync(Step.Activity activity)
    {
        var outcome = await engine.Activities.RunAsync(id, activity, activities.Token);
        if (outcome is not null)
        {
            Tell(new Arrival.Outcome(outcome));
        }
    }

    static int StepOf(HistoryEvent happened) => happened switch
    {
        HistoryEvent.ActivityCompleted completed => completed.Id,
        HistoryEvent.ActivityFailed failed => failed.Id,
        _ => -1,
    };
}
