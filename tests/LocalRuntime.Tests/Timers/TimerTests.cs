using Microsoft.Azure.Functions.Worker;
using Telephony.LocalRuntime.Timers;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Timers;

/// <summary>One process.</summary>
public sealed class TimerTests
{
    static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 1, 0, TimeSpan.Zero);

    readonly WatchedTime time = new(Start);
    readonly TimerSetup setup;

    public TimerTests(AzuriteFixture azurite) => setup = new(azurite, time);

    [Fact]
    public async Task A_function_runs_at_each_occurrence_and_is_told_how_far_it_has_come()
    {
        await using var app = await TimersUnderTest.StartAsync(setup);

        await time.AwaitedAsync(At(5));
        Assert.Empty(app.Runs);
        await time.ReachAsync(At(5));
        await app.RanAsync(1);
        await time.ReachAsync(At(10));
        await app.RanAsync(2);
        await time.AwaitedAsync(At(15));

        Assert.Equal(
            [(default, At(5), Start, false), (At(5).UtcDateTime, At(10), At(5), false)], app.Runs.Select(Told));
        Assert.All(app.Runs, run => Assert.Equal(DateTimeKind.Utc, run.ScheduleStatus!.Next.Kind));
    }

    [Fact]
    public async Task A_constant_interval_counts_from_the_run_before()
    {
        await using var app = await TimersUnderTest.StartAsync(setup, "00:07:00");

        await time.ReachAsync(At(8));
        await app.RanAsync(1);

        await time.AwaitedAsync(At(15));
    }

    [Fact]
    public async Task Whatever_was_missed_is_run_once_at_the_next_start()
    {
        await using (var first = await TimersUnderTest.StartAsync(setup))
        {
            await time.ReachAsync(At(5));
            await first.RanAsync(1);
            await time.AwaitedAsync(At(10));
            await first.StopAsync();
        }

        time.SetUtcNow(At(182));
        await using var second = await TimersUnderTest.StartAsync(setup);
        await time.AwaitedAsync(At(185));
        Assert.Equal([(At(5).UtcDateTime, At(10), At(5), true)], second.Runs.Select(Told));
        await time.ReachAsync(At(185));
        await second.RanAsync(2);

        Assert.Equal((At(182).UtcDateTime, At(185), At(182), false), Told(second.Runs[1]));
    }

    [Fact]
    public async Task A_start_before_the_next_occurrence_has_missed_nothing()
    {
        await using (var first = await TimersUnderTest.StartAsync(setup))
        {
            await time.AwaitedAsync(At(5));
            await first.StopAsync();
        }

        time.SetUtcNow(At(4));
        await using var second = await TimersUnderTest.StartAsync(setup);
        await time.ReachAsync(At(5), 2);
        await second.RanAsync(1);

        Assert.Equal((default, At(5), Start, false), Told(second.Runs.Single()));
    }

    [Fact]
    public async Task Without_a_monitor_nothing_is_told_and_nothing_made_up_for()
    {
        var unwatched = setup with { IsMonitored = false };
        await using (var first = await TimersUnderTest.StartAsync(unwatched))
        {
            await time.ReachAsync(At(5));
            await first.RanAsync(1);
            await time.AwaitedAsync(At(10));
            Assert.Equal((null, false), (first.Runs[0].ScheduleStatus, first.Runs[0].IsPastDue));
            await first.StopAsync();
        }

        time.SetUtcNow(At(182));
        await using var second = await TimersUnderTest.StartAsync(unwatched);
        await time.AwaitedAsync(At(185));
        Assert.Empty(second.Runs);
        await time.ReachAsync(At(185));
        await second.RanAsync(1);

        Assert.Equal((null, false), (second.Runs[0].ScheduleStatus, second.Runs[0].IsPastDue));
    }

    [Fact]
    public async Task Runs_do_not_overlap_and_what_came_due_meanwhile_is_run_once()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await TimersUnderTest.StartAsync(setup, body: _ => end.Task);
        await time.ReachAsync(At(5));
        await app.RanAsync(1);

        time.SetUtcNow(At(17));
        await app.RowAsync(row => row?.Until > At(17));
        Assert.Single(app.Runs);
        end.SetResult();
        await time.AwaitedAsync(At(20));

        Assert.Equal(
            [(default, At(5), Start, false), (At(5).UtcDateTime, At(10), At(5), false)], app.Runs.Select(Told));
        Assert.Equal(1, app.AtOnceMax);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_function_that_fails_is_logged_and_has_its_next_occurrence(bool isAtOnce)
    {
        var log = new WrittenLog();
        await using var app = await TimersUnderTest.StartAsync(setup with { Log = log }, body: _ =>
            isAtOnce ? throw new InvalidOperationException("Broken.")
            : Task.FromException(new OperationCanceledException("Broken.")));

        await time.ReachAsync(At(5));
        await app.RanAsync(1);
        await time.ReachAsync(At(10));
        await app.RanAsync(2);
        await time.AwaitedAsync(At(15));

        Assert.Equal((At(5).UtcDateTime, At(10), At(5), false), Told(app.Runs[1]));
        Assert.Equal(
            Enumerable.Repeat("Error: Timer function Sweep failed; it has had its turn Broken.", 2), log.Lines);
    }

    [Fact]
    public async Task Another_schedule_is_taken_up_at_a_start_and_has_missed_nothing()
    {
        await using (var first = await TimersUnderTest.StartAsync(setup))
        {
            await time.ReachAsync(At(5));
            await first.RanAsync(1);
            await time.AwaitedAsync(At(10));
            await first.StopAsync();
        }

        time.SetUtcNow(At(150));
        await using (var second = await TimersUnderTest.StartAsync(setup, "0 0 * * * *"))
        {
            await time.AwaitedAsync(At(180));
            Assert.Empty(second.Runs);
            await second.StopAsync();
        }

        // From here on it has a past again.
        time.SetUtcNow(At(190));
        await using var third = await TimersUnderTest.StartAsync(setup, "0 0 * * * *");
        await third.RanAsync(1);

        Assert.Equal((default, At(180), At(150), true), Told(third.Runs.Single()));
    }

    [Fact]
    public async Task A_long_wait_is_made_of_short_ones_so_that_a_machine_that_slept_is_not_late()
    {
        var options = setup.Options with { WaitMax = new TimerOptions().WaitMax };
        await using var app = await TimersUnderTest.StartAsync(setup with { Options = options }, "0 0 0 1 7 *");

        await time.ReachAsync(Start + TimeSpan.FromMinutes(1));
        await time.AwaitedAsync(Start + TimeSpan.FromMinutes(2));
        Assert.Empty(app.Runs);
        time.SetUtcNow(new(2030, 7, 1, 9, 0, 0, TimeSpan.Zero));

        await app.RanAsync(1);
    }

    static DateTimeOffset At(int minute) => Start + TimeSpan.FromMinutes(minute - 1);

    static (DateTime Last, DateTimeOffset Next, DateTimeOffset Updated, bool IsPastDue) Told(TimerInfo info) =>
        (info.ScheduleStatus!.Last, info.ScheduleStatus.Next, info.ScheduleStatus.LastUpdated, info.IsPastDue);
}
