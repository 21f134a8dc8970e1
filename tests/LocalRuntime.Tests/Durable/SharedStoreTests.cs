using Microsoft.Extensions.Time.Testing;
using Telephony.LocalRuntime.Durable;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Durable;

/// <summary>Several processes on one table.</summary>
public sealed class SharedStoreTests(AzuriteFixture azurite)
{
    readonly FakeTimeProvider time = new(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<object?> end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_processes_that_race_for_the_same_instances_record_each_step_once()
    {
        const int Instances = 12;
        var options = EngineUnderTest.Quick(EngineUnderTest.NewTable()) with { Poll = TimeSpan.FromMilliseconds(10) };
        await using var first = await EngineUnderTest.StartAsync(azurite, Sums(), options);
        await using var second = await EngineUnderTest.StartAsync(azurite, Sums(), options);
        var ids = Enumerable.Range(0, Instances).Select(number => $"race-{number}").ToList();
        await Task.WhenAll(ids.Select(id => first.ScheduleAsync("Sums", id: id)));
        await Task.WhenAll(ids.Select(first.IdleAsync));

        // Each is told of an event, so both read the instance and try to move it.
        await Task.WhenAll(ids.SelectMany(id => new[] { first, second }.Select(app =>
            app.Client.RaiseEventAsync(id, "Add", 10, Ct))));

        foreach (var id in ids)
        {
            Assert.Equal(20 + 3, (await second.EndOfAsync(id)).ReadOutputAs<int>());
            var history = DurableRows.Read((await first.RowAsync(id, finished: true))!).History;
            Assert.Equal(2, history.OfType<HistoryEvent.EventRaised>().DistinctBy(raised => raised.Key).Count());
            Assert.Equal([0, 1, 2], history.OfType<HistoryEvent.ActivityCompleted>().Select(done => done.Id).Order());
            Assert.Equal(1 + 2 + 3, history.Count);
        }
    }

    [Fact]
    public async Task A_dead_process_keeps_its_instance_until_the_lease_ends_and_no_longer()
    {
        var options = EngineUnderTest.Quick(EngineUnderTest.NewTable());
        var first = await EngineUnderTest.StartAsync(azurite, Stuck(), options, time);
        await first.ScheduleAsync("Calls", id: "held");
        await begun.Task.WaitAsync(Ct);
        first.Kill();
        end.SetResult("mine");

        var stored = await first.OpenAsync("held", row => row.Owner.Length > 0);
        Assert.True(stored.IsHeldByAnother("second", time.GetUtcNow()));
        await using var second = await EngineUnderTest.StartAsync(azurite, Stuck(), options, time);
        time.Advance(options.Lease);
        await Eventually.ThatAsync(async () =>
        {
            time.Advance(options.Poll);
            return await second.RowAsync("held", finished: true) is not null;
        });
    }

    [Fact]
    public async Task A_long_activity_keeps_its_lease_and_is_not_run_by_another_process()
    {
        var options = EngineUnderTest.Quick(EngineUnderTest.NewTable());
        var (mine, theirs) = (Stuck(), Stuck());
        await using var first = await EngineUnderTest.StartAsync(azurite, mine, options, time);
        await using var second = await EngineUnderTest.StartAsync(azurite, theirs, options, time);
        await first.ScheduleAsync("Calls", id: "held");
        await begun.Task.WaitAsync(Ct);

        for (var beat = 1; beat <= 10; beat++)
        {
            var until = (await first.OpenAsync("held", _ => true)).Until;
            time.Advance((options.Lease / 2) + TimeSpan.FromMilliseconds(1));
            await first.OpenAsync("held", row => row.Until > until);
        }

        // Even when it is told to look.
        second.Engine.Tell("held", new Arrival.Look());
        await Eventually.That(() => second.Engine.Find("held") is null);

        end.SetResult("done");
        await Eventually.ThatAsync(async () => await first.RowAsync("held", finished: true) is not null);
        Assert.Equal((1, 0), (mine.RunsOf("Long"), theirs.RunsOf("Long")));
    }

    [Fact]
    public async Task A_stop_waits_for_the_activity_records_it_and_lets_go()
    {
        var options = EngineUnderTest.Quick(EngineUnderTest.NewTable());
        var functions = Stuck();
        var first = await EngineUnderTest.StartAsync(azurite, functions, options, time);
        await first.ScheduleAsync("Calls", id: "held");
        await begun.Task.WaitAsync(Ct);

        var stopped = first.Engine.StopAsync(Ct);
        Assert.False(stopped.IsCompleted);
        end.SetResult("done");
        await stopped;
        var left = await first.OpenAsync("held", _ => true);

        Assert.Equal(("", 2, 1), (left.Owner, left.History.Count, functions.RunsOf("Long")));
        await using var second = await EngineUnderTest.StartAsync(azurite, functions, options, time);
        await Eventually.ThatAsync(async () => await second.RowAsync("held", finished: true) is not null);
        Assert.Equal((1, 1), (functions.RunsOf("Long"), functions.RunsOf("After")));
    }

    [Fact]
    public async Task A_stop_cancels_an_activity_that_takes_too_long()
    {
        var cancelled = new TaskCompletionSource();
        var options = EngineUnderTest.Quick(EngineUnderTest.NewTable());
        var functions = Stuck().Cancellable("Long", async ct =>
        {
            begun.TrySetResult();
            try
            {
                return await end.Task.WaitAsync(ct);
            }
            finally
            {
                cancelled.SetResult();
            }
        });
        var app = await EngineUnderTest.StartAsync(azurite, functions, options, time);
        await app.ScheduleAsync("Calls", id: "held");
        await begun.Task.WaitAsync(Ct);

        var stopped = app.Engine.StopAsync(Ct);
        await Eventually.That(() =>
        {
            time.Advance(options.StopMax);
            return stopped.IsCompleted;
        });

        await cancelled.Task.WaitAsync(Ct);
        Assert.Single((await app.OpenAsync("held", _ => true)).History);
    }

    [Fact]
    public async Task Idle_instances_beyond_the_limit_leave_memory_and_still_wake()
    {
        var options = EngineUnderTest.Quick(EngineUnderTest.NewTable()) with { IdleMax = 0 };
        await using var app = await EngineUnderTest.StartAsync(azurite, Sums(), options);
        await app.ScheduleAsync("Sums", id: "idle");
        await Eventually.That(() => app.Engine.Find("idle") is null);

        await app.Client.RaiseEventAsync("idle", "Add", 1, Ct);
        await app.Client.RaiseEventAsync("idle", "Add", 2, Ct);

        Assert.Equal(6, (await app.EndOfAsync("idle")).ReadOutputAs<int>());
    }

    static ScriptedFunctions Sums() => new ScriptedFunctions()
        .Activity<int>("One", number => number)
        .Orchestrator("Sums", async context =>
        {
            var sum = await context.WaitForExternalEvent<int>("Add") + await context.WaitForExternalEvent<int>("Add");
            var ones = Enumerable.Range(0, 3).Select(_ => context.CallActivityAsync<int>("One", 1));
            return sum + (await Task.WhenAll(ones)).Sum();
        });

    ScriptedFunctions Stuck() => new ScriptedFunctions()
        .Cancellable("Long", _ =>
        {
            begun.TrySetResult();
            return end.Task;
        })
        .Activity<string>("After", text => text)
        .Orchestrator("Calls", async context =>
            await context.CallActivityAsync<string>("After", await context.CallActivityAsync<string>("Long")));
}
