using System.Collections.Concurrent;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Telephony.LocalRuntime.Timers;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Timers;

/// <summary>The timers of one process, with one function: it is written down when it runs.</summary>
sealed class TimersUnderTest : IAsyncDisposable
{
    public const string Name = "Sweep";
    public const string EveryFiveMinutes = "0 */5 * * * *";

    readonly TimerEngine engine;
    readonly TimerTable table;
    readonly ConcurrentQueue<TimerInfo> runs = new();
    int atOnce;

    TimersUnderTest(TimerSetup setup, string schedule, Func<CancellationToken, Task>? body)
    {
        var service = new TableServiceClient(setup.Azurite.ConnectionString, setup.Client ?? new());
        table = new(new TableServiceClient(setup.Azurite.ConnectionString), setup.Options);
        var timer = new LocalTimer(
            Name,
            TimerSchedule.Parse(schedule, new ConfigurationBuilder().Build()),
            setup.IsMonitored,
            (info, ct) => RunAsync(info, body ?? (_ => Task.CompletedTask), ct));
        engine = new(new(service, setup.Options), [timer], setup.Options, setup.Time, setup.Log);
    }

    /// <summary>What each run was told, in order.</summary>
    public IReadOnlyList<TimerInfo> Runs => [.. runs];

    /// <summary>The most that ran beside each other.</summary>
    public int AtOnceMax { get; private set; }

    /// <param name="setup">What processes share.</param>
    /// <param name="schedule">When the function is due.</param>
    /// <param name="body">What the function does.</param>
    public static async Task<TimersUnderTest> StartAsync(
        TimerSetup setup, string schedule = EveryFiveMinutes, Func<CancellationToken, Task>? body = null)
    {
        var started = new TimersUnderTest(setup, schedule, body);
        await Eventually.ThatAsync(async () =>
        {
            try
            {
                await started.engine.StartAsync(TestContext.Current.CancellationToken);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        });
        return started;
    }

    public Task RanAsync(int times) => Eventually.That(() => runs.Count >= times);

    /// <summary>The row, once it is there and as wanted.</summary>
    public async Task<StoredTimer> RowAsync(Func<StoredTimer?, bool> isReached)
    {
        StoredTimer? found = null;
        await Eventually.ThatAsync(async () =>
        {
            found = await table.FindAsync(Name, TestContext.Current.CancellationToken);
            return isReached(found) && found is not null;
        });
        return found!;
    }

    public Task StopAsync() => engine.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>As if the process were killed: nothing is let go of, nothing more is written.</summary>
    public void Kill() => engine.Dispose();

    /// <summary>Not a stop: that would wait by a clock that a failed test no longer moves.</summary>
    public ValueTask DisposeAsync()
    {
        Kill();
        return ValueTask.CompletedTask;
    }

    async Task RunAsync(TimerInfo info, Func<CancellationToken, Task> body, CancellationToken ct)
    {
        AtOnceMax = Math.Max(AtOnceMax, Interlocked.Increment(ref atOnce));
        runs.Enqueue(info);
        try
        {
            await body(ct);
        }
        finally
        {
            Interlocked.Decrement(ref atOnce);
        }
    }
}

/// <summary>What processes share: a table, a clock, and how they treat them.</summary>
sealed record TimerSetup(AzuriteFixture Azurite, WatchedTime Time)
{
    /// <summary>Waits so long at once that a test can say until when.</summary>
    public TimerOptions Options { get; init; } = new()
    {
        Table = "timers" + Guid.NewGuid().ToString("N"),
        WaitMax = TimeSpan.FromDays(1),
    };

    public bool IsMonitored { get; init; } = true;

    public TableClientOptions? Client { get; init; }

    public ILogger Log { get; init; } = NullLogger.Instance;
}
