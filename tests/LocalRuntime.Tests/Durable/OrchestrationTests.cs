using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Telephony.Testing;
using OrchestrationAlreadyExistsException = DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException;

namespace Telephony.LocalRuntime.Tests.Durable;

public sealed class OrchestrationTests(AzuriteFixture azurite)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_orchestration_of_three_activities_ends_with_their_result()
    {
        await using var app = await EngineUnderTest.StartAsync(azurite, ScriptedFunctions.ThreeDoublings());

        var ended = await app.RunAsync("Thrice", 1);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal((1, 8), (ended.ReadInputAs<int>(), ended.ReadOutputAs<int>()));
    }

    [Fact]
    public async Task Activities_asked_for_together_run_together()
    {
        var (both, arrived) = (new TaskCompletionSource(), 0);
        var functions = new ScriptedFunctions()
            .Activity<int>("Meet", async number =>
            {
                if (Interlocked.Increment(ref arrived) == 2)
                {
                    both.SetResult();
                }

                await both.Task.WaitAsync(Ct);
                return number;
            })
            .Orchestrator("Fan", async context => (await Task.WhenAll(
                context.CallActivityAsync<int>("Meet", 1), context.CallActivityAsync<int>("Meet", 2))).Sum());
        await using var app = await EngineUnderTest.StartAsync(azurite, functions);

        Assert.Equal(3, (await app.RunAsync("Fan")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task No_more_activities_run_at_once_than_the_limit()
    {
        var (now, most) = (0, 0);
        var functions = new ScriptedFunctions()
            .Activity<int>("Work", async number =>
            {
                var running = Interlocked.Increment(ref now);
                most = Math.Max(most, running);
                await Task.Yield();
                Interlocked.Decrement(ref now);
                return number;
            })
            .Orchestrator("Many", async context => (await Task.WhenAll(
                Enumerable.Range(1, 20).Select(number => context.CallActivityAsync<int>("Work", number)))).Sum());
        var options = EngineUnderTest.Quick(EngineUnderTest.NewTable()) with { ActivitiesMax = 1 };
        await using var app = await EngineUnderTest.StartAsync(azurite, functions, options);

        Assert.Equal(210, (await app.RunAsync("Many")).ReadOutputAs<int>());
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_failed_activity_shows_its_exception_to_the_orchestrator_and_to_the_client()
    {
        TaskFailedException? seen = null;
        var functions = new ScriptedFunctions()
            .Activity<string>("Fail", text => throw new InvalidOperationException(text, new FormatException("inner")))
            .Orchestrator("Calls", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Fail", "broken");
                }
                catch (TaskFailedException failed)
                {
                    seen = failed;
                    throw;
                }

                return null;
            });
        await using var app = await EngineUnderTest.StartAsync(azurite, functions);

        var ended = await app.RunAsync("Calls");

        Assert.Equal(("Fail", 0), (seen!.TaskName, seen.TaskId));
        Assert.Equal("Task 'Fail' (#0) failed with an unhandled exception: broken", seen.Message);
        Assert.Equal("System.InvalidOperationException", seen.FailureDetails.ErrorType);
        Assert.Contains(nameof(OrchestrationTests), seen.FailureDetails.StackTrace, StringComparison.Ordinal);
        Assert.True(seen.FailureDetails.IsCausedBy<InvalidOperationException>());
        Assert.False(seen.FailureDetails.IsCausedBy<ArgumentException>());
        Assert.Equal("inner", seen.FailureDetails.InnerFailure!.ErrorMessage);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(typeof(TaskFailedException).FullName, ended.FailureDetails!.ErrorType);
        Assert.Equal("broken", ended.FailureDetails.InnerFailure!.ErrorMessage);
    }

    [Fact]
    public async Task An_instance_that_runs_is_not_scheduled_again()
    {
        var functions = new ScriptedFunctions()
            .Orchestrator("Wait", async context => await context.WaitForExternalEvent<int>("Go"));
        await using var app = await EngineUnderTest.StartAsync(azurite, functions);
        await app.ScheduleAsync("Wait", id: "goal~site~subject");

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
            () => app.ScheduleAsync("Wait", id: "goal~site~subject"));
    }

    [Fact]
    public async Task A_finished_instance_gives_way_to_a_new_one_of_its_id()
    {
        await using var app = await EngineUnderTest.StartAsync(azurite, ScriptedFunctions.ThreeDoublings());
        await app.EndOfAsync(await app.ScheduleAsync("Thrice", 1, "again"));

        await app.ScheduleAsync("Thrice", 10, "again");

        Assert.Equal(80, (await app.EndOfAsync("again")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task An_unknown_orchestrator_is_refused_and_an_unknown_activity_fails_the_instance()
    {
        var functions = new ScriptedFunctions()
            .Orchestrator("Calls", async context =>
                await context.CallActivityAsync<int>(
                    "Nowhere", new TaskOptions(new RetryPolicy(5, TimeSpan.FromHours(1)))));
        await using var app = await EngineUnderTest.StartAsync(azurite, functions);

        await Assert.ThrowsAsync<ArgumentException>(() => app.ScheduleAsync("Nothing"));
        var ended = await app.RunAsync("Calls");

        Assert.Equal("ActivityTaskNotFound", ended.FailureDetails!.InnerFailure!.ErrorType);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a|b")]
    [InlineData("a b")]
    [InlineData("ä")]
    public async Task An_id_that_a_key_cannot_hold_is_refused(string id)
    {
        await using var app = EngineUnderTest.Create(azurite, ScriptedFunctions.ThreeDoublings());

        await Assert.ThrowsAsync<ArgumentException>(() => app.ScheduleAsync("Thrice", 1, id));
    }

    [Fact]
    public async Task The_custom_status_is_seen_while_the_instance_waits_and_after_its_end()
    {
        var functions = new ScriptedFunctions().Orchestrator("Says", async context =>
        {
            context.SetCustomStatus(new { Step = "waiting" });
            await context.WaitForExternalEvent<int>("Go");
            context.SetCustomStatus(new { Step = "done" });
            return null;
        });
        await using var app = await EngineUnderTest.StartAsync(azurite, functions);
        var id = await app.ScheduleAsync("Says");
        await app.IdleAsync(id);

        var waiting = await app.Client.GetInstanceAsync(id, getInputsAndOutputs: true, Ct);
        await app.Client.RaiseEventAsync(id, "Go", 1, Ct);

        Assert.Equal("""{"Step":"waiting"}""", waiting!.SerializedCustomStatus);
        Assert.Equal("""{"Step":"done"}""", (await app.EndOfAsync(id)).SerializedCustomStatus);
    }

    [Fact]
    public async Task What_is_not_supported_names_itself()
    {
        var functions = new ScriptedFunctions().Orchestrator("Asks", context =>
        {
            context.ContinueAsNew();
            return Task.FromResult<object?>(null);
        });
        await using var app = await EngineUnderTest.StartAsync(azurite, functions);

        var ended = await app.RunAsync("Asks");
        var suspend = await Assert.ThrowsAsync<NotSupportedException>(() => app.Client.SuspendInstanceAsync("x", Ct));

        Assert.Contains("ContinueAsNew", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("SuspendInstanceAsync", suspend.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guid_and_the_time_are_the_same_in_every_replay()
    {
        var (guids, times) = (new List<Guid>(), new List<DateTime>());
        var functions = new ScriptedFunctions()
            .Activity<int>("Nothing", number => number)
            .Orchestrator("Names", async context =>
            {
                guids.Add(context.NewGuid());
                times.Add(context.CurrentUtcDateTime);
                await context.CallActivityAsync("Nothing", 1);
                await context.CallActivityAsync("Nothing", 2);
                return null;
            });
        await using var app = await EngineUnderTest.StartAsync(azurite, functions);

        await app.RunAsync("Names");

        Assert.True(guids.Count >= 3);
        Assert.Single(guids.Distinct());
        Assert.Single(times.Distinct());
        Assert.Equal(DateTimeKind.Utc, times[0].Kind);
    }
}
