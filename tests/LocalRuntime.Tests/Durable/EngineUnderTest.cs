using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Telephony.LocalRuntime.Durable;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Durable;

/// <summary>One engine on a table of Azurite, as a process would have it.</summary>
sealed class EngineUnderTest : IAsyncDisposable
{
    EngineUnderTest(DurableEngine engine, TableClient table)
    {
        Engine = engine;
        Table = table;
        Client = new LocalDurableClient(engine);
    }

    public DurableEngine Engine { get; }

    public DurableTaskClient Client { get; }

    public TableClient Table { get; }

    /// <summary>Small times, so that no test waits for a default.</summary>
    public static DurableOptions Quick(string table) => new()
    {
        Table = table,
        Buckets = 2,
        Lease = TimeSpan.FromSeconds(1),
        Poll = TimeSpan.FromMilliseconds(50),
        Rest = TimeSpan.FromMilliseconds(20),
        StopMax = TimeSpan.FromSeconds(2),
    };

    public static string NewTable() => "durable" + Guid.NewGuid().ToString("N");

    public static EngineUnderTest Create(
        AzuriteFixture azurite,
        IDurableFunctions functions,
        DurableOptions? options = null,
        TimeProvider? time = null,
        TableClientOptions? client = null)
    {
        var settings = options ?? Quick(NewTable());
        var service = new TableServiceClient(azurite.ConnectionString, client ?? new());
        var engine = new DurableEngine(
            new DurableTable(service, settings),
            functions,
            new JsonPayloads(new()),
            settings,
            time ?? TimeProvider.System,
            NullLoggerFactory.Instance);
        return new(engine, new TableServiceClient(azurite.ConnectionString).GetTableClient(settings.Table));
    }

    public static async Task<EngineUnderTest> StartAsync(
        AzuriteFixture azurite,
        IDurableFunctions functions,
        DurableOptions? options = null,
        TimeProvider? time = null,
        TableClientOptions? client = null)
    {
        var started = Create(azurite, functions, options, time, client);
        await started.Engine.StartAsync(TestContext.Current.CancellationToken);
        return started;
    }

    public Task<string> ScheduleAsync(string orchestrator, object? input = null, string? id = null) =>
        Client.ScheduleNewOrchestrationInstanceAsync(
            orchestrator, input, new StartOrchestrationOptions(id), TestContext.Current.CancellationToken);

    public Task<OrchestrationMetadata> EndOfAsync(string id) => Client.WaitForInstanceCompletionAsync(
        id, getInputsAndOutputs: true, TestContext.Current.CancellationToken).WaitAsync(Eventually.WaitMax);

    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null) =>
        await EndOfAsync(await ScheduleAsync(orchestrator, input));

    public async Task<TableEntity?> RowAsync(string id, bool finished = false)
    {
        var key = finished ? DurableKeys.Finished(id) : DurableKeys.Open(id);
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(Engine.Table.Bucket(id), key);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>The open instance, once it is as wanted.</summary>
    public async Task<StoredInstance> OpenAsync(string id, Func<StoredInstance, bool> isReached)
    {
        StoredInstance? found = null;
        await Eventually.ThatAsync(async () =>
        {
            found = await RowAsync(id) is { } row ? DurableRows.Read(row) : null;
            return found is not null && isReached(found);
        });
        return found!;
    }

    /// <summary>Once the instance waits and nobody holds it.</summary>
    public Task<StoredInstance> IdleAsync(string id) => OpenAsync(id, row => row.Owner.Length == 0);

    /// <summary>As if the process were killed: nothing is let go of, nothing more is written.</summary>
    public void Kill() => Engine.Dispose();

    /// <summary>Not a stop: that would wait by a clock that a failed test no longer moves.</summary>
    public ValueTask DisposeAsync()
    {
        Kill();
        return ValueTask.CompletedTask;
    }
}
