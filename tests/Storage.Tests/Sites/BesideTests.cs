using Azure.Data.Tables;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.LifeWork;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class BesideOnMemory() : BesideTests(new MemoryStore());

public sealed class BesideOnAzurite(AzuriteFixture azurite) : BesideTests(new AzuriteStore(azurite));

/// <summary>Rows that a request writes beside a change: in the same transaction, and guarded as the rest is.</summary>
public abstract class BesideTests(Store store)
{
    const string Key = "H|desk-1";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_beside_comes_with_the_change()
    {
        var site = await WithAsync(store.Table, Range(0, 10));

        var done = Assert.IsType<SiteOutcome.Done>(await site.Process().TransactAsync(Inserting(site, "first"), Ct));

        Assert.False(done.Replayed);
        Assert.Equal("first", (await RowAsync(site))!.GetString("By"));
        Assert.Equal(Numbers(1), (await site.ReadAsync()).Reserved("acme"));
    }

    [Fact]
    public async Task An_insert_that_meets_a_row_changes_nothing_and_says_so()
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        await site.InsertAsync(Row(site, "somebody"));
        var before = await site.ReadAsync();

        Assert.IsType<SiteOutcome.BesideMoved>(await site.Process().TransactAsync(Inserting(site, "mine"), Ct));

        Assert.Equal(before.Exact, (await site.ReadAsync()).Exact);
    }

    [Fact]
    public async Task A_merge_of_a_row_that_has_moved_changes_nothing_and_says_so()
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        await site.InsertAsync(Row(site, "somebody"));
        var stale = (await RowAsync(site))!;
        await MergeAsync(site, "somebody else");
        var before = await site.ReadAsync();

        Assert.IsType<SiteOutcome.BesideMoved>(await site.Process().TransactAsync(Merging(site, "mine", stale), Ct));
        Assert.Equal(before.Exact, (await site.ReadAsync()).Exact);

        // Nothing of it is remembered, so the same request with the row as it is now is done.
        var again = Merging(site, "mine", (await RowAsync(site))!);
        Assert.False(Assert.IsType<SiteOutcome.Done>(await site.Process().TransactAsync(again, Ct)).Replayed);
        Assert.Equal("mine", (await RowAsync(site))!.GetString("By"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_repeat_is_done_though_its_row_beside_is_there_and_has_moved_on(bool merging)
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        if (merging)
            await site.InsertAsync(Row(site, "somebody"));
        var work = merging ? Merging(site, "mine", (await RowAsync(site))!) : Inserting(site, "mine");
        var process = site.Process();
        await process.TransactAsync(work, Ct);
        await MergeAsync(site, "somebody else");
        var before = await site.ReadAsync();

        foreach (var repeated in (SitePartition[])[process, site.Process()])
        {
            var done = Assert.IsType<SiteOutcome.Done>(await repeated.TransactAsync(work, Ct));
            Assert.Equal((true, Numbers(1)), (done.Replayed, done.Operation.Changed));
        }

        Assert.Equal(before.Exact, (await site.ReadAsync()).Exact);
    }

    [Theory]
    [InlineData(Fault.BeforeCall)]
    [InlineData(Fault.AfterCall)]
    public async Task Whichever_of_its_requests_is_lost_the_repeat_ends_as_if_none_had_been(Fault fault)
    {
        for (var call = 1; ; call++)
        {
            var site = await WithAsync(store.Table, Range(0, 10));
            var plan = FaultPlan.At(call, fault);
            var process = site.Process(store.Through(plan));
            try
            {
                await process.TransactAsync(Inserting(site, "mine"), Ct);
            }
            catch (Exception e) when (e is IOException or AggregateException)
            {
                Assert.IsType<SiteOutcome.Done>(await process.TransactAsync(Inserting(site, "mine"), Ct));
            }

            var after = await site.ReadAsync();
            Assert.Equal(("mine", Numbers(1)), ((await RowAsync(site))!.GetString("By"), after.Reserved("acme")));
            Assert.Equal((1, 2), (after.Holdings["acme"].DirectNumbers, after.Operations.Count));
            if (plan.Faults == 0)
            {
                Assert.True(call > 2, "A load and a commit are lost in turn.");
                return;
            }
        }
    }

    [Fact]
    public async Task A_rival_in_a_block_is_met_again_and_the_row_beside_is_written_once()
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        var process = site.Process();
        await process.RulesAsync(site.Id, Ct);
        await site.Process().TransactAsync(site.Allocate("rival", "other", Numbers(5)), Ct);

        Assert.IsType<SiteOutcome.Done>(await process.TransactAsync(Inserting(site, "mine"), Ct));

        Assert.Equal((Numbers(1), Numbers(5)), (
            (await site.ReadAsync()).Reserved("acme"), (await site.ReadAsync()).Reserved("other")));
    }

    [Fact]
    public async Task The_same_request_that_another_process_does_first_is_done_and_not_in_its_own_way()
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        var work = Inserting(site, "mine");
        var table = new InterruptedTable(store.Table, async call =>
        {
            if (call == 2)
                await site.Process().TransactAsync(work, Ct);
        });

        var done = Assert.IsType<SiteOutcome.Done>(await site.Process(table).TransactAsync(work, Ct));

        Assert.True(done.Replayed);
    }

    static SiteWork Inserting(TestSite site, string by) => With(site, by, new RowChange.Insert(Row(site, by)));

    static SiteWork Merging(TestSite site, string by, TableEntity seen)
    {
        var row = Row(site, by);
        row.ETag = seen.ETag;
        return With(site, by, new RowChange.Merge(row));
    }

    static SiteWork With(TestSite site, string name, RowChange beside) => site.Decide(
        name, "with a row beside", Noon, Party.Operator, (state, order) =>
            PoolDecider.Decide(state, new MoveNumbers(Numbers(1), Reserve(order, Acme))) is PoolDecision.Accepted done
                ? new PoolDecision.Accepted(done.Change with { OtherRows = 1 })
                : throw new InvalidOperationException("It can be had.")) with { Beside = _ => [beside] };

    static TableEntity Row(TestSite site, string by) => new(site.Id.Value, Key) { ["By"] = by };

    async Task<TableEntity?> RowAsync(TestSite site) => await store.Table.FindAsync(site.Id.Value, Key, Ct);

    async Task MergeAsync(TestSite site, string by)
    {
        var row = Row(site, by);
        row.ETag = (await RowAsync(site))!.ETag;
        Assert.IsType<CommitResult.Committed>(
            await store.Table.CommitAsync(site.Id.Value, [new RowChange.Merge(row)], Ct));
    }
}
