using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using Telephony.Domain.Numbers;
using Telephony.Functions.History;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.History;

/// <summary>When events move into the history: with the change, or later.</summary>
public sealed class MoverTests
{
    readonly MemoryTable sites = new();
    readonly MemoryTable history = new();
    readonly FakeTimeProvider clock = new(Noon);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    TestHistory Tables => new(sites, history, clock);

    [Fact]
    public async Task A_change_is_in_the_history_as_soon_as_it_is_made()
    {
        var site = new TestSite(sites);
        var process = new SitePartition(sites, new SiteCache(), clock, Tables.Mover);

        Done(await process.TransactAsync(site.Import("import", Range(0, 120)), Ct));
        Done(await process.TransactAsync(site.Allocate("take", "acme", Range(99, 2)), Ct));
        Done(await InStepsAsync(process, site.Assign("assign", "acme", 3)));

        Assert.Empty(await Tables.EventsAsync(site.Id));
        var rows = (await Tables.RowsAsync(site.Id, Number(0).Block))
            .Concat(await Tables.RowsAsync(site.Id, Number(100).Block));
        Assert.Equal(
            ["Allocation", "Allocation", "Import", "Import", "VoiceService"],
            rows.Select(row => row.GetString("Kind")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_moved_fails_no_request_is_read_all_the_same_and_is_moved_later()
    {
        var site = new TestSite(sites);
        var plan = FaultPlan.From(1, Fault.BeforeCall);
        var process = new SitePartition(
            sites, new SiteCache(), clock, new TestHistory(sites, new FaultyTable(history, plan), clock).Mover);

        Done(await process.TransactAsync(site.Import("import", Range(0, 3)), Ct));
        Done(await process.TransactAsync(site.Allocate("take", "acme", Numbers(1)), Ct));

        Assert.True(plan.Faults >= 2, "Nothing was lost.");
        Assert.Empty(history.Rows);
        Assert.Equal(["", "acme"], await HoldersAsync(site, 1));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(2, await Tables.Mover.MoveAsync(site.Id, TimeSpan.FromMinutes(1), Ct));
        Assert.Equal(["", "acme"], await HoldersAsync(site, 1));
        Assert.Empty(await Tables.EventsAsync(site.Id));
        Assert.Equal(0, await Tables.Mover.MoveAsync(site.Id, TimeSpan.FromMinutes(1), Ct));
    }

    [Fact]
    public async Task An_event_that_was_copied_and_not_yet_deleted_counts_once()
    {
        var site = await WithAsync(sites, Range(0, 3));
        var mover = new TestHistory(new FaultyTable(sites, FaultPlan.At(2, Fault.BeforeCall)), history, clock).Mover;

        await Assert.ThrowsAsync<IOException>(() => mover.MoveAsync(site.Id, default, Ct));

        Assert.Single(history.Rows);
        Assert.Single(await Tables.EventsAsync(site.Id));
        Assert.Equal([""], await HoldersAsync(site, 1));
    }

    [Fact]
    public async Task An_event_that_is_moved_while_somebody_reads_is_not_missed()
    {
        var site = await WithAsync(sites, Range(0, 3));
        var (reads, moved) = (0, 0);
        var reader = new HistoryTable(
            new InterleavedTable(sites, MoveBetweenAsync), new InterleavedTable(history, MoveBetweenAsync));

        var found = await reader.OfAsync(site.Id, Number(1), Noon, Ct);

        Assert.Equal((2, 1, 1), (reads, moved, found.Spans.Length));

        async Task MoveBetweenAsync()
        {
            if (++reads == 2)
                moved = await Tables.Mover.MoveAsync(site.Id, default, Ct);
        }
    }

    [Fact]
    public async Task Young_events_are_left_to_whoever_has_just_committed_them()
    {
        var site = await WithAsync(sites, Range(0, 3));
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, await Tables.Mover.MoveAsync(site.Id, TimeSpan.FromMinutes(1), Ct));

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Tables.Mover.MoveAsync(site.Id, TimeSpan.FromMinutes(1), Ct));
    }

    [Fact]
    public async Task One_call_moves_so_many_and_the_next_one_the_rest()
    {
        var site = new TestSite(sites);
        var work = site.Import("import", Numbers(0));
        for (var i = 0; i <= EventMover.RowsMax; i++)
        {
            var operation = work.Operation with { Id = new(site.Id, Name(i).PadRight(26, '2')) };
            await site.InsertAsync(EventRow.Write(
                operation, "take", new([], [], Numbers(0), NumberSet.Empty), [Import(Numbers(0))], Noon, 1));
        }

        Assert.Equal(EventMover.RowsMax, await Tables.Mover.MoveAsync(site.Id, default, Ct));
        Assert.Equal(1, await Tables.Mover.MoveAsync(site.Id, default, Ct));
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_said_and_holds_up_no_other()
    {
        var site = await WithAsync(sites, Range(0, 3));
        await site.InsertAsync(new TableEntity(site.Id.Value, $"E|{site.Id}~{new string('2', 26)}~take")
        {
            ["Kind"] = "Import",
        });

        var failed = await Assert.ThrowsAsync<AggregateException>(() =>
            Tables.Mover.MoveAsync(site.Id, default, Ct));

        Assert.Contains(new string('2', 26), failed.InnerExceptions.Single().Message, StringComparison.Ordinal);
        Assert.Single(history.Rows);
        Assert.Single(await Tables.EventsAsync(site.Id));
    }

    [Fact]
    public async Task Why_a_number_was_chosen_is_remembered_with_it()
    {
        var site = await WithAsync(sites, Range(0, 150));
        Done(await site.Process().TransactAsync(site.AllocateCount("take", "acme", 120), Ct));
        await Tables.Mover.MoveAsync(site.Id, default, Ct);

        foreach (var place in (int[])[0, 99, 100, 119])
        {
            var last = (await Tables.OfAsync(site.Id, Number(place))).Spans[^1].Entry;
            Assert.Equal((Number(0), 120), (last.Choice!.First, last.Choice.Count));
        }

        Assert.Null((await Tables.OfAsync(site.Id, Number(120))).Spans[^1].Entry.Choice);
    }

    static Move Import(NumberSet numbers) =>
        new(new(null, NumberState.Available, NumberRole.Direct, null, null), numbers, [1]);

    async Task<IEnumerable<string>> HoldersAsync(TestSite site, int place) =>
        (await Tables.OfAsync(site.Id, Number(place))).Spans.Select(span => span.Entry.Holder?.Value ?? "");

    static void Done(SiteOutcome outcome) => Assert.IsType<SiteOutcome.Done>(outcome);
}
