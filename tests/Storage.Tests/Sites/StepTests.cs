using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class StepsOnMemory() : StepTests(new MemoryStore());

public sealed class StepsOnAzurite(AzuriteFixture azurite) : StepTests(new AzuriteStore(azurite));

/// <summary>An operation that is accepted, carried out in steps and ended, by whoever comes first.</summary>
public abstract class StepTests(Store store)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operation_is_accepted_once()
    {
        var site = new TestSite(store.Table);
        var operation = site.Allocate("request", "acme", Numbers(1)).Operation;

        var (first, firstReplayed) = await site.Process().AcceptAsync(operation, Ct);
        var (second, secondReplayed) = await site.Process().AcceptAsync(operation with { At = Noon.AddDays(1) }, Ct);

        Assert.Equal((false, true), (firstReplayed, secondReplayed));
        Assert.Equal((OperationState.Accepted, Noon), (second.State, second.At));
        Assert.Equal((first.ETag, first.Id), (second.ETag, second.Id));
    }

    [Fact]
    public async Task A_step_makes_the_operation_run_and_is_noted()
    {
        var (site, accepted, work) = await AcceptedAsync();

        var done = Assert.IsType<SiteOutcome.Done>(
            await site.Process().TransactAsync(work with { Operation = accepted }, Ct));

        Assert.Equal((OperationState.Running, null), (done.Operation.State, done.Operation.EndedAt));
        Assert.Equal([new("take", Noon)], done.Operation.Steps);
        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal(OperationState.Running, after.Operation(accepted.Id).State);
    }

    [Theory]
    [InlineData("as it was before")]
    [InlineData("as it is now")]
    public async Task A_step_is_done_once_however_the_caller_saw_the_operation(string seen)
    {
        Func<TestSite, SiteWork>[] requests =
            [s => s.Allocate("request", "acme", Numbers(1, 2)), s => s.Assign("request", "acme", 2)];
        foreach (var work in requests)
        {
            var (site, accepted, request) = await AcceptedAsync(work);
            await site.Process().TransactAsync(request with { Operation = accepted }, Ct);
            var before = await site.ReadAsync();
            var caller = seen == "as it is now" ? (await site.Process().FindAsync(accepted.Id, Ct))! : accepted;

            var again = Assert.IsType<SiteOutcome.Done>(
                await site.Process().TransactAsync(request with { Operation = caller }, Ct));

            Assert.True(again.Replayed);
            Assert.Equal(2, again.Operation.Changed.Count);
            Assert.Equal(before.Exact, (await site.ReadAsync()).Exact);
        }
    }

    [Theory]
    [InlineData("as it was before")]
    [InlineData("as it is now")]
    public async Task An_operation_that_has_ended_takes_no_more_steps(string seen)
    {
        var (site, accepted, work) = await AcceptedAsync();
        var ended = await site.Process().EndAsync(
            accepted, o => o.Ended(OperationState.Failed, Noon, new("stopped", "Stopped.")), Ct);
        var before = await site.ReadAsync();

        var outcome = await site.Process().TransactAsync(
            work with { Operation = seen == "as it is now" ? ended : accepted }, Ct);

        Assert.Equal(OperationState.Failed, Assert.IsType<SiteOutcome.HasEnded>(outcome).Operation.State);
        Assert.Equal(before.Exact, (await site.ReadAsync()).Exact);
    }

    [Fact]
    public async Task A_step_follows_a_step_that_another_process_did_meanwhile_and_both_are_kept()
    {
        var (site, accepted, work) = await AcceptedAsync(s => s.Allocate("request", "acme", Numbers(1, 2)));
        await site.Process().TransactAsync(work with { Operation = accepted }, Ct);
        var second = site.Allocate("request", "acme", Numbers(5)) with { Step = "more" };

        var done = Assert.IsType<SiteOutcome.Done>(await site.Process().TransactAsync(
            second with { Operation = accepted }, Ct));

        Assert.Equal(["take", "more"], done.Operation.Steps.Select(step => step.Name));
        Assert.Equal(Numbers(1, 2, 5), done.Operation.Changed);
        var after = await site.ReadAsync();
        Assert.Equal(Numbers(1, 2, 5), after.Reserved("acme"));
        Assert.Equal(3, after.Holdings["acme"].DirectNumbers);
        Assert.Equal(
            [Numbers(5).ToString(), Numbers(1, 2).ToString()],
            after.Events.Where(e => e.RowKey.StartsWith($"E|{accepted.Id}", StringComparison.Ordinal))
                .Select(e => e.GetString("Numbers")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_rival_that_does_the_same_step_between_two_of_our_requests_does_it_for_both(int request)
    {
        var (site, accepted, take) = await AcceptedAsync(s => s.Allocate("request", "acme", Numbers(1, 2)));
        var other = site.Allocate("request", "acme", Numbers(5)) with { Step = "other" };
        var rival = site.Process();
        var mine = site.Process(new InterruptedTable(store.Table, async number =>
        {
            // Another step before our commit, so that it fails; ours before the request in question.
            if (number == 2)
                await rival.TransactAsync(other with { Operation = (await rival.FindAsync(accepted.Id, Ct))! }, Ct);
            if (number == request)
                await rival.TransactAsync(take with { Operation = (await rival.FindAsync(accepted.Id, Ct))! }, Ct);
        }));

        var done = Assert.IsType<SiteOutcome.Done>(await mine.TransactAsync(take with { Operation = accepted }, Ct));

        // Ours are load, commit, look, load, commit: there is no sixth.
        Assert.Equal(request < 6, done.Replayed);
        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal(Numbers(1, 2, 5), after.Operation(accepted.Id).Changed);
        Assert.Equal(["other", "take"], after.Operation(accepted.Id).Steps.Select(step => step.Name).Order());
    }

    [Fact]
    public async Task The_first_end_stays()
    {
        var (site, accepted, _) = await AcceptedAsync();
        var first = await site.Process().EndAsync(
            accepted, o => o.Ended(OperationState.Refused, Noon, new("no", "No.")), Ct);
        var before = await site.ReadAsync();

        foreach (var seen in (Operation[])[accepted, first])
        {
            var second = await site
                .Process().EndAsync(seen, o => o.Ended(OperationState.Succeeded, Noon.AddHours(1)), Ct);
            Assert.Equal((OperationState.Refused, Noon, "no"), (second.State, second.EndedAt, second.Reason!.Code));
        }

        Assert.Equal(before.Exact, (await site.ReadAsync()).Exact);
    }

    [Fact]
    public async Task Many_that_end_an_operation_at_once_agree_on_one_end()
    {
        var (site, accepted, _) = await AcceptedAsync();
        OperationState[] states =
            [OperationState.Succeeded, OperationState.Partial, OperationState.Refused, OperationState.Failed];

        var ends = await Task.WhenAll(states.Select(state => Task.Run(() =>
            site.Process().EndAsync(accepted, o => o.Ended(state, Noon), Ct))));

        var stored = (await site.ReadAsync()).Operation(accepted.Id).State;
        Assert.Single(ends.Select(end => end.State).Append(stored).Distinct());
    }

    [Fact]
    public async Task An_end_by_someone_who_saw_no_steps_keeps_them()
    {
        var (site, accepted, work) = await AcceptedAsync();
        await site.Process().TransactAsync(work with { Operation = accepted }, Ct);

        var ended = await site.Process().EndAsync(
            accepted, o => o.Ended(o.Steps.IsEmpty ? OperationState.Failed : OperationState.Partial, Noon), Ct);

        Assert.Equal(OperationState.Partial, ended.State);
        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal(2, after.Operation(accepted.Id).Changed.Count);
    }

    async Task<(
        TestSite Site, Operation Accepted, SiteWork Work)> AcceptedAsync(Func<TestSite, SiteWork>? request = null)
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        var work = (request ?? (s => s.Assign("request", "acme", 2)))(site);
        var (accepted, _) = await site.Process().AcceptAsync(work.Operation, Ct);
        return (site, accepted, work);
    }
}
