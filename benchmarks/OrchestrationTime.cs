using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;
using Telephony.LocalRuntime;
using Telephony.LocalRuntime.Durable;
using Telephony.Testing;

namespace Telephony.Benchmarks;

/// <summary>
/// P11: an orchestration of three activities on the local durable engine, beside its transactions alone.
/// </summary>
sealed class OrchestrationTime(string connectionString, CancellationToken ct)
{
    const int RequestsMax = 6;
    const double RatioMax = 1.5;
    const int Rounds = 25;
    const int Finished = 10_000;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    readonly CountingPolicy counter = new();
    readonly ThreeSteps functions = new();

    public static async Task<int> RunAsync(CancellationToken ct)
    {
        Report.Begin(
            "P11: an orchestration of three activities on the local durable engine",
            "From the call that schedules it to the answer to the transaction that ends it; the activities do nothing.",
            "Beside it, on the same table, in turns: one insert, two merges and one transaction that moves the row,",
            $"each as long as the orchestration's last row, one after the other. Medians of {Rounds} rounds. Azurite,",
            "in memory.");
        await using var azurite = await Azurite.StartAsync(new AzuriteOptions(), ct);
        var report = new Report(
            "finished instances", $"requests (≤ {RequestsMax})", "orchestration, ms", "transactions alone, ms",
            $"ratio (≤ {RatioMax})", "goal");
        var missed = false;
        foreach (var finished in new[] { 0, Finished })
            missed |= await new OrchestrationTime(azurite.ConnectionString, ct).ReportAsync(report, finished);
        report.Print();
        Console.WriteLine(missed ? "A goal is missed." : "All goals are met.");
        return missed ? 1 : 0;
    }

    async Task<bool> ReportAsync(Report report, int finished)
    {
        var options = new DurableOptions
        {
            Table = $"durable{finished}", Poll = TimeSpan.FromHours(1), Lease = TimeSpan.FromHours(1),
        };
        var table = new TableClient(connectionString, options.Table);
        await table.CreateAsync(ct);
        var engine = new DurableEngine(
            new DurableTable(
                new TableServiceClient(connectionString, StorageOptions.With(retries: 0, counter)), options),
            functions, new JsonPayloads(new()), options, TimeProvider.System, NullLoggerFactory.Instance);
        await FillAsync(table, engine, finished);
        await engine.StartAsync(ct);
        var (orchestrations, floors, requests) = (new List<double>(), new List<double>(), new List<int>());
        for (var round = -2; round < Rounds; round++)
        {
            counter.Reset();
            var (time, row) = await OrchestrateAsync(engine, table, $"run-{round + 2}");
            var alone = await AloneAsync(table, row, $"floor-{round + 2}");
            if (round < 0)
                continue;
            orchestrations.Add(time);
            floors.Add(alone);
            requests.Add(counter.Total);
        }

        await engine.StopAsync(CancellationToken.None);
        var ratio = orchestrations.Median() / floors.Median();
        var met = requests.Max() <= RequestsMax && ratio <= RatioMax;
        report.Add(
            finished, requests.Max(), orchestrations.Median().ToString("0.00"), floors.Median().ToString("0.00"),
            ratio.ToString("0.00"), met ? "met" : "missed");
        return !met;
    }

    /// <summary>Milliseconds from scheduling to the end, and the row that is left.</summary>
    async Task<(double Time, TableEntity Row)> OrchestrateAsync(DurableEngine engine, TableClient table, string id)
    {
        var watch = Stopwatch.StartNew();
        await new LocalDurableClient(engine).ScheduleNewOrchestrationInstanceAsync(
            nameof(ThreeSteps), 1, new StartOrchestrationOptions(id), ct);
        // Looking at the table would stand in the way: the count of requests says when the last one was sent.
        while (counter.Total < ThreeSteps.Requests)
            await Task.Delay(Pause, ct);
        NullableResponse<TableEntity> found;
        while (!(found = await table.GetEntityIfExistsAsync<TableEntity>(
            engine.Table.Bucket(id), DurableKeys.Finished(id), cancellationToken: ct)).HasValue)
            await Task.Delay(Pause, ct);
        return (watch.Elapsed.TotalMilliseconds, found.Value!);
    }

    async Task<double> AloneAsync(TableClient table, TableEntity like, string id)
    {
        var watch = Stopwatch.StartNew();
        var row = Like(like, DurableKeys.Open(id));
        var etag = (await table.AddEntityAsync(row, ct)).Headers.ETag!.Value;
        for (var step = 0; step < 2; step++)
        {
            row.ETag = etag;
            etag = (await table.SubmitTransactionAsync(
                [new(TableTransactionActionType.UpdateMerge, row, etag)], ct)).Value[0].Headers.ETag!.Value;
        }

        await table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Delete, row, etag),
                new(TableTransactionActionType.Add, Like(like, DurableKeys.Finished(id))),
            ], ct);
        // As the orchestration's end is looked for.
        await table.GetEntityIfExistsAsync<TableEntity>(
            like.PartitionKey, DurableKeys.Finished(id), cancellationToken: ct);
        return watch.Elapsed.TotalMilliseconds;
    }

    static TableEntity Like(TableEntity row, string key)
    {
        var copy = new TableEntity(row.PartitionKey, key);
        foreach (var (name, value) in row.Where(property => !IsSystem(property.Key)))
            copy[name] = value;
        return copy;
    }

    static bool IsSystem(string name) => name is "PartitionKey" or "RowKey" or "Timestamp" or "odata.etag";

    async Task FillAsync(TableClient table, DurableEngine engine, int finished)
    {
        var rows = Enumerable.Range(0, finished).Select(number => new TableEntity(
            engine.Table.Bucket($"old-{number}"), DurableKeys.Finished($"old-{number}")));
        foreach (var chunk in rows.GroupBy(row => row.PartitionKey).SelectMany(bucket => bucket.Chunk(100)))
        {
            await table.SubmitTransactionAsync(
                chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), ct);
        }
    }

    /// <summary>An orchestration of three activities that do nothing.</summary>
    sealed class ThreeSteps : IDurableFunctions
    {
        /// <summary>It is scheduled, and each activity's result is one transaction; the last one ends it.</summary>
        public const int Requests = 4;

        const string Step = "Step";

        public bool HasOrchestrator(string name) => name == nameof(ThreeSteps);

        public bool HasActivity(string name) => name == Step;

        public async Task<object?> RunOrchestratorAsync(string name, TaskOrchestrationContext context)
        {
            for (var step = 0; step < 3; step++)
                await context.CallActivityAsync<int>(Step, step);
            return null;
        }

        public Task<object?> RunActivityAsync(
            string name, string instanceId, Func<Type, object?> readInput, CancellationToken ct) =>
            Task.FromResult(readInput(typeof(int)));
    }
}
