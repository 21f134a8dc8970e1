using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class KeptForOperatorOnMemory() : KeptForOperatorTests(new MemoryStore());

public sealed class KeptForOperatorOnAzurite(AzuriteFixture azurite)
    : KeptForOperatorTests(new AzuriteStore(azurite));

/// <summary>
/// Allocations that touch no row in common still share how many numbers are left: however many there are at once,
/// the operator keeps what is kept for it.
/// </summary>
public abstract class KeptForOperatorTests(Store store)
{
    const int Callers = 16;
    const int Each = 10;
    const int Kept = 100;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(2, true)]
    [InlineData(4, true)]
    public async Task Many_at_once_never_leave_less_than_is_kept(int processes, bool byCount)
    {
        // Ten numbers in each of twenty blocks: the callers ask for 160, and 100 may be taken.
        var site = await WithAsync(store.Table, NumberSet.Of(
            Enumerable.Range(0, 20).SelectMany(block => Range(block * Block.Size, Each))));
        var all = await ProcessesAsync(site, processes);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => Task.Run(() =>
            all[i % processes].TransactAsync(Wish(site, i, byCount), Ct))));

        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal(Kept, after.Numbers.Values.Count(number => number.Account is null));
        var refused = outcomes.OfType<SiteOutcome.Refused>().SelectMany(outcome => outcome.Refusals).ToList();
        Assert.Equal(Callers - (Kept / Each), refused.Count);
        Assert.All(refused, refusal => Assert.True(
            refusal is Refusal.KeptForOperator or Refusal.PoolExhausted { Kept: Kept }, $"{refusal}"));
    }

    [Fact]
    public async Task Two_processes_that_remember_the_same_do_not_both_take_the_last_ones()
    {
        var site = await WithAsync(store.Table, NumberSet.Of(Range(0, 5).Concat(Range(100, 5))));
        var all = await ProcessesAsync(site, 2);

        Assert.IsType<SiteOutcome.Done>(
            await all[0].TransactAsync(site.AllocateKeeping("first", "acme", Range(0, 5), keep: 5), Ct));
        var second = await all[1].TransactAsync(site.AllocateKeeping("second", "other", Range(100, 5), keep: 5), Ct);

        Assert.Equal(
            [new Refusal.KeptForOperator(Kept: 5, Takeable: 0, Wanted: 5)],
            Assert.IsType<SiteOutcome.Refused>(second).Refusals);
    }

    [Fact]
    public async Task One_process_alone_meets_no_conflict_over_the_count()
    {
        var site = await WithAsync(store.Table, Range(0, 30));
        var plan = FaultPlan.None();
        var process = site.Process(store.Through(plan, retries: 0));
        await process.TransactAsync(site.AllocateCount("first", "acme", 2, keep: 5), Ct);
        var before = plan.Calls;

        await process.TransactAsync(site.AllocateCount("second", "other", 2, keep: 5), Ct);

        // One look at the whole site, and the transaction.
        Assert.Equal(2, plan.Calls - before);
    }

    static SiteWork Wish(TestSite site, int caller, bool byCount) => byCount
        ? site.AllocateCount(Name(caller), $"account-{caller}", Each, Kept)
        : site.AllocateKeeping(Name(caller), $"account-{caller}", Range(caller * Block.Size, Each), Kept);

    /// <summary>Each remembers the site as it was before anything was allocated.</summary>
    static async Task<SitePartition[]> ProcessesAsync(TestSite site, int count)
    {
        var all = Enumerable.Range(0, count).Select(_ => site.Process()).ToArray();
        foreach (var process in all)
            await process.RulesAsync(site.Id, Ct);
        return all;
    }
}
