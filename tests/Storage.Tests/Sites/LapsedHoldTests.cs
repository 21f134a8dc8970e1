using System.Collections.Immutable;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.LifeWork;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class LapsedHoldsOnMemory() : LapsedHoldTests(new MemoryStore());

public sealed class LapsedHoldsOnAzurite(AzuriteFixture azurite) : LapsedHoldTests(new AzuriteStore(azurite));

/// <summary>A hold past its end is none, and whoever next writes its block writes that down, once.</summary>
public abstract class LapsedHoldTests(Store store)
{
    static readonly DateTimeOffset End = Noon.AddSeconds(10);
    static readonly TimeSpan Later = TimeSpan.FromSeconds(15);

    readonly Clock clock = new(Noon);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("another number is reserved")]
    [InlineData("the number is reserved")]
    [InlineData("the number is held again")]
    [InlineData("the hold is ended")]
    [InlineData("another is as asked")]
    [InlineData("numbers are imported")]
    public async Task Whoever_touches_the_block_writes_the_lapse_down_once(string what)
    {
        var (site, process) = await WithHoldAsync();
        clock.Advance(Later);
        var now = clock.GetUtcNow();
        var work = what switch
        {
            "another number is reserved" => site.Move("touch", Numbers(5), order => Reserve(order, Acme), now),
            "the number is reserved" => site.Move("touch", Numbers(1), order => Reserve(order, Acme), now),
            "the number is held again" => site.Move(
                "touch", Numbers(1), order => Hold(order, Acme, now.AddDays(1)), now),
            "the hold is ended" => site.Move(
                "touch", Numbers(1), order => new NumberCommand.EndHold(order), now, Party.Timer),
            "another is as asked" => site.Move("touch", Numbers(7), order => Reserve(order, Acme), now),
            _ => site.Import("touch", Numbers(90)) with { Now = now },
        };

        await DoneAsync(process, work);
        await DoneAsync(process, site.Move("next", Numbers(6), order => Reserve(order, Acme), now));
        await DoneAsync(site.Process(clock: clock), site.Move("last", Numbers(8), order => Reserve(order, Acme), now));

        var after = await site.ReadAsync();
        var lapse = Assert.Single(Moves(after), move => move.Way.From is NumberState.Held);
        Assert.Equal(
            new(new(NumberState.Held, NumberState.Available, NumberRole.Direct, Other, null, 1, End), Numbers(1), [3]),
            lapse);
        Assert.Equal(lapse, MovesOf(after, "touch")[0]);
        var number = after.Numbers[Number(1)];
        Assert.True(number.Version == (what.StartsWith("the number", StringComparison.Ordinal) ? 4 : 3), $"{number}");
        if (number.Version == 3)
        {
            Assert.Equal(
                (NumberState.Available, null, null, End),
                (number.State, number.Account, number.Until, number.Since));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_remembered_decides_as_what_is_read_before_the_end_and_after_it(bool after)
    {
        var decisions = new List<string>();
        foreach (var cached in (bool[])[true, false])
        {
            var (site, process) = await WithHoldAsync();
            clock.Advance(after ? Later : TimeSpan.FromSeconds(1));
            var now = clock.GetUtcNow();
            var mine = cached ? process : null;
            foreach (var work in (SiteWork[])
            [
                site.Move("a", Numbers(1), order => Reserve(order, Acme), now),
                site.Move("b", Numbers(1), order => Hold(order, Other, now.AddDays(3)), now),
                site.Move("c", Numbers(1), order => new NumberCommand.EndHold(order), now, Party.Timer),
                site.AllocateCount("d", "acme", 2) with { Now = now },
            ])
            {
                var outcome = await (mine ?? site.Process(clock: clock)).TransactAsync(work, Ct);
                decisions.Add(outcome is SiteOutcome.Refused refused
                    ? string.Join(", ", refused.Refusals) : $"{((SiteOutcome.Done)outcome).Operation.Changed}");
            }

            decisions.Add((await site.ReadAsync()).Normalised);
            clock.AdjustTime(Noon);
        }

        Assert.Equal(decisions[..5], decisions[5..]);
    }

    [Fact]
    public async Task A_hold_that_ends_while_a_request_is_under_way_is_dated_as_the_request()
    {
        var (site, process) = await WithHoldAsync();
        var asked = clock.GetUtcNow();
        clock.Advance(Later);

        await DoneAsync(process, site.Move("late", Numbers(1), order => Reserve(order, Acme), asked));

        Assert.Equal(
            [(NumberState.Available, null), (NumberState.Reserved, (DateTimeOffset?)null)],
            MovesOf(await site.ReadAsync(), "late").Select(move => (move.Way.To, move.Way.At)));
    }

    [Fact]
    public async Task A_process_whose_clock_is_behind_still_gives_a_lapsed_number_out_and_notes_both_moves()
    {
        var (site, process) = await WithHoldAsync();
        var now = End.AddSeconds(1);

        await DoneAsync(process, site.Move("ahead", Numbers(1), order => Reserve(order, Acme), now));

        var after = await site.ReadAsync();
        Assert.Equal([3, 4], MovesOf(after, "ahead").Select(move => move.Versions.Single()));
        Assert.Equal((Acme, 4), (after.Numbers[Number(1)].Account!.Value, after.Numbers[Number(1)].Version));
    }

    /// <summary>Number 1 is held for another account, number 7 is acme's, and the process remembers it all.</summary>
    async Task<(TestSite Site, SitePartition Process)> WithHoldAsync()
    {
        var site = await WithAsync(store.Table, Range(0, 20));
        var process = site.Process(clock: clock);
        await DoneAsync(process, site.Move("hold", Numbers(1), order => Hold(order, Other, End)));
        await DoneAsync(process, site.Move("has", Numbers(7), order => Reserve(order, Acme)));
        return (site, process);
    }

    static IEnumerable<Move> Moves(PartitionText text) => text.Events.SelectMany(row => MoveText.Read(row));

    static ImmutableArray<Move> MovesOf(PartitionText text, string operation) => MoveText.Read(
        text.Events.Single(row => row.RowKey.Contains($"~{operation}2", StringComparison.Ordinal)));

    static async Task<SiteOutcome.Done> DoneAsync(SitePartition process, SiteWork work) =>
        Assert.IsType<SiteOutcome.Done>(await process.TransactAsync(work, Ct));
}
