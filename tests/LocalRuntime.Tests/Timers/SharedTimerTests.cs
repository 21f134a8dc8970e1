using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Timers;

/// <summary>Several processes on one table.</summary>
public sealed class SharedTimerTests
{
    static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 1, 0, TimeSpan.Zero);
    static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    readonly WatchedTime time = new(Start);
    readonly TimerSetup setup;
    readonly TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SharedTimerTests(AzuriteFixture azurite) => setup = new(azurite, time);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_occurrence_runs_in_one_process(bool isMonitored)
    {
        var shared = setup with { IsMonitored = isMonitored };
        TimersUnderTest[] apps =
        [
            await TimersUnderTest.StartAsync(shared),
            await TimersUnderTest.StartAsync(shared),
            await TimersUnderTest.StartAsync(shared),
        ];

        for (var run = 1; run <= 8; run++)
        {
            await time.ReachAsync(At(5 * run), apps.Length);
            await apps[0].RowAsync(row => row is { Owner: "" } && row.Status.Next == At(5 * (run + 1)));

            // Who met the hold of another looks again when that would be over.
            time.Advance(setup.Options.Lease);
            await time.AwaitedAfterRestsAsync(At(5 * (run + 1)), apps.Length);
            Assert.Equal(run, apps.Sum(app => app.Runs.Count));
        }

        Assert.All(apps.SelectMany(app => app.Runs), run => Assert.False(run.IsPastDue));
        foreach (var app in apps)
            await app.DisposeAsync();
    }

    [Fact]
    public async Task A_long_run_keeps_its_lease_and_no_other_process_begins()
    {
        await using var first = await TimersUnderTest.StartAsync(setup, body: _ => end.Task);
        await time.ReachAsync(At(5));
        await first.RanAsync(1);
        await using var second = await TimersUnderTest.StartAsync(setup);

        for (var beat = 1; beat <= 6; beat++)
        {
            var until = (await first.RowAsync(_ => true)).Until;
            time.Advance((setup.Options.Lease / 2) + Instant);
            await first.RowAsync(row => row?.Until > until);
        }

        Assert.Empty(second.Runs);
        end.SetResult();
        var left = await first.RowAsync(row => row is { Owner: "" });
        Assert.Equal((At(10), 1, 0), (left.Status.Next, first.Runs.Count, second.Runs.Count));
    }

    [Fact]
    public async Task The_occurrence_of_a_process_that_dies_runs_in_another_when_the_lease_is_over()
    {
        var (dying, left) = await OneRunsAsync(setup);
        await using var survivor = left;
        var over = At(5) + setup.Options.Lease;
        await time.AwaitedAsync(over);
        dying.Kill();

        time.SetUtcNow(over - Instant);
        await survivor.RowAsync(row => row?.Until == over);
        Assert.Empty(survivor.Runs);
        time.SetUtcNow(over);
        await survivor.RanAsync(1);
        end.SetResult();
        await time.AwaitedAsync(At(10));

        var run = Assert.Single(survivor.Runs);
        Assert.Equal((true, At(5).UtcDateTime), (run.IsPastDue, run.ScheduleStatus!.Next));
    }

    [Fact]
    public async Task A_process_that_dies_between_runs_is_not_waited_for()
    {
        var first = await TimersUnderTest.StartAsync(setup);
        await using var second = await TimersUnderTest.StartAsync(setup);
        await time.AwaitedAsync(At(5), 2);
        first.Kill();

        time.SetUtcNow(At(5));
        await second.RanAsync(1);
        await time.AwaitedAsync(At(10));

        Assert.Equal((1, false), (second.Runs.Count, second.Runs[0].IsPastDue));
    }

    [Fact]
    public async Task Without_a_monitor_the_occurrence_of_a_process_that_dies_is_not_made_up_for()
    {
        var (dying, left) = await OneRunsAsync(setup with { IsMonitored = false });
        await using var survivor = left;
        await time.AwaitedAsync(At(5) + setup.Options.Lease);
        dying.Kill();

        time.SetUtcNow(At(5) + setup.Options.Lease);
        await time.AwaitedAsync(At(10));

        Assert.Empty(survivor.Runs);
    }

    [Fact]
    public async Task A_function_whose_process_is_cut_off_is_cancelled_when_another_may_begin()
    {
        var isDown = false;
        var plan = FaultPlan.While(() => Volatile.Read(ref isDown), Fault.BeforeCall);
        var cut = setup with { Client = StorageOptions.With(0, new FaultPolicy(plan)) };
        await using var first = await TimersUnderTest.StartAsync(cut, body: async ct =>
        {
            await Task.Delay(Timeout.Infinite, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancelled.SetResult();
        });
        await time.ReachAsync(At(5));
        await first.RanAsync(1);
        await using var second = await TimersUnderTest.StartAsync(setup);
        var over = At(5) + setup.Options.Lease;
        await time.AwaitedAsync(over);

        Volatile.Write(ref isDown, true);
        await Eventually.That(() =>
        {
            time.PassWait(over);
            return cancelled.Task.IsCompleted && second.Runs.Count == 1;
        });
        Volatile.Write(ref isDown, false);
        time.SetUtcNow(At(6));
        await time.ReachAsync(At(10), 2);
        await Eventually.That(() => first.Runs.Count + second.Runs.Count == 3);

        Assert.Single(first.Runs.Concat(second.Runs), run => run.ScheduleStatus!.Next == At(10));
    }

    /// <summary>Two processes, both up for a while, of which one runs the function and will not end.</summary>
    async Task<(TimersUnderTest Running, TimersUnderTest Other)> OneRunsAsync(TimerSetup shared)
    {
        var first = await TimersUnderTest.StartAsync(shared, body: _ => end.Task);
        var second = await TimersUnderTest.StartAsync(shared, body: _ => end.Task);
        await time.ReachAsync(At(5), 2);
        await Eventually.That(() => first.Runs.Count + second.Runs.Count == 1);
        return first.Runs.Count == 1 ? (first, second) : (second, first);
    }

    static DateTimeOffset At(int minute) => Start + TimeSpan.FromMinutes(minute - 1);
}
