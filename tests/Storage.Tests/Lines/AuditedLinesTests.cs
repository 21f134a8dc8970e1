using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using Telephony.Domain.Audits;
using Telephony.Functions.Audits;
using Telephony.Functions.Directory;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using static Telephony.Storage.Tests.Lines.LineWorld;

namespace Telephony.Storage.Tests.Lines;

/// <summary>An audit reads assignments row after row, while people go on assigning.</summary>
public sealed class AuditedLinesTests
{
    readonly MemoryStore store = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_changes_while_it_is_read_is_no_contradiction()
    {
        var world = new LineWorld(store);
        await world.OpenAsync();
        var between = 0;
        var table = new BetweenTable(store.Table, async from =>
        {
            // The assignments are read by now, and the handsets are not.
            if (from == SiteKeys.PlacesFrom(Domain.Places.PlaceKind.Space) && between++ == 0)
                await AssignAsync(world);
        });

        Assert.Empty(await FindingsAsync(world, table));

        Assert.Equal(1, between);
        Assert.Single((await world.ReadAsync()).Lines);
        Assert.Empty(await FindingsAsync(world, store.Table));
    }

    [Fact]
    public async Task What_contradicts_and_does_not_change_is_found()
    {
        var world = new LineWorld(store);
        await world.OpenAsync();
        await AssignAsync(world);
        var line = await store.Table.FindAsync(world.Site.Id.Value, SiteKeys.Line(Number(0)), Ct);
        await store.Table.CommitAsync(world.Site.Id.Value, [new RowChange.Delete(line!)], Ct);

        Assert.IsType<Finding.AssignmentsDisagree>(Assert.Single(await FindingsAsync(world, store.Table)));
    }

    static async Task AssignAsync(LineWorld world)
    {
        var operation = world.Accepted("mine", Wish(0, Ada, world.Mac(1)));
        await world.Process().AcceptAsync(operation);
        Assert.Equal(1, (await world.Process().AssignAsync(operation)).Assigned);
    }

    static async Task<IEnumerable<Finding>> FindingsAsync(LineWorld world, ITable table)
    {
        var clock = new FakeTimeProvider(new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        var reader = new AuditReader(
            new(table, new SiteCache(), clock), new(table), new(table), new(table, new(table)), new(table),
            new(table, new DirectoryCache(clock)), clock);
        return SiteChecks.Of(await reader.ReadAsync(world.Site, Ct)).Where(
            finding => finding is Finding.AssignmentsDisagree or Finding.UserGone or Finding.LocationUnknown);
    }

    /// <summary>Something happens before a range is read.</summary>
    sealed class BetweenTable(ITable inner, Func<string, Task> before) : ITable
    {
        public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct) =>
            inner.FindAsync(partition, row, ct);

        public Task<CommitResult> CommitAsync(
            string partition, IReadOnlyList<RowChange> changes, CancellationToken ct) =>
            inner.CommitAsync(partition, changes, ct);

        public async IAsyncEnumerable<TableEntity> RangeAsync(
            string partition, string from, string to, int pageSize,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            await before(from);
            await foreach (var row in inner.RangeAsync(partition, from, to, pageSize, ct))
                yield return row;
        }
    }
}
