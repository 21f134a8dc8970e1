using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Durable;

public sealed class RetryTests(AzuriteFixture azurite)
{
    static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider time = new(Start);
    readonly List<TimeSpan> attempts = [];

    [Fact]
    public async Task A_policy_waits_longer_each_time_up_to_its_longest_interval()
    {
        var ended = await RunAsync(
            failures: 4, new RetryPolicy(5, TimeSpan.FromMinutes(1), 3, TimeSpan.FromMinutes(5)));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal([0, 1, 4, 9, 14], attempts.Select(at => at.TotalMinutes));
    }

    [Fact]
    public async Task A_policy_gives_up_after_its_last_attempt_without_waiting()
    {
        var ended = await RunAsync(failures: 9, new RetryPolicy(2, TimeSpan.FromMinutes(1)));

        Assert.Equal("failure 2", ended.FailureDetails!.InnerFailure!.ErrorMessage);
        Assert.Equal([0, 1], attempts.Select(at => at.TotalMinutes));
        Assert.Equal(Start + TimeSpan.FromMinutes(1), time.GetUtcNow());
    }

    [Fact]
    public async Task A_policy_gives_up_when_its_time_is_over()
    {
        await RunAsync(failures: 9, new RetryPolicy(9, TimeSpan.FromMinutes(2), retryTimeout: TimeSpan.FromMinutes(3)));

        Assert.Equal([0, 2, 4], attempts.Select(at => at.TotalMinutes));
    }

    [Fact]
    public async Task A_policy_does_not_repeat_a_failure_that_its_predicate_turns_down()
    {
        await RunAsync(failures: 9, new RetryPolicy(9, TimeSpan.FromMinutes(1))
        {
            HandleFailure = failure =>
                failure.IsCausedBy<InvalidOperationException>() && failure.ErrorMessage != "failure 2",
        });

        Assert.Equal(2, attempts.Count);
    }

    [Fact]
    public async Task A_predicate_that_throws_ends_the_attempts_with_the_activitys_failure()
    {
        var ended = await RunAsync(failures: 9, new RetryPolicy(9, TimeSpan.FromMinutes(1))
        {
            HandleFailure = _ => throw new FormatException(),
        });

        Assert.Equal("failure 1", ended.FailureDetails!.InnerFailure!.ErrorMessage);
    }

    [Fact]
    public async Task A_handler_is_asked_after_each_failure_and_adds_no_delay()
    {
        RetryHandler handler = retry => retry.LastAttemptNumber < 3;

        var ended = await RunAsync(failures: 9, handler);

        Assert.Equal("failure 3", ended.FailureDetails!.InnerFailure!.ErrorMessage);
        Assert.Equal([0, 0, 0], attempts.Select(at => at.TotalMinutes));
    }

    [Fact]
    public async Task An_async_handler_may_wait_for_a_timer_and_set_the_status()
    {
        var seen = new List<(int Attempt, TimeSpan Total, string Message)>();
        AsyncRetryHandler handler = async retry =>
        {
            seen.Add((retry.LastAttemptNumber, retry.TotalRetryTime, retry.LastFailure.ErrorMessage));
            retry.OrchestrationContext.SetCustomStatus(retry.LastAttemptNumber);
            await retry.OrchestrationContext.CreateTimer(TimeSpan.FromMinutes(10), CancellationToken.None);
            return true;
        };

        var ended = await RunAsync(failures: 2, handler);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal([0, 10, 20], attempts.Select(at => at.TotalMinutes));
        Assert.Equal("2", ended.SerializedCustomStatus);
        Assert.Equal(
            [(1, TimeSpan.Zero, "failure 1"), (2, TimeSpan.FromMinutes(10), "failure 2")], seen.Distinct());
    }

    /// <summary>Runs an activity that fails so many times; the clock jumps to each timer as it is set.</summary>
    async Task<OrchestrationMetadata> RunAsync(int failures, TaskRetryOptions retry)
    {
        var functions = new ScriptedFunctions()
            .Activity<int>("Try", number =>
            {
                attempts.Add(time.GetUtcNow() - Start);
                return attempts.Count > failures ? number
                    : throw new InvalidOperationException($"failure {attempts.Count}");
            })
            .Orchestrator("Retries", async context =>
                await context.CallActivityAsync<int>("Try", 7, new TaskOptions(retry)));
        await using var app = await EngineUnderTest.StartAsync(azurite, functions, time: time);
        var id = await app.ScheduleAsync("Retries");
        await Eventually.ThatAsync(async () =>
        {
            if (await app.RowAsync(id) is { } row && row.GetString("Owner").Length == 0)
            {
                var due = row.GetDateTimeOffset("WakeAt")!.Value;
                time.Advance(due > time.GetUtcNow() ? due - time.GetUtcNow() : TimeSpan.Zero);
            }

            return await app.RowAsync(id, finished: true) is not null;
        });
        return await app.EndOfAsync(id);
    }
}
