using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Telephony.LocalRuntime.Durable;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Durable;

/// <summary>Histories replayed on code that is as it was, and on code that is not.</summary>
public sealed class ReplayTests(AzuriteFixture azurite)
{
    const string NonDeterministic = "DurableTask.Core.Exceptions.NonDeterministicOrchestrationException";

    static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stored_history_replays_to_the_same_end_and_every_part_of_it_to_the_same_steps()
    {
        var functions = new ScriptedFunctions()
            .Activity<int>("Double", number => number * 2)
            .Activity<int>("Fail", number => throw new InvalidOperationException($"{number}"))
            .Orchestrator("Mixed", async context =>
            {
                var policy = new TaskOptions(new RetryPolicy(2, TimeSpan.FromMilliseconds(1)));
                var both = await Task.WhenAll(
                    context.CallActivityAsync<int>("Double", 1), context.CallActivityAsync<int>("Double", 2));
                context.SetCustomStatus(both.Sum());
                await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync("Fail", 3, policy));
                var said = await context.WaitForExternalEvent<string>("Say", TimeSpan.FromDays(1));
                return $"{said} {context.NewGuid()} {context.CurrentUtcDateTime:O}";
            });
        await using var app = await EngineUnderTest.StartAsync(azurite, functions);
        var id = await app.ScheduleAsync("Mixed");
        await app.OpenAsync(id, row => row.Owner.Length == 0 && row.WakeAt > row.Created.AddHours(1));
        await app.Client.RaiseEventAsync(id, "Say", "hello", Ct);
        var ended = await app.EndOfAsync(id);
        var history = DurableRows.Read((await app.RowAsync(id, finished: true))!).History;

        for (var played = 0; played <= history.Count; played++)
        {
            var turn = Replay(functions, history, played, id);
            Assert.Equal(ended.SerializedOutput, turn.End!.Output);
            Assert.Equal(ended.SerializedCustomStatus, turn.CustomStatus);
        }

        for (var count = 1; count < history.Count; count++)
        {
            var part = history.Take(count).ToList();
            var (fresh, old) = (Replay(functions, part, 0, id), Replay(functions, part, count, id));
            Assert.Null(fresh.End);
            Assert.Equal(fresh.Open.Select(step => $"{step.Id} {step}"), old.Open.Select(step => $"{step.Id} {step}"));
        }
    }

    [Fact]
    public void Code_is_told_which_part_of_it_has_run_before()
    {
        var seen = new List<bool>();
        var functions = new ScriptedFunctions().Orchestrator("Sees", async context =>
        {
            seen.Add(context.IsReplaying);
            await context.CallActivityAsync("A", 1);
            seen.Add(context.IsReplaying);
            await context.CallActivityAsync("B", 2);
            seen.Add(context.IsReplaying);
            return null;
        });
        HistoryEvent[] history = [Begun("Sees"), Completed(0, "A"), Completed(1, "B")];

        Replay(functions, history, played: 2);

        Assert.Equal([true, true, false], seen);
    }

    [Theory]
    [InlineData("another activity", "'A' as step 0 of orchestrator 'Now', but its code has activity 'B' there")]
    [InlineData("a timer", "'A' as step 0 of orchestrator 'Now', but its code has a timer there")]
    [InlineData("an event", "'A' as step 0 of orchestrator 'Now', but its code has taken only 0 steps")]
    [InlineData("the end", "orchestrator 'Now' ended before event 1 of its history")]
    public void Changed_code_fails_and_says_what_was_expected_and_what_was_found(string change, string message)
    {
        var functions = new ScriptedFunctions().Orchestrator("Now", async context =>
        {
            switch (change)
            {
                case "another activity":
                    return await context.CallActivityAsync<int>("B", 1);
                case "a timer":
                    await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                    return null;
                case "an event":
                    return await context.WaitForExternalEvent<int>("Go");
                default:
                    return null;
            }
        });

        var end = Replay(functions, [Begun("Now"), Completed(0, "A")], played: 2).End;

        Assert.Equal((OrchestrationRuntimeStatus.Failed, NonDeterministic), (end!.Status, end.Failure!.ErrorType));
        Assert.Contains(message, end.Failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_whose_code_changed_while_it_waited_fails_on_the_new_code()
    {
        var options = EngineUnderTest.Quick(EngineUnderTest.NewTable());
        static ScriptedFunctions Calls(string activity) => new ScriptedFunctions()
            .Activity<int>(activity, number => number)
            .Orchestrator("Calls", async context =>
            {
                await context.CallActivityAsync(activity, 1);
                return await context.WaitForExternalEvent<int>("Go");
            });
        var old = await EngineUnderTest.StartAsync(azurite, Calls("Old"), options);
        await old.ScheduleAsync("Calls", id: "x");
        await old.OpenAsync("x", row => row.Owner.Length == 0 && row.History.Count == 2);
        old.Kill();

        await using var changed = await EngineUnderTest.StartAsync(azurite, Calls("New"), options);
        await changed.Client.RaiseEventAsync("x", "Go", 1, Ct);

        Assert.Equal(NonDeterministic, (await changed.EndOfAsync("x")).FailureDetails!.ErrorType);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_orchestrator_that_awaits_something_foreign_fails_and_is_told_so(bool besideAnActivity)
    {
        var (never, gate) = (new TaskCompletionSource<object?>(), new TaskCompletionSource());
        var functions = new ScriptedFunctions()
            .Cancellable("Never", ct =>
            {
                gate.TrySetResult();
                return never.Task.WaitAsync(ct);
            })
            .Orchestrator("Foreign", async context =>
            {
                var activity = besideAnActivity ? context.CallActivityAsync("Never") : Task.CompletedTask;
                await gate.Task.WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
                await activity;
                return null;
            });
        await using var app = await EngineUnderTest.StartAsync(azurite, functions);

        var ended = await app.RunAsync("Foreign");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("not of its context", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void An_orchestrator_that_awaits_what_never_ends_fails_at_once()
    {
        var never = new TaskCompletionSource<object?>();
        var functions = new ScriptedFunctions().Orchestrator("Hangs", _ => never.Task);

        var end = Replay(functions, [Begun("Hangs")], played: 0).End;

        Assert.Contains("not of its context", end!.Failure!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_used_on_another_thread_refuses()
    {
        Exception? seen = null;
        var functions = new ScriptedFunctions().Orchestrator("Elsewhere", context =>
        {
            var thread = new Thread(() => seen = Record.Exception(() => { _ = context.NewGuid(); }));
            thread.Start();
            thread.Join();
            return context.WaitForExternalEvent<object?>("Go");
        });

        Replay(functions, [Begun("Elsewhere")], played: 0);

        Assert.IsType<InvalidOperationException>(seen);
    }

    static HistoryEvent.Started Begun(string name) => new(Start, name, null);

    static HistoryEvent.ActivityCompleted Completed(int id, string name) =>
        new(Start.AddSeconds(id + 1), id, name, "1");

    static Turn Replay(
        ScriptedFunctions functions, IReadOnlyList<HistoryEvent> history, int played, string id = "x") =>
        new Replay(functions, new JsonPayloads(new()), new DurableOptions(), NullLoggerFactory.Instance)
            .Run(id, history, played, () => { });
}
