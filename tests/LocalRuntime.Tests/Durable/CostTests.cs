using Azure.Data.Tables;
using Telephony.LocalRuntime.Durable;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Durable;

/// <summary>What orchestrations cost, counted.</summary>
public sealed class CostTests(AzuriteFixture azurite)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    public async Task Three_activities_cost_one_insert_and_three_transactions_however_many_have_finished(int finished)
    {
        var (app, counting) = await StartAsync(ScriptedFunctions.ThreeDoublings(), finished);
        await using var _ = app;

        await app.ScheduleAsync("Thrice", 1, "x");
        await EndAsync(app);

        Assert.Equal([("BATCH", 3), ("POST", 1)], Counts(counting));
    }

    [Fact]
    public async Task An_event_costs_one_read_one_insert_and_the_step_that_takes_it_up()
    {
        var (app, counting) = await StartAsync(new ScriptedFunctions().Orchestrator(
            "Wait", async context => await context.WaitForExternalEvent<int>("Go")));
        await using var _ = app;
        await app.ScheduleAsync("Wait", id: "x");
        await app.IdleAsync("x");
        counting.Reset();

        await app.Client.RaiseEventAsync("x", "Go", 1, Ct);
        await EndAsync(app);

        Assert.Equal([("BATCH", 1), ("GET", 1), ("POST", 1)], Counts(counting));
    }

    [Fact]
    public async Task Waiting_for_an_event_costs_one_transaction_and_then_nothing()
    {
        var (app, counting) = await StartAsync(new ScriptedFunctions().Orchestrator(
            "Wait", async context => await context.WaitForExternalEvent<int>("Go")));
        await using var _ = app;

        await app.ScheduleAsync("Wait", id: "x");
        await app.IdleAsync("x");

        Assert.Equal([("BATCH", 1), ("POST", 1)], Counts(counting));
    }

    static List<(string Method, int Count)> Counts(CountingPolicy counting) =>
        [.. counting.Counts.Select(count => (count.Key.Method, count.Value)).OrderBy(count => count.Method)];

    static Task EndAsync(EngineUnderTest app) =>
        Eventually.ThatAsync(async () => await app.RowAsync("x", finished: true) is not null);

    /// <summary>An engine that has searched once and does not search again.</summary>
    async Task<(EngineUnderTest App, CountingPolicy Counting)> StartAsync(ScriptedFunctions functions, int finished = 0)
    {
        var counting = new CountingPolicy();
        var options = EngineUnderTest.Quick(EngineUnderTest.NewTable()) with
        {
            Buckets = new DurableOptions().Buckets,
            Poll = TimeSpan.FromHours(1),
            Lease = TimeSpan.FromHours(1),
        };
        var app = EngineUnderTest.Create(
            azurite, functions, options, client: StorageOptions.With(retries: 0, counting));
        await app.Table.CreateIfNotExistsAsync(Ct);
        await FillAsync(app, finished);
        await app.Engine.StartAsync(Ct);
        await Eventually.That(() => counting.Of(options.Table) >= options.Buckets);
        counting.Reset();
        return (app, counting);
    }

    static async Task FillAsync(EngineUnderTest app, int finished)
    {
        var rows = Enumerable.Range(0, finished)
            .Select(number => new TableEntity(
                app.Engine.Table.Bucket($"old-{number}"), DurableKeys.Finished($"old-{number}")));
        await Parallel.ForEachAsync(rows.GroupBy(row => row.PartitionKey).SelectMany(bucket => bucket.Chunk(100)), Ct,
            async (chunk, ct) => await app.Table.SubmitTransactionAsync(
                chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), ct));
    }
}
