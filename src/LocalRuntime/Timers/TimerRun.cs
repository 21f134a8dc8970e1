using Microsoft.Azure.Functions.Worker;

namespace Telephony.LocalRuntime.Timers;

/// <summary>One run at a time of one function, under the lease of its row, renewed until the run ends.</summary>
sealed class TimerRun(LocalTimer timer, TimerEngine engine)
{
    public async Task RunAsync(StoredTimer held, bool isPastDue)
    {
        var at = engine.Now;
        var info = new TimerInfo
        {
            IsPastDue = isPastDue,
            ScheduleStatus = timer.IsMonitored ? held.Status.Show() : null,
        };
        using var end = CancellationTokenSource.CreateLinkedTokenSource(engine.Stop);
        var run = Task.Run(() => CallAsync(info, end.Token), CancellationToken.None);
        if (await KeepAsync(held, run, engine.Dead) is { } kept)
        {
            await LetGoAsync(kept, TimerStatus.Ran(timer.Schedule, at), engine.Dead);
            return;
        }

        // Another process believes that this one died, and may have begun.
        Log.TimerLost(engine.Log, timer.Name);
        await end.CancelAsync();
        await run;
    }

    /// <summary>A function that fails has had its turn, as with the host.</summary>
    async Task CallAsync(TimerInfo info, CancellationToken ct)
    {
        try
        {
            await timer.Run(info, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Log.TimerCancelled(engine.Log, timer.Name);
        }
        catch (Exception e)
        {
            Log.TimerFailed(engine.Log, e, timer.Name);
        }
    }

    /// <summary>Null when the lease is over and the run is not.</summary>
    async Task<StoredTimer?> KeepAsync(StoredTimer held, Task run, CancellationToken dead)
    {
        while (true)
        {
            var (renewal, rest) = (held.Until - (engine.Options.Lease / 2) - engine.Now, engine.Options.Rest);
            await run.WaitAsync(renewal > rest ? renewal : rest, engine.Time, dead)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (run.IsCompleted)
                return held;

            if (await RenewAsync(held, dead) is not { } renewed)
                return null;

            held = renewed;
        }
    }

    async Task<StoredTimer?> RenewAsync(StoredTimer held, CancellationToken dead)
    {
        try
        {
            return await ReplaceAsync(held, engine.Leased, dead);
        }
        catch (Exception e) when (!dead.IsCancellationRequested)
        {
            Log.TimerStorageFailed(engine.Log, e, timer.Name, engine.Options.Rest);
            return held.Until > engine.Now ? held : null;
        }
    }

    /// <summary>Until it is written or another has it: the occurrence would be run again.</summary>
    async Task LetGoAsync(StoredTimer held, TimerStatus status, CancellationToken dead)
    {
        while (true)
        {
            try
            {
                await ReplaceAsync(held, row => row.Free(status), dead);
                return;
            }
            catch (Exception e) when (!dead.IsCancellationRequested)
            {
                Log.TimerStorageFailed(engine.Log, e, timer.Name, engine.Options.Rest);
                await engine.WaitAsync(engine.Options.Rest, dead);
            }
        }
    }

    /// <summary>
    /// Null when the row is not ours any more. When it still is, of another version, a write that seemed lost was not.
    /// Only its owner writes a row that is held.
    /// </summary>
    async Task<StoredTimer?> ReplaceAsync(
        StoredTimer held, Func<StoredTimer, StoredTimer> change, CancellationToken dead) =>
        await engine.Table.TryReplaceAsync(change(held), dead)
        ?? (await engine.Table.FindAsync(timer.Name, dead) is { } found && found.Owner == engine.Id
            ? await engine.Table.TryReplaceAsync(change(found), dead)
            : null);
}
