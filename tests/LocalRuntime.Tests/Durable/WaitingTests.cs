using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using Telephony.LocalRuntime.Durable;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Durable;

/// <summary>Timers, external events, termination.</summary>
public sealed class WaitingTests(AzuriteFixture azurite)
{
    static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider time = new(Start);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_timer_that_falls_due_while_no_process_runs_fires_after_the_restart()
    {
        var options = EngineUnderTest.Quick(EngineUnderTest.NewTable());
        var functions = new ScriptedFunctions().Orchestrator("Sleeps", async context =>
        {
            var begun = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromHours(2), CancellationToken.None);
            return context.CurrentUtcDateTime - begun;
        });
        string id;
        await using (var first = await EngineUnderTest.StartAsync(azurite, functions, options, time))
        {
            id = await first.ScheduleAsync("Sleeps");
            await first.IdleAsync(id);
        }

        time.Advance(TimeSpan.FromHours(3));
        await using var second = await EngineUnderTest.StartAsync(azurite, functions, options, time);
        await Eventually.ThatAsync(async () => await second.RowAsync(id, finished: true) is not null);

        Assert.Equal(TimeSpan.FromHours(3), (await second.EndOfAsync(id)).ReadOutputAs<TimeSpan>());
    }

    [Fact]
    public async Task A_timer_does_not_fire_early()
    {
        var functions = new ScriptedFunctions().Orchestrator("Sleeps", async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(2), CancellationToken.None);
            return null;
        });
        await using var app = await EngineUnderTest.StartAsync(azurite, functions, time: time);
        var id = await app.ScheduleAsync("Sleeps");
        var waiting = await app.IdleAsync(id);

        time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        await app.Client.RaiseEventAsync(id, "Look", 1, Ct);
        var later = await app.OpenAsync(id, row => row.History.Count == 2);

        Assert.Equal(Start + TimeSpan.FromHours(2), waiting.WakeAt);
        Assert.Equal(waiting.WakeAt, later.WakeAt);
    }

    [Fact]
    public async Task Early_events_are_kept_in_order_and_names_ignore_case()
    {
        var functions = new ScriptedFunctions()
            .Activity<int>("Gate", async number => await Gate.Task.WaitAsync(Ct) + number)
            .Orchestrator("Late", async context =>
            {
                await context.CallActivityAsync("Gate", 0);
                var first = await context.WaitForExternalEvent<string>("said");
                return first + await context.WaitForExternalEvent<string>("SAID");
            });
        await using var app = await EngineUnderTest.StartAsync(azurite, functions);
        var id = await app.ScheduleAsync("Late");
        await app.Client.RaiseEventAsync(id, "Said", "a", Ct);
        await app.Client.RaiseEventAsync(id, "sAID", "b", Ct);
        await app.OpenAsync(id, row => row.History.Count == 3);

        Gate.SetResult(0);

        Assert.Equal("ab", (await app.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_wait_with_a_timeout_ends_as_cancelled_when_nothing_comes()
    {
        await using var app = await EngineUnderTest.StartAsync(azurite, WaitsAnHour(), time: time);
        var id = await app.ScheduleAsync("WaitsAnHour");
        await app.IdleAsync(id);

        time.Advance(TimeSpan.FromHours(1));
        await Eventually.ThatAsync(async () => await app.RowAsync(id, finished: true) is not null);

        Assert.Equal("nothing", (await app.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_wait_with_a_timeout_takes_the_event_and_forgets_the_timer()
    {
        await using var app = await EngineUnderTest.StartAsync(azurite, WaitsAnHour(), time: time);
        var id = await app.ScheduleAsync("WaitsAnHour");
        await app.IdleAsync(id);

        await app.Client.RaiseEventAsync(id, "Go", "it", Ct);
        await Eventually.ThatAsync(async () => await app.RowAsync(id, finished: true) is not null);

        Assert.Equal("it", (await app.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_and_a_timeout_in_one_step_are_settled_alike_in_every_replay()
    {
        var options = EngineUnderTest.Quick(EngineUnderTest.NewTable());
        var functions = WaitsAnHour();
        var first = await EngineUnderTest.StartAsync(azurite, functions, options, time);
        var id = await first.ScheduleAsync("WaitsAnHour");
        await first.IdleAsync(id);
        first.Kill();
        await first.Client.RaiseEventAsync(id, "Go", "it", Ct);

        time.Advance(TimeSpan.FromHours(1));
        await using var second = await EngineUnderTest.StartAsync(azurite, functions, options, time);
        await Eventually.ThatAsync(async () => await second.RowAsync(id, finished: true) is not null);

        Assert.Equal("it", (await second.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_to_nobody_is_refused()
    {
        await using var app = await EngineUnderTest.StartAsync(azurite, ScriptedFunctions.ThreeDoublings());
        var ended = await app.RunAsync("Thrice", 1);

        await Assert.ThrowsAsync<ArgumentException>(() => app.Client.RaiseEventAsync("unknown", "Go", 1, Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => app.Client.RaiseEventAsync(ended.InstanceId, "Go", 1, Ct));
    }

    [Fact]
    public async Task What_was_sent_to_a_run_that_ended_never_reaches_the_next_one()
    {
        var functions = new ScriptedFunctions().Orchestrator(
            "Wait", async context => await context.WaitForExternalEvent<int>("Go"));
        await using var app = await EngineUnderTest.StartAsync(azurite, functions);
        await app.ScheduleAsync("Wait", id: "x");
        var stray = new InboxRow(DurableKeys.Inbox("x", 1, Guid.NewGuid()), "another run", "Go", "1");

        await app.Engine.Table.SendAsync("x", stray, Ct);
        await Eventually.ThatAsync(async () => await RowsAsync(app, DurableKeys.InboxFrom) == 0);
        await app.Client.RaiseEventAsync("x", "Go", 2, Ct);

        Assert.Equal(2, (await app.EndOfAsync("x")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task An_event_whose_row_is_written_again_after_it_was_taken_up_counts_once()
    {
        var functions = new ScriptedFunctions().Orchestrator("Sum", async context =>
            await context.WaitForExternalEvent<int>("Add") + await context.WaitForExternalEvent<int>("Add"));
        await using var app = await EngineUnderTest.StartAsync(azurite, functions);
        await app.ScheduleAsync("Sum", id: "x");
        var open = await app.IdleAsync("x");
        var sent = new InboxRow(DurableKeys.Inbox("x", 1, Guid.NewGuid()), open.Execution, "Add", "1");

        await app.Engine.Table.SendAsync("x", sent, Ct);
        await app.OpenAsync("x", row => row.History.Count == 2);
        await app.Engine.Table.SendAsync("x", sent, Ct);
        await Eventually.ThatAsync(async () => await RowsAsync(app, DurableKeys.InboxFrom) == 0);
        await app.Client.RaiseEventAsync("x", "Add", 10, Ct);

        Assert.Equal(11, (await app.EndOfAsync("x")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task An_inbox_row_without_an_instance_is_removed()
    {
        await using var app = await EngineUnderTest.StartAsync(azurite, new ScriptedFunctions());

        await app.Engine.Table.SendAsync("x", new(DurableKeys.Inbox("x", 1, Guid.NewGuid()), "gone", "Go", "1"), Ct);

        await Eventually.ThatAsync(async () => await RowsAsync(app, DurableKeys.InboxFrom) == 0);
    }

    [Fact]
    public async Task A_waiting_instance_is_terminated_with_an_output()
    {
        await using var app = await EngineUnderTest.StartAsync(azurite, WaitsAnHour(), time: time);
        var id = await app.ScheduleAsync("WaitsAnHour");
        await app.IdleAsync(id);

        await app.Client.TerminateInstanceAsync(id, "by hand", Ct);
        await Eventually.ThatAsync(async () => await app.RowAsync(id, finished: true) is not null);
        var ended = await app.EndOfAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Equal("by hand", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task More_events_than_a_transaction_holds_are_taken_up_in_several()
    {
        var options = EngineUnderTest.Quick(EngineUnderTest.NewTable());
        var functions = new ScriptedFunctions().Orchestrator("Sums", async context =>
        {
            var sum = 0;
            for (var count = 0; count < 150; count++)
            {
                sum += await context.WaitForExternalEvent<int>("Add");
            }

            return sum;
        });
        var first = await EngineUnderTest.StartAsync(azurite, functions, options);
        var id = await first.ScheduleAsync("Sums");
        await first.IdleAsync(id);
        first.Kill();
        for (var number = 1; number <= 150; number++)
        {
            await first.Client.RaiseEventAsync(id, "Add", number, Ct);
        }

        await using var second = await EngineUnderTest.StartAsync(azurite, functions, options);

        Assert.Equal(150 * 151 / 2, (await second.EndOfAsync(id)).ReadOutputAs<int>());
    }

    TaskCompletionSource<int> Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static async Task<int> RowsAsync(EngineUnderTest app, string kind)
    {
        var count = 0;
        await foreach (var row in app.Table.QueryAsync<Azure.Data.Tables.TableEntity>(cancellationToken: Ct))
        {
            count += row.RowKey.StartsWith(kind, StringComparison.Ordinal) ? 1 : 0;
        }

        return count;
    }

    static ScriptedFunctions WaitsAnHour() => new ScriptedFunctions().Orchestrator("WaitsAnHour", async context =>
    {
        try
        {
            return await context.WaitForExternalEvent<string>("Go", TimeSpan.FromHours(1));
        }
        catch (TaskCanceledException)
        {
            return "nothing";
        }
    });
}
