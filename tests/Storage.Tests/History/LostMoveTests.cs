using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.History;

public sealed class LostMovesOnMemory() : LostMoveTests(new MemoryStore(), new MemoryStore(), retries: 0);

public sealed class LostMovesOnAzurite(AzuriteFixture azurite) : LostMoveTests(
    new AzuriteStore(azurite), new AzuriteStore(azurite, TableNames.History), retries: 0);

public sealed class LostMovesThatTheClientRepeats(AzuriteFixture azurite) : LostMoveTests(
    new AzuriteStore(azurite), new AzuriteStore(azurite, TableNames.History), retries: 3);

/// <summary>
/// Every request of a move into the history is lost in turn, or its response; then the move is tried again. Whatever
/// was lost, each change is in the history once, and its event is gone.
/// </summary>
public abstract class LostMoveTests(Store sites, Store history, int retries)
{
    const int RequestsMax = 60;

    static readonly NumberSet Moved = Range(50, 220);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Fault.BeforeCall)]
    [InlineData(Fault.AfterCall)]
    public async Task Whichever_request_is_lost_each_change_is_remembered_once(Fault fault)
    {
        var (undisturbed, requests) = await RunAsync(FaultPlan.None());
        Assert.Equal(1 + 3 + 1 + 2 + 1, requests);

        for (var call = 1; call <= requests; call++)
        {
            var plan = FaultPlan.At(call, fault);
            Assert.Equal(undisturbed, (await RunAsync(plan)).Text);
            Assert.Equal(1, plan.Faults);
        }
    }

    [Theory]
    [InlineData(Fault.BeforeCall)]
    [InlineData(Fault.AfterCall)]
    public async Task However_often_requests_are_lost_each_change_is_remembered_once(Fault fault)
    {
        var plan = FaultPlan.Escalating(fault);

        Assert.Equal((await RunAsync(FaultPlan.None())).Text, (await RunAsync(plan)).Text);

        Assert.True(plan.Faults > 1, "The test proves nothing unless faults struck.");
    }

    [Fact]
    public async Task Two_that_move_the_same_at_the_same_time_remember_each_change_once()
    {
        var undisturbed = (await RunAsync(FaultPlan.None())).Text;
        var site = await WithTwoEventsAsync();
        var both = new TestHistory(sites.Table, history.Table);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => both.Mover.MoveAsync(site.Id, default, Ct)));

        Assert.Equal(undisturbed, await both.TextAsync(site.Id, Moved));
        Assert.Empty(await both.EventsAsync(site.Id));
    }

    async Task<(string Text, int Requests)> RunAsync(FaultPlan plan)
    {
        var site = await WithTwoEventsAsync();
        var mover = new TestHistory(sites.Through(plan, retries), history.Through(plan, retries)).Mover;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await mover.MoveAsync(site.Id, default, Ct);
                break;
            }
            catch (Exception e) when (e is IOException or AggregateException && attempt < RequestsMax)
            {
                // The timer comes again.
            }
        }

        var after = new TestHistory(sites.Table, history.Table);
        Assert.Empty(await after.EventsAsync(site.Id));
        foreach (var number in Moved)
            Assert.True((await after.OfAsync(site.Id, number)).IsWhole);
        return (await after.TextAsync(site.Id, Moved), plan.Calls);
    }

    /// <summary>Three blocks that were imported, two of which were then allocated from.</summary>
    async Task<TestSite> WithTwoEventsAsync()
    {
        var site = await WithAsync(sites.Table, Moved);
        await site.Process().TransactAsync(site.Allocate("request", "acme", Range(95, 10)), Ct);
        return site;
    }
}
