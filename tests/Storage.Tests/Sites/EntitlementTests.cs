using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class EntitlementOnMemory() : EntitlementTests(new MemoryStore());

public sealed class EntitlementOnAzurite(AzuriteFixture azurite) : EntitlementTests(new AzuriteStore(azurite));

/// <summary>
/// Activations that touch no block in common still share what their account is entitled to: however many there are at
/// once, it never has more in service.
/// </summary>
public abstract class EntitlementTests(Store store)
{
    const int Callers = 16;
    const int Allowed = 5;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Many_at_once_never_put_more_in_service_than_the_services_allow(int processes)
    {
        var site = await ReservedAsync(Callers);
        var all = await ProcessesAsync(site, processes);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => Task.Run(() =>
            all[i % processes].TransactAsync(site.Activate(Name(i), Numbers(i * Block.Size)), Ct))));

        var after = await site.ReadAsync();
        Assert.Equal(Allowed, after.Numbers.Values.Count(number => number.State is NumberState.Active));
        Assert.Equal(Allowed, after.Holdings["acme"].InService);
        var refused = outcomes.OfType<SiteOutcome.Refused>().SelectMany(outcome => outcome.Refusals).ToList();
        Assert.Equal(Callers - Allowed, refused.Count);
        Assert.All(refused, refusal => Assert.Equal(
            NumberRefusal.NoEntitlement, Assert.IsType<Refusal.OfNumber>(refusal).Reason));
    }

    [Fact]
    public async Task Two_processes_that_remember_the_same_do_not_both_have_the_last_one()
    {
        var site = await ReservedAsync(Allowed + 1);
        await site.Process().TransactAsync(site.Activate("before", Numbers(200, 300, 400, 500)), Ct);
        var all = await ProcessesAsync(site, 2);

        Assert.IsType<SiteOutcome.Done>(await all[0].TransactAsync(site.Activate("first", Numbers(0)), Ct));
        var second = await all[1].TransactAsync(site.Activate("second", Numbers(100)), Ct);

        Assert.Equal(
            NumberRefusal.NoEntitlement,
            Assert.IsType<Refusal.OfNumber>(
                Assert.Single(Assert.IsType<SiteOutcome.Refused>(second).Refusals)).Reason);
    }

    [Fact]
    public async Task A_row_from_before_it_was_counted_is_counted_from_the_blocks()
    {
        var site = await ReservedAsync(Allowed + 1);
        await site.Process().TransactAsync(site.Activate("before", Numbers(200, 300, 400, 500)), Ct);
        await ForgetCountAsync(site);

        Assert.IsType<SiteOutcome.Done>(await site.Process().TransactAsync(site.Activate("fifth", Numbers(0)), Ct));
        Assert.IsType<SiteOutcome.Refused>(await site.Process().TransactAsync(site.Activate("last", Numbers(100)), Ct));

        Assert.Equal(Allowed, (await site.ReadAsync()).Holdings["acme"].InService);
    }

    /// <summary>A number in each block, all the account's; its service allows a few of them.</summary>
    async Task<TestSite> ReservedAsync(int count)
    {
        var numbers = NumberSet.Of(Enumerable.Range(0, count).Select(block => Number(block * Block.Size)));
        var site = await WithAsync(store.Table, numbers);
        await site.Process().TransactAsync(site.Allocate("byhand", "acme", numbers), Ct);
        Assert.IsType<SiteOutcome.Done>(
            await site.Process().TransactAsync(site.Assign("service", "acme", Allowed), Ct));
        return site;
    }

    static async Task<SitePartition[]> ProcessesAsync(TestSite site, int count)
    {
        var all = Enumerable.Range(0, count).Select(_ => site.Process()).ToArray();
        foreach (var process in all)
            await process.RulesAsync(site.Id, Ct);
        return all;
    }

    async Task ForgetCountAsync(TestSite site)
    {
        var key = SiteKeys.Holding(Id<Account>.Parse("acme"));
        var row = (await store.Table.FindAsync(SiteKeys.Partition(site.Id), key, Ct))!;
        Assert.True(row.Remove("InService"));
        Assert.IsType<CommitResult.Committed>(await store.Table.CommitAsync(
            SiteKeys.Partition(site.Id), [new RowChange.Replace(row)], Ct));
    }
}
