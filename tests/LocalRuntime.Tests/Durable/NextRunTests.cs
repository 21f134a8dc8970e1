using System.Collections.Concurrent;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask.Client;
using Telephony.LocalRuntime.Durable;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Durable;

/// <summary>An id that is scheduled again: nothing of one run reaches the next, whatever its process missed.</summary>
public sealed class NextRunTests(AzuriteFixture azurite)
{
    /// <summary>What a start, a search of the buckets and two undisturbed runs make.</summary>
    const int RequestsMin = 3 + 6;

    readonly ConcurrentQueue<string> ran = new();
    readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource late = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public enum Outcome
    {
        BeforeNextRun,
        AfterNextRun,
        Never,
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Fault.BeforeCall, 0, false)]
    [InlineData(Fault.AfterCall, 0, false)]
    [InlineData(Fault.BeforeCall, 1, false)]
    [InlineData(Fault.AfterCall, 1, false)]
    [InlineData(Fault.BeforeCall, 0, true)]
    [InlineData(Fault.AfterCall, 0, true)]
    [InlineData(Fault.AfterCall, 1, true)]
    public async Task An_id_scheduled_again_at_once_after_any_lost_request_runs_for_itself(
        Fault fault, int retries, bool isShared)
    {
        var struck = 0;
        for (var isStruck = true; isStruck;)
        {
            ran.Clear();
            var plan = FaultPlan.At(struck + 1, fault);
            var (poll, rest) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200));
            var options = await NewAsync() with { Poll = poll, Rest = rest };
            await using var first = Create(options, Steps(), plan, retries);
            await using var second = Create(options, Steps(), FaultPlan.None());
            await Eventually.ThatAsync(() => TryAsync(() => first.Engine.StartAsync(Ct)));
            await second.Engine.StartAsync(Ct);

            await AssertRunAsync(first, "1");
            await AssertRunAsync(isShared ? second : first, "2");
            await AssertRunAsync(first, "3");

            isStruck = plan.Faults > 0 && struck < RequestsMin * 2;
            struck += isStruck ? 1 : 0;
        }

        Assert.True(struck >= RequestsMin, $"only {struck} requests were struck");
    }

    [Fact]
    public async Task A_run_waits_neither_for_the_rest_of_the_last_ones_loop_nor_for_a_search()
    {
        const int Searched = 1 + 2;
        const int Finish = Searched + 3;
        var plan = FaultPlan.At(Finish, Fault.AfterCall);
        await using var app = Create(await NewAsync() with { Rest = TimeSpan.FromHours(1) }, Steps(), plan);
        await app.Engine.StartAsync(Ct);
        await Eventually.That(() => plan.Calls == Searched);

        await AssertRunAsync(app, "1");
        await Eventually.That(() => plan.Faults == 1);
        Assert.Equal(Finish, plan.Calls);
        await AssertRunAsync(app, "2");
    }

    [Theory]
    [InlineData(true, Outcome.BeforeNextRun)]
    [InlineData(true, Outcome.AfterNextRun)]
    [InlineData(true, Outcome.Never)]
    [InlineData(false, Outcome.BeforeNextRun)]
    [InlineData(false, Outcome.AfterNextRun)]
    [InlineData(false, Outcome.Never)]
    public async Task An_outcome_of_a_run_that_another_process_ended_reaches_no_other_run(bool isTold, Outcome outcome)
    {
        var isDown = false;
        var options = await NewAsync() with { Lease = TimeSpan.FromMilliseconds(300) };

        // It learns of the next run from its client here, or else when it reads again.
        var rest = isTold ? TimeSpan.FromHours(1) : options.Rest;
        var plan = FaultPlan.While(() => Volatile.Read(ref isDown), Fault.BeforeCall);
        await using var cut = Create(options with { Rest = rest }, Steps("1"), plan);
        await using var client = Create(options, Steps(), FaultPlan.None());
        await cut.Engine.StartAsync(Ct);
        await cut.ScheduleAsync("Steps", "1", "x");
        await entered.Task.WaitAsync(Eventually.WaitMax, Ct);
        Volatile.Write(ref isDown, true);
        await EndElsewhereAsync(options);

        SetIf(late, outcome == Outcome.BeforeNextRun);
        Volatile.Write(ref isDown, !isTold);
        await (isTold ? cut : client).ScheduleAsync("Steps", "2", "x");
        Volatile.Write(ref isDown, false);
        SetIf(late, outcome == Outcome.AfterNextRun);

        await AssertRunAsync(cut, "2");
        if (outcome == Outcome.Never)
        {
            await cancelled.Task.WaitAsync(Eventually.WaitMax, Ct);
        }
    }

    static void SetIf(TaskCompletionSource source, bool isSet)
    {
        if (isSet)
        {
            source.SetResult();
        }
    }

    /// <summary>Another process takes the run over, ends it and stops.</summary>
    async Task EndElsewhereAsync(DurableOptions options)
    {
        var poll = TimeSpan.FromMilliseconds(20);
        await using var other = Create(options with { Poll = poll }, Steps(), FaultPlan.None());
        await other.Engine.StartAsync(Ct);
        await AssertRunAsync(other, "1");
        await other.Engine.StopAsync(Ct);
    }

    /// <summary>Schedules it at once, as often as it takes, and sees it end with what it alone has done.</summary>
    async Task AssertRunAsync(EngineUnderTest app, string input)
    {
        OrchestrationMetadata? ended = null;
        await Eventually.ThatAsync(async () =>
        {
            // In this order: an instance goes from the open ones to the finished ones.
            var isOpen = await app.RowAsync("x") is not null;
            ended = await app.RowAsync("x", finished: true) is { } row
                ? DurableRows.Show(row, new JsonPayloads(new()))
                : null;
            var isReached = !isOpen && ended?.ReadInputAs<string>() == input;
            if (!isOpen && !isReached)
            {
                await TryAsync(() => app.ScheduleAsync("Steps", input, "x"));
            }

            return isReached;
        });
        Assert.Equal($"b a {input}", ended!.ReadOutputAs<string>());
        Assert.Contains($"a {input}", ran);
        Assert.Contains($"b a {input}", ran);
    }

    /// <summary>False when storage failed, or the instance is there already.</summary>
    static async Task<bool> TryAsync(Func<Task> request)
    {
        try
        {
            await request();
            return true;
        }
        catch (Exception exception) when (exception is IOException or OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }

    /// <summary>A table, and a poll so long that nothing is found by it.</summary>
    async Task<DurableOptions> NewAsync()
    {
        var options = EngineUnderTest.Quick(EngineUnderTest.NewTable()) with { Poll = TimeSpan.FromHours(1) };
        await EngineUnderTest.Create(azurite, Steps(), options).Table.CreateIfNotExistsAsync(Ct);
        return options;
    }

    EngineUnderTest Create(DurableOptions options, IDurableFunctions functions, FaultPlan plan, int retries = 0) =>
        EngineUnderTest.Create(
            azurite, functions, options, client: StorageOptions.With(retries, new FaultPolicy(plan)));

    /// <summary>Two activities; the first of the run with the input <paramref name="held"/> heeds no end.</summary>
    ScriptedFunctions Steps(string? held = null) => new ScriptedFunctions()
        .Activity<string>("Step", async (text, ct) =>
        {
            if (text == $"a {held}")
            {
                await using var registration = ct.Register(cancelled.SetResult);
                entered.SetResult();
                await late.Task;
                return "late";
            }

            ran.Enqueue(text);
            return text;
        })
        .Orchestrator("Steps", async context => await context.CallActivityAsync<string>(
            "Step", "b " + await context.CallActivityAsync<string>("Step", "a " + context.GetInput<string>())));
}
