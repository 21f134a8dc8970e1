using Telephony.Domain.Pool;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class RivalsOnMemory() : RivalTests(new MemoryStore());

public sealed class RivalsOnAzurite(AzuriteFixture azurite) : RivalTests(new AzuriteStore(azurite));

/// <summary>Two processes, each with what it remembers, on one site.</summary>
public abstract class RivalTests(Store store)
{
    const int Conflict = 1, Load = 1, Commit = 1, Look = 1;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("its account's row", "acme", 150)]
    [InlineData("the block's row", "other", 7)]
    [InlineData("both rows", "acme", 7)]
    public async Task A_rival_that_moved_a_row_costs_one_more_round_and_loses_nothing(
        string moved, string rival, int number)
    {
        var (site, mine, count) = await WarmAsync();
        await DoneAsync(site.Process(), site.Allocate("rival", rival, Numbers(number)));
        var before = count.Calls;

        await DoneAsync(mine, site.Allocate("mine", "acme", Numbers(1, 2)));

        Assert.True(count.Calls - before == Conflict + Load + Commit, $"{moved} did not stand in the way.");
        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal(rival == "acme" ? 4 : 3, after.Holdings["acme"].DirectNumbers);
    }

    [Fact]
    public async Task A_rival_elsewhere_in_the_site_is_no_conflict()
    {
        var (site, mine, count) = await WarmAsync();
        await DoneAsync(site.Process(), site.Allocate("rival", "other", Numbers(150)));
        var before = count.Calls;

        await DoneAsync(mine, site.Allocate("mine", "acme", Numbers(1)));

        Assert.Equal(Commit, count.Calls - before);
        (await site.ReadAsync()).AssertConsistent();
    }

    [Fact]
    public async Task A_number_that_a_rival_took_is_refused_though_it_is_remembered_as_free()
    {
        var (site, mine, _) = await WarmAsync();
        await DoneAsync(site.Process(), site.Allocate("rival", "other", Numbers(1)));
        var before = await site.ReadAsync();

        var refused = Assert.IsType<SiteOutcome.Refused>(
            await mine.TransactAsync(site.Allocate("mine", "acme", Numbers(1, 2)), Ct));

        Assert.Equal([TestSite.Taken(Number(1))], refused.Refusals);
        Assert.Equal(before.Exact, (await site.ReadAsync()).Exact);
    }

    [Fact]
    public async Task A_service_takes_the_next_numbers_when_a_rival_took_the_first()
    {
        var (site, mine, _) = await WarmAsync();
        await DoneAsync(site.Process(), site.Assign("rival", "other", 3));

        var done = await DoneAsync(mine, site.Assign("mine", "acme", 3));

        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal((2, 3), (done.Operation.Changed.Count, after.Holdings["acme"].DirectNumbers));
        Assert.Empty(after.Reserved("other").Intersect(after.Reserved("acme")));
    }

    [Fact]
    public async Task What_remembered_rows_refuse_is_decided_again_on_fresh_ones()
    {
        var (site, mine, count) = await WarmAsync();
        await DoneAsync(site.Process(), site.Import("rival", Range(500, 2)));
        var before = count.Calls;

        await DoneAsync(mine, site.Allocate("mine", "acme", Range(500, 2)));

        Assert.Equal(Load + Commit, count.Calls - before);
        (await site.ReadAsync()).AssertConsistent();
    }

    [Fact]
    public async Task Two_processes_that_both_see_no_block_provision_it_together()
    {
        var (site, mine, _) = await WarmAsync();
        await DoneAsync(site.Process(), site.Import("rival", Range(500, 2)));

        await DoneAsync(mine, site.Import("mine", Range(502, 2)));
        var refused = Assert.IsType<SiteOutcome.Refused>(
            await mine.TransactAsync(site.Import("again", Range(501, 3)), Ct));

        Assert.Equal(3, refused.Refusals.Length);
        (await site.ReadAsync()).AssertConsistent();
    }

    [Fact]
    public async Task That_nothing_would_change_is_not_taken_from_what_is_remembered()
    {
        var (site, mine, _) = await WarmAsync();
        // A rival takes number 0 from the account that this process remembers it with.
        await site.RewriteAsync(Number(0), number => number with
        {
            Account = Domain.Id<Domain.Directory.Account>.Parse("other"), Version = number.Version + 1,
        });
        var before = await site.ReadAsync();

        var alone = await mine.TransactAsync(site.Allocate("alone", "acme", Numbers(0)), Ct);
        var mixed = await (await WarmedAgainAsync()).TransactAsync(site.Allocate("mixed", "acme", Numbers(0, 120)), Ct);

        Assert.All([alone, mixed], outcome => Assert.Equal(
            [TestSite.Taken(Number(0))],
            Assert.IsType<SiteOutcome.Refused>(outcome).Refusals));
        Assert.Equal(before.Exact, (await site.ReadAsync()).Exact);

        async Task<SitePartition> WarmedAgainAsync()
        {
            await site.RewriteAsync(
                Number(0), n => n with { Account = Domain.Id<Domain.Directory.Account>.Parse("acme") });
            var process = site.Process();
            await process.RulesAsync(site.Id, Ct);
            await site.RewriteAsync(
                Number(0), n => n with { Account = Domain.Id<Domain.Directory.Account>.Parse("other") });
            before = await site.ReadAsync();
            return process;
        }
    }

    [Fact]
    public async Task That_a_service_is_as_asked_is_not_taken_from_what_is_remembered()
    {
        var site = await WithAsync(store.Table, Range(0, 20));
        var mine = site.Process();
        await DoneAsync(mine, site.Assign("first", "acme", 3));
        await DoneAsync(site.Process(), site.Assign("rival", "acme", 5, version: 1));
        var before = await site.ReadAsync();

        var refused = Assert.IsType<SiteOutcome.Refused>(
            await mine.TransactAsync(site.Assign("same", "acme", 3, version: 1), Ct));

        Assert.Equal(2, Assert.IsType<Refusal.ServiceChanged>(Assert.Single(refused.Refusals)).Version);
        Assert.Equal(before.Exact, (await site.ReadAsync()).Exact);
    }

    [Fact]
    public async Task Remembered_rules_hold_for_30_seconds_and_no_longer()
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        var (table, count) = store.Counting();
        var clock = new Clock(Noon);
        var mine = site.Process(table, clock);
        await DoneAsync(mine, site.Allocate("first", "acme", Numbers(0)));
        await site.InsertAsync(RulesRow.Write(
            site.Id, new([new(new() { Version = 1, ManagedByPlatform = false }, Noon)])));

        clock.Advance(SitePartition.AgeMax - TimeSpan.FromTicks(1));
        var before = count.Calls;
        await DoneAsync(mine, site.Allocate("young", "acme", Numbers(1)));
        Assert.Equal(Commit, count.Calls - before);

        clock.Advance(TimeSpan.FromTicks(1));
        var refused = Assert.IsType<SiteOutcome.Refused>(
            await mine.TransactAsync(site.Allocate("old", "acme", Numbers(2)), Ct));
        Assert.Equal([new Refusal.SiteNotManaged()], refused.Refusals);
        Assert.False((await mine.RulesAsync(site.Id, Ct)).ManagedByPlatform);
    }

    [Fact]
    public async Task Old_rules_are_read_alone_and_the_numbers_stay_remembered()
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        var (table, count) = store.Counting();
        var clock = new Clock(Noon);
        var mine = site.Process(table, clock);
        await site.InsertAsync(RulesRow.Write(site.Id, new([new(new() { Version = 5 }, Noon)])));
        await DoneAsync(mine, site.Allocate("first", "acme", Numbers(0)));

        for (var i = 1; i <= 2; i++)
        {
            clock.Advance(SitePartition.AgeMax);
            var before = count.Calls;
            await DoneAsync(mine, site.Allocate(Name(i), "acme", Numbers(i)));
            Assert.Equal(Look + Commit, count.Calls - before);
        }

        clock.Advance(SitePartition.AgeMax);
        var last = count.Calls;
        Assert.Same(await mine.RulesAsync(site.Id, Ct), await mine.RulesAsync(site.Id, Ct));
        Assert.Equal(Look, count.Calls - last);
        Assert.Equal(
            [0, 5, 5, 5], (await site.ReadAsync()).Events.Select(e => e.GetInt32("RulesVersion")!.Value).Order());
    }

    [Theory]
    [InlineData(Fault.BeforeCall)]
    [InlineData(Fault.AfterCall)]
    public async Task After_an_unknown_outcome_everything_is_read_again(Fault fault)
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        // Load, commit, and the commit that fails.
        var plan = FaultPlan.At(3, fault);
        var mine = site.Process(store.Through(plan));
        await DoneAsync(mine, site.Allocate("first", "acme", Numbers(0)));
        await Assert.ThrowsAnyAsync<Exception>(() => mine.TransactAsync(site.Allocate("lost", "acme", Numbers(1)), Ct));
        var before = plan.Calls;

        await DoneAsync(mine, site.Allocate("next", "acme", Numbers(2)));

        Assert.Equal((1, Load + Commit), (plan.Faults, plan.Calls - before));
        (await site.ReadAsync()).AssertConsistent();
    }

    /// <summary>A site of two blocks, and a process that remembers it after acme got number 0.</summary>
    async Task<(TestSite Site, SitePartition Mine, FaultPlan Count)> WarmAsync()
    {
        var site = await WithAsync(store.Table, Range(0, 200));
        var (table, count) = store.Counting();
        var mine = site.Process(table);
        await DoneAsync(mine, site.Allocate("warm", "acme", Numbers(0)));
        return (site, mine, count);
    }

    static async Task<SiteOutcome.Done> DoneAsync(SitePartition process, SiteWork work) =>
        Assert.IsType<SiteOutcome.Done>(await process.TransactAsync(work, Ct));
}
