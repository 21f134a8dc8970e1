using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Telephony.LocalRuntime.Durable;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Durable;

/// <summary>The process dies, or storage fails, at every request; another process finishes.</summary>
public sealed class CrashTests(AzuriteFixture azurite)
{
    /// <summary>What an undisturbed run makes: the loops below must have got through it.</summary>
    const int RequestsMin = 11;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Fault.BeforeCall)]
    [InlineData(Fault.AfterCall)]
    public async Task A_process_that_dies_at_any_request_leaves_work_that_another_finishes_alike(Fault fault)
    {
        var struck = 0;
        for (var isStruck = true; isStruck;)
        {
            var dead = FaultPlan.From(struck + 1, fault);
            var options = await NewAsync();
            var first = Create(options, retries: 0, dead);
            await LiveAsync(first, dead);
            first.Kill();

            var lease = TimeSpan.FromMilliseconds(100);
            var second = options with { Poll = TimeSpan.FromMilliseconds(20), Lease = lease };
            await using var survivor = Create(second, retries: 0, FaultPlan.None());
            await survivor.Engine.StartAsync(Ct);
            await AssertFinishedAsync(survivor);
            isStruck = dead.Faults > 0;
            struck += isStruck ? 1 : 0;
        }

        Assert.True(struck >= RequestsMin, $"only {struck} requests were struck");
    }

    [Theory]
    [InlineData(Fault.BeforeCall, 0)]
    [InlineData(Fault.AfterCall, 0)]
    [InlineData(Fault.BeforeCall, 1)]
    [InlineData(Fault.AfterCall, 1)]
    public async Task A_process_that_loses_one_request_or_answer_goes_on_by_itself(Fault fault, int retries)
    {
        var struck = 0;
        for (var isStruck = true; isStruck;)
        {
            var plan = FaultPlan.At(struck + 1, fault);
            var options = await NewAsync() with { Poll = TimeSpan.FromMilliseconds(100) };
            await using var app = Create(options, retries, plan);
            await LiveAsync(app, FaultPlan.None());
            await AssertFinishedAsync(app);
            isStruck = plan.Faults > 0 && struck < RequestsMin * 2;
            struck += isStruck ? 1 : 0;
        }

        Assert.True(struck >= RequestsMin, $"only {struck} requests were struck");
    }

    /// <summary>A table, and times so long that only the orchestration's own requests are made.</summary>
    async Task<DurableOptions> NewAsync()
    {
        var options = EngineUnderTest.Quick(EngineUnderTest.NewTable()) with { Poll = TimeSpan.FromHours(1) };
        await EngineUnderTest.Create(azurite, Journey(), options).Table.CreateIfNotExistsAsync(Ct);
        return options with { Lease = TimeSpan.FromMilliseconds(200) };
    }

    EngineUnderTest Create(DurableOptions options, int retries, FaultPlan plan) => EngineUnderTest.Create(
        azurite, Journey(), options, client: StorageOptions.With(retries, new FaultPolicy(plan)));

    /// <summary>Runs until the plan has struck or the instance has ended.</summary>
    static async Task LiveAsync(EngineUnderTest app, FaultPlan dead)
    {
        while (!await TryAsync(() => app.Engine.StartAsync(Ct)) && dead.Faults == 0)
        {
        }

        await Eventually.ThatAsync(async () =>
        {
            await GoAsync(app);
            return dead.Faults > 0 || await app.RowAsync("x", finished: true) is not null;
        });
    }

    static async Task AssertFinishedAsync(EngineUnderTest app)
    {
        await Eventually.ThatAsync(async () =>
        {
            await GoAsync(app);
            return await app.RowAsync("x", finished: true) is not null;
        });
        var ended = DurableRows.Show((await app.RowAsync("x", finished: true))!, new JsonPayloads(new()));
        Assert.Equal("3 6 go failed 12 late", ended.ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal("\"end\"", ended.SerializedCustomStatus);
    }

    /// <summary>What a caller does: schedule until it is there, raise the event when it is waited for.</summary>
    static async Task GoAsync(EngineUnderTest app)
    {
        var row = await app.RowAsync("x");
        if (row is null && await app.RowAsync("x", finished: true) is null)
        {
            await TryAsync(() => app.ScheduleAsync("Journey", 3, "x"));
        }
        else if (row is not null &&
            DurableRows.Read(row) is { Owner: "", CustomStatus: "\"waits\"" } waiting &&
            waiting.History.All(happened => happened is not HistoryEvent.EventRaised))
        {
            await TryAsync(() => app.Client.RaiseEventAsync("x", "Go", "go", Ct));
        }
    }

    /// <summary>False when storage failed, or the instance went on meanwhile.</summary>
    static async Task<bool> TryAsync(Func<Task> request)
    {
        try
        {
            await request();
            return true;
        }
        catch (Exception exception) when (exception is IOException or AggregateException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Activities, an event, a failure, a timer and a status: everything that a step can be.</summary>
    static ScriptedFunctions Journey() => new ScriptedFunctions()
        .Activity<int>("Double", number => number * 2)
        .Activity<int>("Fail", number => throw new InvalidOperationException($"{number}"))
        .Orchestrator("Journey", async context =>
        {
            var words = new List<string> { $"{context.GetInput<int>()}" };
            words.Add($"{await context.CallActivityAsync<int>("Double", 3)}");
            context.SetCustomStatus("waits");
            words.Add(await context.WaitForExternalEvent<string>("Go"));
            context.SetCustomStatus("end");
            try
            {
                await context.CallActivityAsync("Fail", 6);
            }
            catch (TaskFailedException)
            {
                words.Add("failed");
            }

            words.Add($"{await context.CallActivityAsync<int>("Double", 6)}");
            await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
            words.Add("late");
            return string.Join(' ', words);
        });
}
