using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using Telephony.Functions.History;
using Telephony.Functions.Messaging;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.History;

/// <summary>
/// Every request of a change and of its announcement is lost in turn, to storage or to the topic, or its response.
/// Whatever was lost: once a change is made, the topic has all of it by the next sweep, under the same ids.
/// </summary>
public sealed class LostEventTests
{
    const int RequestsMax = 30;

    readonly FakeTimeProvider clock = new(Noon);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Fault.BeforeCall)]
    [InlineData(Fault.AfterCall)]
    public async Task Whichever_request_is_lost_what_was_changed_is_told(Fault fault)
    {
        var (undisturbed, requests) = await RunAsync(FaultPlan.None());
        Assert.Equal(2, undisturbed.Distinct().Count());

        var twice = 0;
        for (var call = 1; call <= requests; call++)
        {
            var plan = FaultPlan.At(call, fault);
            var told = (await RunAsync(plan)).Told;

            Assert.Equal(1, plan.Faults);
            Assert.Equal(undisturbed.Distinct(), told.Distinct());
            twice += told.Count > undisturbed.Count ? 1 : 0;
        }

        Assert.True(twice > 0, "Nothing was ever cut off between what is sent and what is deleted.");
    }

    [Theory]
    [InlineData(Fault.BeforeCall)]
    [InlineData(Fault.AfterCall)]
    public async Task However_often_requests_are_lost_what_was_changed_is_told(Fault fault)
    {
        var plan = FaultPlan.Escalating(fault);

        Assert.Equal(
            (await RunAsync(FaultPlan.None())).Told.Distinct(), (await RunAsync(plan)).Told.Distinct());

        Assert.True(plan.Faults > 1, "The test proves nothing unless faults struck.");
    }

    [Fact]
    public async Task Two_processes_that_tell_the_same_tell_it_under_the_same_ids()
    {
        var (sites, history, bus) = (new MemoryTable(), new MemoryTable(), new RecordingBus());
        var site = await WithAsync(sites, Range(50, 220));
        Func<Task> other = () => new TestHistory(sites, history, clock, bus).Mover.MoveAsync(site.Id, default, Ct);

        // The other one has told it and deleted it before this one comes to do so.
        var one = new TestHistory(sites, new BetweenTable(history, other), clock, bus);
        Assert.Equal(1, await one.Mover.MoveAsync(site.Id, default, Ct));

        var ids = bus.To(EntityNames.Events).Select(message => message.MessageId).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Single(ids.Distinct());
        Assert.Empty(await one.EventsAsync(site.Id));
    }

    [Fact]
    public async Task While_the_topic_is_down_requests_succeed_and_do_not_wait_for_it_and_then_all_is_told()
    {
        var (sites, history, isDown) = (new MemoryTable(), new MemoryTable(), true);
        var plan = FaultPlan.While(() => isDown, Fault.BeforeCall);
        var bus = new RecordingBus(plan);
        var mover = new TestHistory(sites, history, clock, bus).Mover;
        var site = new TestSite(sites);
        var process = new SitePartition(sites, new SiteCache(), clock, mover);

        Done(await process.TransactAsync(site.Import("import", Range(0, 3)), Ct));
        Done(await process.TransactAsync(site.Allocate("take", "acme", Numbers(1)), Ct));

        Assert.Equal((1, 2), (plan.Faults, history.Rows.Count));
        await Assert.ThrowsAsync<NotSentException>(() => mover.MoveAsync(site.Id, default, Ct));
        isDown = false;
        await Assert.ThrowsAsync<NotSentException>(() => mover.MoveAsync(site.Id, default, Ct));
        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(2, await mover.MoveAsync(site.Id, TimeSpan.FromMinutes(1), Ct));
        Assert.Equal(
            ["number.allocated", "number.provisioned"],
            bus.To(EntityNames.Events).Select(message => message.Subject).Order(StringComparer.Ordinal));
    }

    /// <summary>An import and an allocation, each repeated until answered, and sweeps until all is moved.</summary>
    async Task<(IReadOnlyList<string> Told, int Requests)> RunAsync(FaultPlan plan)
    {
        var (sites, history) = (new MemoryTable(), new MemoryTable());
        var bus = new RecordingBus(plan);
        var site = new TestSite(sites);
        var (through, kept) = (new FaultyTable(sites, plan), new FaultyTable(history, plan));

        await UntilDoneAsync(mover => new SitePartition(through, new SiteCache(), clock, mover)
            .TransactAsync(site.Import("import", Range(0, 120)), Ct));
        await UntilDoneAsync(mover => new SitePartition(through, new SiteCache(), clock, mover)
            .TransactAsync(site.Allocate("take", "acme", Range(95, 10)), Ct));
        await UntilDoneAsync(mover => mover.MoveAsync(site.Id, TimeSpan.FromMinutes(1), Ct));

        Assert.Empty(await new TestHistory(sites, history).EventsAsync(site.Id));
        return (
            [.. bus.To(EntityNames.Events).Select(message =>
                $"{message.MessageId} {message.Body}".Replace(site.Id.Value, "site", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)],
            plan.Calls);

        async Task UntilDoneAsync(Func<EventMover, Task> work)
        {
            for (var attempt = 1; ; attempt++)
            {
                clock.Advance(TimeSpan.FromMinutes(5));
                try
                {
                    await work(new TestHistory(through, kept, clock, bus).Mover);
                    return;
                }
                catch (Exception e) when (e is IOException or NotSentException && attempt < RequestsMax)
                {
                    // The caller repeats it, or the timer comes again.
                }
            }
        }
    }

    static void Done(SiteOutcome outcome) => Assert.IsType<SiteOutcome.Done>(outcome);

    /// <summary>Lets something else happen once, when all is in the history and nothing is told yet.</summary>
    sealed class BetweenTable(ITable inner, Func<Task> between) : ITable
    {
        int writes;

        public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct) =>
            inner.FindAsync(partition, row, ct);

        public async Task<CommitResult> CommitAsync(
            string partition, IReadOnlyList<RowChange> changes, CancellationToken ct)
        {
            if (Interlocked.Increment(ref writes) == 1)
                await between();
            return await inner.CommitAsync(partition, changes, ct);
        }

        public IAsyncEnumerable<TableEntity> RangeAsync(
            string partition, string from, string to, int pageSize, CancellationToken ct) =>
            inner.RangeAsync(partition, from, to, pageSize, ct);
    }
}
