using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Telephony.LocalRuntime.Timers;

/// <summary>
/// Runs the timers of one process. Any number of engines may share a table: each occurrence runs in one of them.
/// </summary>
sealed class TimerEngine : IHostedService, IDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly CancellationTokenSource dead = new();
    readonly IReadOnlyList<LocalTimer> timers;
    Task running = Task.CompletedTask;
    bool disposed;

    public TimerEngine(
        TimerTable table, IReadOnlyList<LocalTimer> timers, TimerOptions options, TimeProvider time, ILogger log)
    {
        this.timers = timers;
        (Table, Options, Time, Log, Stop, Dead) = (table, options, time, log, stop.Token, dead.Token);
    }

    /// <summary>What the leases of this engine bear; a restarted process is another engine.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    public TimerTable Table { get; }

    public TimerOptions Options { get; }

    public TimeProvider Time { get; }

    public ILogger Log { get; }

    /// <summary>Nothing more begins.</summary>
    public CancellationToken Stop { get; }

    /// <summary>Nothing more is written.</summary>
    public CancellationToken Dead { get; }

    public bool IsStopping => Stop.IsCancellationRequested || Dead.IsCancellationRequested;

    public DateTimeOffset Now => Time.GetUtcNow();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Table.CreateAsync(cancellationToken);
        running = Task.WhenAll(timers.Select(timer => Task.Run(new TimerLoop(timer, this).RunAsync, Stop)));
    }

    /// <summary>Begins nothing more, cancels what runs and lets it end for a while.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await running.WaitAsync(Options.StopMax, Time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await dead.CancelAsync();
    }

    public StoredTimer Leased(StoredTimer row) => row with { Owner = Id, Until = Now + Options.Lease };

    /// <summary>Ends early, and without an exception, when it is cancelled.</summary>
    public async Task WaitAsync(TimeSpan wait, CancellationToken ct) =>
        await Task.Delay(wait, Time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Without a stop before it, as if the process died. May be called again.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, true))
            return;

        dead.Cancel();
        stop.Cancel();
        stop.Dispose();
        dead.Dispose();
    }
}
