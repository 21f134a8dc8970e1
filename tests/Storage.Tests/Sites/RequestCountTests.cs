using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

/// <summary>What leaves the client library for one change: figure P1.</summary>
public sealed class RequestCountTests(AzuriteFixture azurite)
{
    readonly AzuriteStore store = new(azurite);
    readonly CountingPolicy counter = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(100, 1)]
    [InlineData(1_000, 1)]
    [InlineData(9_600, 1)]
    [InlineData(4_800, 2)]
    public async Task An_allocation_is_one_request_warm_and_two_cold_and_its_repeat_writes_nothing(int count, int every)
    {
        var site = await WithAsync(store.Table, Range(50, count * every));
        var wanted = Numbers([.. Enumerable.Range(0, count).Select(i => 50 + (i * every))]);
        var work = site.Allocate("request", "acme", wanted);
        var table = store.Through(counter);

        // Warm: a process that has just changed something else at the site.
        var cache = new SiteCache();
        await site.Process(cache: cache).TransactAsync(site.Import("warm", Range(20_000, 1)), Ct);
        var warm = site.Process(table, cache: cache);
        Assert.False(Done(await warm.TransactAsync(work, Ct)).Replayed);
        AssertRequests(reads: 0, commits: 1);

        // Its own repeats: the insert of the operation's row is turned down, and the row is read, but not the site's.
        var before = await site.ReadAsync();
        for (var repeat = 0; repeat < 2; repeat++)
        {
            Assert.True(Done(await warm.TransactAsync(work, Ct)).Replayed);
            AssertRequests(reads: 1, commits: 1);
        }

        Assert.Equal(before.Exact, (await site.ReadAsync()).Exact);

        var other = await WithAsync(store.Table, Range(50, count * every));
        Assert.False(
            Done(await other.Process(table).TransactAsync(other.Allocate("request", "acme", wanted), Ct)).Replayed);
        AssertRequests(reads: 1, commits: 1);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("assign")]
    public async Task The_repeat_of_what_can_be_done_only_once_is_two_reads(string what)
    {
        var site = await WithAsync(store.Table, Range(0, 20));
        var work = what == "import" ? site.Import("request", Range(100, 3)) : site.Assign("request", "acme", 3);
        var process = site.Process(store.Through(counter));
        Done(await process.TransactAsync(work, Ct));
        AssertRequests(reads: 1, commits: 1);

        Assert.True(Done(await process.TransactAsync(work, Ct)).Replayed);
        AssertRequests(reads: 2, commits: 0);

        // A process that has just started.
        Assert.True(Done(await site.Process(store.Through(counter)).TransactAsync(work, Ct)).Replayed);
        AssertRequests(reads: 2, commits: 0);
    }

    [Fact]
    public async Task The_repeat_of_an_allocation_in_a_process_that_has_just_started_loads_the_site_first()
    {
        var site = await WithAsync(store.Table, Range(0, 20));
        var work = site.Allocate("request", "acme", Range(0, 3));
        Done(await site.Process().TransactAsync(work, Ct));

        Assert.True(Done(await site.Process(store.Through(counter)).TransactAsync(work, Ct)).Replayed);

        AssertRequests(reads: 2, commits: 1);
    }

    [Fact]
    public async Task A_service_in_steps_is_three_requests_warm()
    {
        var site = await WithAsync(store.Table, Range(0, 20));
        var cache = new SiteCache();
        await site.Process(cache: cache).RulesAsync(site.Id, Ct);

        Done(await InStepsAsync(site.Process(store.Through(counter), cache: cache), site.Assign("request", "acme", 3)));

        // Accepted by a plain insert, taken and ended by a transaction each.
        AssertRequests(reads: 0, commits: 3);
    }

    void AssertRequests(int reads, int commits)
    {
        Assert.Equal((reads, commits), (counter.Of("sites", "GET"), counter.Of("sites", "BATCH")));
        Assert.Equal(reads + commits, counter.Total);
        counter.Reset();
    }

    static SiteOutcome.Done Done(SiteOutcome outcome) => Assert.IsType<SiteOutcome.Done>(outcome);
}
