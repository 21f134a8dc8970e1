using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Timers;

/// <summary>A process that is asked to stop while a function runs.</summary>
public sealed class TimerStopTests
{
    static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 1, 0, TimeSpan.Zero);

    static readonly TimeSpan StopMax = TimeSpan.FromSeconds(3);

    readonly WatchedTime time = new(Start);
    readonly TimerSetup setup;

    public TimerStopTests(AzuriteFixture azurite)
    {
        // A time that nothing else waits for.
        setup = new(azurite, time);
        setup = setup with { Options = setup.Options with { StopMax = StopMax } };
    }

    [Fact]
    public async Task A_stop_cancels_the_function_waits_for_it_and_lets_go()
    {
        var cleaned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var app = await TimersUnderTest.StartAsync(setup, body: async ct =>
        {
            await Task.Delay(Timeout.Infinite, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await cleaned.Task;
            ct.ThrowIfCancellationRequested();
        });
        await time.ReachAsync(At(5));
        await app.RanAsync(1);

        var stopped = app.StopAsync();
        await time.AwaitedAsync(At(5) + StopMax);
        Assert.False(stopped.IsCompleted);
        cleaned.SetResult();
        await stopped.WaitAsync(Eventually.WaitMax, TestContext.Current.CancellationToken);

        var row = await app.RowAsync(_ => true);
        Assert.Equal(("", At(10)), (row.Owner, row.Status.Next));
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_ever_and_leaves_the_occurrence_to_the_next_start()
    {
        var never = new TaskCompletionSource();
        var app = await TimersUnderTest.StartAsync(setup, body: _ => never.Task);
        await time.ReachAsync(At(5));
        await app.RanAsync(1);

        var stopped = app.StopAsync();
        await time.ReachAsync(At(5) + StopMax);
        await stopped.WaitAsync(Eventually.WaitMax, TestContext.Current.CancellationToken);

        await using var second = await TimersUnderTest.StartAsync(setup);
        time.SetUtcNow(At(6));
        await second.RanAsync(1);
        Assert.Equal((true, At(5).UtcDateTime), (second.Runs[0].IsPastDue, second.Runs[0].ScheduleStatus!.Next));
    }

    static DateTimeOffset At(int minute) => Start + TimeSpan.FromMinutes(minute - 1);
}
