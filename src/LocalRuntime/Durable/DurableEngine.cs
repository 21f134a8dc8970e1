using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Telephony.LocalRuntime.Durable;

/// <summary>
/// Moves the instances of one process. Any number of engines may share a table: a lease says who moves an instance, and
/// the row's version lets only one of them write.
/// </summary>
sealed partial class DurableEngine : IHostedService, IDisposable
{
    readonly Lock gate = new();
    readonly Dictionary<string, InstanceLoop> loops = [];
    readonly ConcurrentDictionary<string, TaskCompletionSource> watched = new();
    readonly CancellationTokenSource dead = new();
    readonly CancellationTokenSource stop = new();
    readonly WorkSearch search;
    Task searching = Task.CompletedTask;
    volatile bool accepts;
    bool disposed;

    public DurableEngine(
        DurableTable table,
        IDurableFunctions functions,
        DataConverter payloads,
        DurableOptions options,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        (Table, Options, Time, Payloads, Functions) = (table, options, time, payloads, functions);
        Log = loggers.CreateLogger<DurableEngine>();
        Replay = new(functions, payloads, options, loggers);
        Activities = new(functions, payloads, options);
        search = new(this);
    }

    /// <summary>What the leases of this engine bear; a restarted process is another engine.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    public DurableTable Table { get; }

    public DurableOptions Options { get; }

    public TimeProvider Time { get; }

    public DataConverter Payloads { get; }

    public ILogger Log { get; }

    public Replay Replay { get; }

    public ActivityPool Activities { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Whether idle instances should leave memory.</summary>
    public bool IsCrowded
    {
        get
        {
            lock (gate)
            {
                return loops.Count > Options.IdleMax;
            }
        }
    }

    IDurableFunctions Functions { get; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Table.CreateAsync(cancellationToken);
        accepts = true;
        searching = search.RunAsync(stop.Token);
    }

    /// <summary>Takes no more work, lets running activities end for a while, and lets go of the instances.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        List<Task> ending;
        lock (gate)
        {
            accepts = false;
            ending = [.. loops.Values.Where(loop => loop.Tell(new Arrival.Stop())).Select(loop => loop.Ended)];
        }

        await stop.CancelAsync();
        await searching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAny(Task.WhenAll(ending), Task.Delay(Options.StopMax, Time, cancellationToken));
        await dead.CancelAsync();
    }

    /// <summary>May be called again: a container disposes what it gives once for each registration.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, true))
        {
            return;
        }

        stop.Cancel();
        dead.Cancel();
        stop.Dispose();
        Activities.Dispose();
    }

    /// <summary>Looks each time that the instance was written here, and after each poll interval.</summary>
    public async Task WaitUntilAsync(string id, Func<Task<bool>> isReached, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var written = watched.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                if (await isReached())
                {
                    return;
                }

                await Task.WhenAny(written, Task.Delay(Options.Poll, Time, ct));
                ct.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            // Others that wait look again; nothing stays behind.
            Changed(id);
        }
    }

    public void Changed(string id)
    {
        if (watched.TryRemove(id, out var waiting))
        {
            waiting.TrySetResult();
        }
    }

    public void Finished(StoredInstance instance, TurnEnd end)
    {
        if (end.Failure is { } failure)
        {
            DurableLog.Failed(Log, instance.Id, instance.Name, failure.ErrorMessage);
        }

        Changed(instance.Id);
    }

    public InstanceLoop? Find(string id)
    {
        lock (gate)
        {
            return loops.GetValueOrDefault(id);
        }
    }

    /// <summary>
    /// Tells the instance's loop, or starts one, which reads the row unless it is given. A given row of another run
    /// shows that the loop's own run has ended, whether the loop knows it or not.
    /// </summary>
    public void Tell(string id, Arrival arrival, StoredInstance? stored = null)
    {
        lock (gate)
        {
            var known = loops.GetValueOrDefault(id);
            if (stored is not null && known?.Execution is { } execution && execution != stored.Execution)
            {
                known.End();
            }

            if (accepts && known?.Tell(arrival) != true)
            {
                // After another loop it reads: that one may have been told what was sent to this run.
                var loop = loops[id] = new InstanceLoop(id, this, known is null ? stored : null);
                loop.Start(() => RunAsync(id, loop));
            }
        }
    }

    async Task RunAsync(string id, InstanceLoop loop)
    {
        await loop.RunAsync(dead.Token);
        lock (gate)
        {
            if (loops.GetValueOrDefault(id) == loop)
            {
                loops.Remove(id);
            }
        }

        if (loop.HasUnread)
        {
            Tell(id, new Arrival.Look());
        }

        loop.Dispose();
    }
}
