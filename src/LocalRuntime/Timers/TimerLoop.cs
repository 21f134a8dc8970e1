namespace Telephony.LocalRuntime.Timers;

/// <summary>
/// Runs one function by its schedule, one run after the other. The row decides: who holds it runs the occurrence that
/// it names, and lets go of it with the next one.
/// </summary>
/// <param name="timer">What to run.</param>
/// <param name="engine">What it shares with all timers of the process.</param>
sealed class TimerLoop(LocalTimer timer, TimerEngine engine)
{
    readonly TimerRun run = new(timer, engine);

    /// <summary>
    /// True after a start, and when the process that held the row has died: what lies in the past then was missed. At
    /// other times it only waited for the run before it.
    /// </summary>
    bool isStarting = true;

    public async Task RunAsync()
    {
        while (!engine.IsStopping)
        {
            try
            {
                await StepAsync(engine.Stop);
            }
            catch (Exception e) when (!engine.IsStopping)
            {
                // Written or not: the row says.
                Log.TimerStorageFailed(engine.Log, e, timer.Name, engine.Options.Rest);
                await engine.WaitAsync(engine.Options.Rest, engine.Stop);
            }
            catch (Exception) when (engine.IsStopping)
            {
                // Whatever was under way: nobody waits for it any more.
            }
        }
    }

    /// <summary>One look at the row, and what follows from it.</summary>
    async Task StepAsync(CancellationToken stop)
    {
        if (await FindAsync(stop) is not { } found)
            return;

        if (found.IsHeldByAnother(engine.Id, engine.Now))
        {
            await WaitUntilAsync(found.Until, stop);
            return;
        }

        isStarting |= found.IsLeftByAnother(engine.Id, engine.Now);
        if ((isStarting ? await TakeUpAsync(found, stop) : found) is not { } row)
            return;

        var now = engine.Now;
        var isPastDue = isStarting && row.Status.Next < now;
        if (row.Status.Next > now)
        {
            isStarting = false;
            await WaitUntilAsync(row.Status.Next, stop);
        }
        else if (await engine.Table.TryReplaceAsync(engine.Leased(row), stop) is { } held)
        {
            isStarting = false;
            await run.RunAsync(held, isPastDue);
        }
    }

    /// <summary>The row, which the first process to look makes; null when another was just quicker.</summary>
    async Task<StoredTimer?> FindAsync(CancellationToken stop) =>
        await engine.Table.FindAsync(timer.Name, stop)
        ?? await engine.Table.TryInsertAsync(
            new StoredTimer(timer.Name, TimerStatus.Begin(timer.Schedule, engine.Now)), stop);

    /// <summary>
    /// The row as it is right for a start: under the schedule of now and, when none is kept, without a past. Null when
    /// another process changed it.
    /// </summary>
    async Task<StoredTimer?> TakeUpAsync(StoredTimer row, CancellationToken stop)
    {
        var begin = TimerStatus.Begin(timer.Schedule, engine.Now);
        var status = timer.IsMonitored ? row.Status.Under(timer.Schedule, engine.Now)
            : row.Status.Next == begin.Next ? row.Status
            : begin;
        return status == row.Status ? row : await engine.Table.TryReplaceAsync(row.Free(status), stop);
    }

    async Task WaitUntilAsync(DateTimeOffset time, CancellationToken stop)
    {
        while (!engine.IsStopping && time > engine.Now)
        {
            var wait = time - engine.Now;
            await engine.WaitAsync(wait < engine.Options.WaitMax ? wait : engine.Options.WaitMax, stop);
        }
    }
}
