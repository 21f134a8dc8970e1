using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Telephony.Functions.Assignment;
using Telephony.Functions.Directory;
using Telephony.Functions.MainNumber;
using Telephony.Functions.Messaging;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Messaging;

/// <summary>
/// Each request of carrying out an activation is lost in turn, or its answer, and the message is delivered again, to
/// the same process or another one: the number is activated once, and who waits for it is told.
/// </summary>
public sealed class LostCommandTests(World world) : IClassFixture<World>
{
    const int RequestsMax = 40;
    const int DeliveriesMax = 10;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ActivateMain", Fault.BeforeCall)]
    [InlineData("ActivateMain", Fault.AfterCall)]
    [InlineData("ActivationConfirmed", Fault.BeforeCall)]
    [InlineData("ActivationConfirmed", Fault.AfterCall)]
    [InlineData("ActivationFailed", Fault.BeforeCall)]
    [InlineData("ActivationFailed", Fault.AfterCall)]
    public async Task Whichever_request_is_lost_it_is_carried_out_once_and_who_waits_is_told(string type, Fault fault)
    {
        var place = await BackOffice.PlaceAsync(world, 18);
        var office = new BackOffice(place);
        await office.WaitForActivationAsync(place.Number(18));
        object members = type switch
        {
            "ActivateMain" => new { account = place.Tenant, number = place.Number(18) },
            "ActivationFailed" => new { number = place.Number(18), reason = "Down." },
            _ => new { number = place.Number(18) },
        };
        var command = BinaryData.FromString(office.Command(type, members).ToJsonString()).ToMemory();

        var undisturbed = await RunAsync(command, FaultPlan.None(), restart: false);
        Assert.Equal(1, undisturbed.Told);
        var struck = 0;
        for (var call = 1; call <= RequestsMax; call++)
        {
            var plan = FaultPlan.At(call, fault);
            var run = await RunAsync(command, plan, restart: call % 2 == 0);
            if (plan.Faults == 0)
                break;
            struck++;
            Assert.Equal(undisturbed.Rows, run.Rows);
            Assert.True(run.Told >= 1, $"Nobody was told when call {call} was lost.");
        }

        Assert.Equal(undisturbed.Calls, struck);
    }

    async Task<(IReadOnlyList<string> Rows, int Told, int Calls)> RunAsync(
        ReadOnlyMemory<byte> command, FaultPlan plan, bool restart)
    {
        var (sites, directory) = (await CopyAsync(world.App.Sites), await CopyAsync(world.App.Directory));
        var told = 0;
        var client = Client(plan, () => told++);
        var handler = Handler(sites, directory, plan);
        for (var delivery = 1; delivery <= DeliveriesMax; delivery++)
        {
            try
            {
                Assert.Null(await handler.HandleAsync(command, client, again: delivery > 1, Ct));
                return (Rows(sites), told, plan.Calls);
            }
            catch (Exception e) when (e is IOException or NotWokenException)
            {
                handler = restart ? Handler(sites, directory, plan) : handler;
            }
        }

        throw new TimeoutException("It was never carried out.");
    }

    /// <summary>A process of its own.</summary>
    CommandHandler Handler(MemoryTable sites, MemoryTable directory, FaultPlan plan)
    {
        var (clock, table) = (world.App.Clock, new FaultyTable(sites, plan));
        var partition = new SitePartition(table, new SiteCache(), clock);
        var people = new DirectoryTable(new FaultyTable(directory, plan), new DirectoryCache(clock));
        var assigning = new Assigning(partition, new(table, new(table)), new LineWork(partition, people, clock));
        return new(
            partition, people, new MainNumberWords(partition, new SiteQueries(table)), assigning,
            new OperationDriver(partition, clock), clock, NullLogger<CommandHandler>.Instance);
    }

    static DurableTaskClient Client(FaultPlan plan, Action told)
    {
        var client = new Mock<DurableTaskClient>("durable") { CallBase = true };
        var payloads = new Mock<DataConverter> { CallBase = true };
        payloads.Setup(payload => payload.Deserialize<string>(It.IsAny<string>())).Returns((string data) => data);
        client.Setup(durable => durable.GetInstancesAsync(It.IsAny<string>(), true, It.IsAny<CancellationToken>()))
            .Returns((string id, bool _, CancellationToken _) => Strike<OrchestrationMetadata?>(plan, () => new("x", id)
            {
                RuntimeStatus = OrchestrationRuntimeStatus.Running,
                DataConverter = payloads.Object,
                SerializedInput = $"site-1~{new string('a', 26)}",
            }));
        client.Setup(durable => durable.RaiseEventAsync(
                It.IsAny<string>(), $"look~{new string('a', 26)}", It.IsAny<object?>(), It.IsAny<CancellationToken>()))
            .Returns(() => Strike(plan, () =>
            {
                told();
                return true;
            }));
        return client.Object;
    }

    static Task<T> Strike<T>(FaultPlan plan, Func<T> call)
    {
        var fault = plan.Next();
        if (fault is Fault.BeforeCall)
            return Task.FromException<T>(new IOException("The request was lost."));
        var result = call();
        return fault is Fault.AfterCall
            ? Task.FromException<T>(new IOException("The response was lost."))
            : Task.FromResult(result);
    }

    static async Task<MemoryTable> CopyAsync(MemoryTable table)
    {
        var copy = new MemoryTable();
        foreach (var part in table.Rows.GroupBy(row => row.PartitionKey).SelectMany(rows => rows.Chunk(50)))
            Assert.IsType<CommitResult.Committed>(await copy.CommitAsync(
                part[0].PartitionKey, [.. part.Select(row => new RowChange.Insert(row))], Ct));
        return copy;
    }

    static List<string> Rows(MemoryTable table) => [.. table.Rows.Select(row => string.Join(
        ' ', TransactionGuard.OwnProperties(row).OrderBy(property => property.Key, StringComparer.Ordinal)
            .Select(property => $"{property.Key}={property.Value}").Prepend($"{row.PartitionKey} {row.RowKey}")))];
}
