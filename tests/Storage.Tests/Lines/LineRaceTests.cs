using Telephony.Domain;
using Telephony.Domain.Places;
using Telephony.Functions.Http;
using Telephony.Functions.Places;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using Telephony.Testing;
using static Telephony.Storage.Tests.Lines.LineWorld;

namespace Telephony.Storage.Tests.Lines;

public sealed class LineRacesOnMemory() : LineRaceTests(new MemoryStore());

public sealed class LineRacesOnAzurite(AzuriteFixture azurite) : LineRaceTests(new AzuriteStore(azurite));

/// <summary>What two want at once, one gets; what one moves, the other does not assign to.</summary>
public abstract class LineRaceTests(Store store)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_of_many_who_want_a_handset_at_once_gets_it()
    {
        var world = new LineWorld(store);
        await world.OpenAsync();
        var operations = Enumerable.Range(0, 4)
            .Select(number => world.Accepted($"race-{number}", Wish(number, null, world.Mac(1)))).ToList();
        foreach (var operation in operations)
            await world.Process().AcceptAsync(operation);

        var parts = await Task.WhenAll(operations.Select(operation => world.Process().AssignAsync(operation)));

        Assert.Equal(1, parts.Sum(part => part.Assigned));
        Assert.All(parts.Where(part => part.Assigned == 0), part => Assert.Equal("handset-busy", part.Reason!.Code));
        var state = await world.ReadAsync();
        Assert.Equal(
            Assert.Single(state.Lines).Key, state.Places.Find(Handset.RefOf(world.Mac(1)))!.Uses.Assigned);
    }

    [Fact]
    public async Task A_port_that_is_patched_elsewhere_meanwhile_has_no_number()
    {
        for (var round = 0; round < 8; round++)
        {
            var world = new LineWorld(store);
            await world.OpenAsync();
            var operation = world.Accepted("race", Wish(0, null, world.Mac(1)));
            await world.Process().AcceptAsync(operation);
            var table = new PlaceTable(store.Table);
            var changes = new PlaceChanges(
                table, new MacClaims(store.Table, store.Table, TimeProvider.System), TimeProvider.System);
            var port = (await table.FindAsync(world.Site.Id, Port.RefOf(Id<Port>.Parse("pa")), Ct))!;

            var assigning = world.Process().AssignAsync(operation);
            var patching = changes.PutAsync(
                world.Site.Id, (Port)port.Placed.Item with { Space = Id<Space>.Parse("b") },
                new Precondition.Match(port.ETag), mayLease: true, Ct);
            var (assigned, patched) = (await assigning, await patching);

            Assert.Equal(assigned.Assigned == 0, patched is PlaceOutcome.Stored);
            var state = await world.ReadAsync();
            Assert.Equal(assigned.Assigned, state.Lines.Count);
        }
    }

    [Fact]
    public async Task A_user_who_is_removed_while_the_number_becomes_theirs_loses_it_again()
    {
        var world = new LineWorld(store);
        await world.OpenAsync();
        var operation = world.Accepted("gone", Wish(0, Ada, world.Mac(1)), Wish(1, null, world.Mac(2)));
        await world.Process().AcceptAsync(operation);
        var leaving = new LeavingTable(store.Table, world);

        var part = await world.Process(leaving).AssignAsync(operation);
        Assert.Equal(["ada"], part.Gone);
        var undone = await world.Process().UndoAsync(operation, Ada);

        Assert.Equal((1, "user-gone"), (undone.Count, undone.Reason!.Code));
        Assert.Equal([Number(1)], (await world.ReadAsync()).Lines.Keys);
        Assert.Equal(1, (await world.Process().UndoAsync(operation, Ada)).Count);
    }

    [Fact]
    public async Task A_user_who_is_removed_while_the_process_dies_loses_the_number_again_too()
    {
        var world = new LineWorld(store);
        await world.OpenAsync();
        var operation = world.Accepted("gone", Wish(0, Ada, world.Mac(1)), Wish(1, Ada, world.Mac(1)));
        await world.Process().AcceptAsync(operation);
        Assert.Equal(1, (await world.Process().AssignAsync(operation)).Assigned);
        await world.LeaveAsync(Ada);

        // Nobody heard what came of the first try.
        Assert.Equal(["ada"], (await world.Process().AssignAsync(operation)).Gone);
        Assert.Equal(1, (await world.Process().UndoAsync(operation, Ada)).Count);

        Assert.Empty((await world.ReadAsync()).Lines);
        var repeated = await world.Process().AssignAsync(operation);
        Assert.Equal((0, 2, 0), (repeated.Assigned, repeated.Refused, repeated.Gone.Count));
    }

    /// <summary>Ada leaves as soon as her number is written down.</summary>
    sealed class LeavingTable(ITable inner, LineWorld world) : ITable
    {
        public Task<Azure.Data.Tables.TableEntity?> FindAsync(string partition, string row, CancellationToken ct) =>
            inner.FindAsync(partition, row, ct);

        public async Task<CommitResult> CommitAsync(
            string partition, IReadOnlyList<RowChange> changes, CancellationToken ct)
        {
            var result = await inner.CommitAsync(partition, changes, ct);
            if (changes.Any(change => change.Row.RowKey == SiteKeys.Line(Number(0))))
                await world.LeaveAsync(Ada);
            return result;
        }

        public IAsyncEnumerable<Azure.Data.Tables.TableEntity> RangeAsync(
            string partition, string from, string to, int pageSize, CancellationToken ct) =>
            inner.RangeAsync(partition, from, to, pageSize, ct);
    }
}
