using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class SiteLimitsOnMemory() : SiteLimitTests(new MemoryStore());

public sealed class SiteLimitsOnAzurite(AzuriteFixture azurite) : SiteLimitTests(new AzuriteStore(azurite));

/// <summary>
/// What a site keeps for its operator and gives to one account at most, when several processes give numbers out.
/// </summary>
public abstract class SiteLimitTests(Store store)
{
    const int Callers = 16;
    const string Mine = "acme", Rivals = "other", CountsPool = "C|pool-count";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Ways
    {
        get
        {
            string[] ways = ["count", "names", "service"];
            return [.. ways.SelectMany(mine => ways.Select(rival => (mine, rival)))];
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Two_that_touch_different_blocks_do_not_both_take_the_last_that_are_not_kept(
        string mine, string rival)
    {
        // Each account is near its own numbers, so the two have no row in common but the pool's count.
        var site = await WithAsync(store.Table, Range(0, 200));
        await DoneAsync(site.Process(), site.Allocate("mineathome", Mine, Numbers(50)));
        await DoneAsync(site.Process(), site.Allocate("rivalathome", Rivals, Numbers(150)));
        await site.RulesAsync(new() { KeepForOperator = 188, PremiumPatterns = PremiumPatterns.None });
        var other = site.Process();
        await other.RulesAsync(site.Id, Ct);
        var process = await InterruptedAsync(site, () => DoneAsync(other, Six("rivals", rival, Rivals, 151)));

        var refused = Assert.IsType<SiteOutcome.Refused>(await process.TransactAsync(Six("mine", mine, Mine, 51), Ct));

        Assert.Equal(
            mine == "names" ? new Refusal.KeptForOperator(188, 4, 6) : new Refusal.PoolExhausted(6, 4, 188),
            Assert.Single(refused.Refusals));
        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal((192, 6), (Available(after), after.Reserved(Rivals).Count - 1));
        Assert.Equal(Numbers(50), after.Reserved(Mine));

        SiteWork Six(string name, string way, string account, int first) => way switch
        {
            "count" => site.AllocateCount(name, account, 6),
            "names" => site.Allocate(name, account, Range(first, 6)),
            // It has a number already.
            _ => site.Assign(name, account, 7),
        };
    }

    [Fact]
    public async Task What_the_operator_takes_for_itself_counts_when_an_occupier_asks_in_another_block()
    {
        var site = await WithAsync(store.Table, Range(0, 200));
        await DoneAsync(site.Process(), site.Allocate("mineathome", Mine, Numbers(50)));
        await DoneAsync(site.Process(), site.Allocate("rivalathome", Rivals, Numbers(150)));
        await site.RulesAsync(new() { KeepForOperator = 188 });
        var process = await InterruptedAsync(site, () => DoneAsync(
            site.Process(), site.AllocateCount("rivals", Rivals, 6, kind: AccountKind.Operator)));

        Assert.IsType<SiteOutcome.Refused>(await process.TransactAsync(site.AllocateCount("mine", Mine, 6), Ct));
    }

    [Theory]
    [InlineData("count", "names")]
    [InlineData("names", "count")]
    [InlineData("service", "names")]
    [InlineData("count", "service")]
    public async Task Two_for_one_account_do_not_both_take_the_last_that_it_may_have(string mine, string rival)
    {
        var site = await WithAsync(store.Table, Range(0, 300));
        await site.RulesAsync(new() { MaxPerAccount = 10, NearExisting = false });
        var process = await InterruptedAsync(
            site, () => DoneAsync(site.Process(), Work("rivals", rival, 100)));

        var refused = Assert.IsType<SiteOutcome.Refused>(await process.TransactAsync(Work("mine", mine, 200), Ct));

        Assert.Equal(new Refusal.AccountFull(10, 6, 6), Assert.Single(refused.Refusals));
        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal(6, after.Holdings[Mine].DirectNumbers);

        SiteWork Work(string name, string way, int first) => way switch
        {
            "count" => site.AllocateCount(name, Mine, 6),
            "names" => site.Allocate(name, Mine, Range(first, 6)),
            _ => site.Assign(name, Mine, name is "mine" ? 12 : 6),
        };
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task However_many_ask_for_one_account_it_gets_what_it_may_have_and_no_more(int processes)
    {
        var site = await WithAsync(store.Table, Range(0, 200));
        await site.RulesAsync(new() { MaxPerAccount = 35 });
        var all = Processes(site, processes);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => Task.Run(() =>
            all[i % processes].TransactAsync(site.AllocateCount(Name(i), Mine, 10), Ct))));

        Assert.Equal(3, outcomes.OfType<SiteOutcome.Done>().Count());
        Assert.All(outcomes.OfType<SiteOutcome.Refused>(), refused => Assert.Equal(
            new Refusal.AccountFull(35, 30, 10), Assert.Single(refused.Refusals)));
        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal(30, after.Holdings[Mine].DirectNumbers);
    }

    [Fact]
    public async Task The_pools_count_is_a_row_only_where_numbers_are_kept_and_only_of_changes_that_take_some()
    {
        var site = await WithAsync(store.Table, Range(0, 200));
        await DoneAsync(site.Process(), site.AllocateCount("plain", Mine, 6));
        Assert.Null(await CountRowAsync(site));

        await site.RulesAsync(new() { KeepForOperator = 1 });
        await DoneAsync(site.Process(), site.Allocate("had", Mine, Range(0, 6)));
        await DoneAsync(site.Process(), site.Assign("enough", Mine, 3));
        Assert.Null(await CountRowAsync(site));

        await DoneAsync(site.Process(), site.AllocateCount("first", Mine, 1));
        var first = await CountRowAsync(site);
        await DoneAsync(site.Process(), site.AllocateCount("second", Mine, 1));
        Assert.NotEqual(first!.ETag, (await CountRowAsync(site))!.ETag);
    }

    [Fact]
    public async Task Counting_the_pool_costs_one_look_at_the_site_and_no_conflict()
    {
        var site = await WithAsync(store.Table, Range(0, 200));
        await site.RulesAsync(new() { KeepForOperator = 1 });
        var (table, count) = store.Counting();
        var process = site.Process(table);
        await DoneAsync(process, site.AllocateCount("first", Mine, 1));
        var before = count.Calls;

        await DoneAsync(process, site.AllocateCount("second", Rivals, 1));

        Assert.Equal(2, count.Calls - before);
    }

    [Fact]
    public async Task There_is_less_than_was_wanted_is_not_said_of_what_is_only_remembered()
    {
        var site = await WithAsync(store.Table, Range(0, 3));
        await site.RulesAsync(new() { AllOrNothing = false });
        var mine = site.Process();
        await mine.RulesAsync(site.Id, Ct);
        await DoneAsync(site.Process(), site.Import("rivals", Range(300, 3)));

        var done = (await DoneAsync(mine, site.AllocateCount("mine", Mine, 5))).Operation;

        Assert.Equal((OperationState.Succeeded, 5), (done.State, done.Changed.Count));
        var part = (await DoneAsync(mine, site.AllocateCount("rest", Mine, 5))).Operation;
        Assert.Equal((OperationState.Partial, 1), (part.State, part.Changed.Count));
    }

    /// <summary>A process that remembers the site, and something that happens before it writes.</summary>
    async Task<SitePartition> InterruptedAsync(TestSite site, Func<Task> rival)
    {
        var cache = new SiteCache();
        await site.Process(cache: cache).RulesAsync(site.Id, Ct);
        return site.Process(
            new InterruptedTable(store.Table, call => call == 1 ? rival() : Task.CompletedTask), cache: cache);
    }

    Task<Azure.Data.Tables.TableEntity?> CountRowAsync(TestSite site) =>
        store.Table.FindAsync(site.Id.Value, CountsPool, Ct);

    static int Available(PartitionText site) =>
        site.Numbers.Values.Count(number => number.State == NumberState.Available);

    static SitePartition[] Processes(TestSite site, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => site.Process())];

    static async Task<SiteOutcome.Done> DoneAsync(SitePartition process, SiteWork work) =>
        Assert.IsType<SiteOutcome.Done>(await process.TransactAsync(work, Ct));
}
