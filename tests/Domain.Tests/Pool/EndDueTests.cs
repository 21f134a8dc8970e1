using CsCheck;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

/// <summary>What the sweep writes down.</summary>
public sealed class EndDueTests
{
    static readonly EndDue Now = new(new(Second, Party.Timer, Noon));

    static readonly Number Resting = new()
    {
        State = NumberState.Cooldown, Former = Ours, EverActive = true, RestsUntil = Noon, Version = 5,
    };

    static readonly Number Withheld = new()
    {
        State = NumberState.Blocked, Before = NumberState.Staged, Until = Noon, Version = 2,
    };

    static readonly Number WithheldWhileResting =
        Resting with { State = NumberState.Blocked, Before = NumberState.Cooldown, Until = Noon };

    [Fact]
    public void A_rest_that_is_over_ends_with_its_nomination()
    {
        var change = On((0, Resting with { Role = NumberRole.NominatedMain }));

        var number = Assert.Single(change.Blocks)[0]!;
        Assert.Equal((NumberState.Available, NumberRole.Direct, 6), (number.State, number.Role, number.Version));
        Assert.Equal((null, null, false), (number.Former, number.RestsUntil, number.EverActive));
        Assert.Equal(Set(0), change.Changed);
    }

    [Fact]
    public void What_is_not_due_by_one_tick_stays()
    {
        var change = On(
            (0, Resting with { RestsUntil = Noon.AddTicks(1) }), (1, Withheld with { Until = Noon.AddTicks(1) }),
            (2, Withheld with { Until = null }), (100, new Number()));

        Assert.Empty(change.Blocks);
        Assert.Empty(change.Changed);
    }

    [Fact]
    public void A_block_that_is_over_gives_the_state_before_and_a_rest_that_ended_meanwhile_ends_too()
    {
        var change = On(
            (0, Withheld), (1, WithheldWhileResting), (2, WithheldWhileResting with { RestsUntil = Noon.AddDays(1) }));

        var block = Assert.Single(change.Blocks);
        Assert.Equal(
            [NumberState.Staged, NumberState.Available, NumberState.Cooldown],
            new[] { 0, 1, 2 }.Select(slot => block[slot]!.State));
        Assert.Equal(
            [
                (NumberState.Cooldown, NumberState.Available), (NumberState.Blocked, NumberState.Staged),
                (NumberState.Blocked, NumberState.Cooldown), (NumberState.Blocked, NumberState.Cooldown),
            ],
            change.Moves.SelectMany(move => move.Numbers.Select(_ => (move.Way.From!.Value, move.Way.To))).Order());
    }

    [Fact]
    public void Holds_that_have_lapsed_are_noted_also_where_nothing_else_is_due()
    {
        var hold = new Number { State = NumberState.Held, Account = Ours, Until = Noon };

        var change = On(
            (0, hold), (1, hold with { Until = Noon.AddTicks(1) }), (100, Resting), (101, hold), (200, new()));

        Assert.Equal(Set(0, 100, 101), change.Changed);
        Assert.Equal([At(0).Block, At(100).Block], change.Blocks.Select(block => block.Id).Order());
    }

    [Fact]
    public void So_much_as_one_transaction_holds_is_done_and_the_next_does_the_rest()
    {
        var site = SiteOf([.. Enumerable.Range(0, 100).Select(block => (block * 100, Resting))]);

        var first = Assert.IsType<PoolDecision.Accepted>(PoolDecider.Decide(site.At(Noon), Now)).Change;
        var second = Assert.IsType<PoolDecision.Accepted>(PoolDecider.Decide(site.After(first), Now)).Change;

        Assert.Equal((97, 3), (first.Changed.Count, second.Changed.Count));
    }

    [Fact]
    public void A_site_that_the_platform_does_not_manage_is_left_as_it_is()
    {
        var site = SiteOf((0, Resting));

        Assert.IsType<PoolDecision.Refused>(PoolDecider.Decide(
            site with { Rules = site.Rules with { ManagedByPlatform = false } }, Now));
    }

    [Fact]
    public void After_it_nothing_is_due_and_doing_it_again_changes_nothing() =>
        Gen.Select(
            Gen.OneOf(Some.Places.ToArray()).HashSet[0, 10],
            Gen.Select(Gen.Int[-2, 2], Gen.Int[-2, 2], Gen.Int[0, 3]).Array[14]).Sample((places, kinds) =>
        {
            var site = SiteOf([.. places.Zip(kinds, (place, kind) => (place, OfKind(kind)))]).At(Noon);
            var change = Assert.IsType<PoolDecision.Accepted>(PoolDecider.Decide(site, Now)).Change;

            var after = site.After(change with { Blocks = [.. change.Blocks.Select(block => block.Written())] });

            Assert.Empty(Assert.IsType<PoolDecision.Accepted>(PoolDecider.Decide(after, Now)).Change.Blocks);
            Assert.All(after.Pool.All().Values, number => Assert.True(
                number.State switch
                {
                    NumberState.Cooldown => number.RestsUntil > Noon,
                    NumberState.Blocked or NumberState.Held => number.Until > Noon,
                    _ => true,
                }));
        });

    static Number OfKind((int Until, int RestsUntil, int Kind) kind) => kind.Kind switch
    {
        0 => Resting with { RestsUntil = Noon.AddDays(kind.RestsUntil) },
        1 => Withheld with { Until = Noon.AddDays(kind.Until) },
        2 => WithheldWhileResting with
        {
            Until = Noon.AddDays(kind.Until), RestsUntil = Noon.AddDays(kind.RestsUntil),
        },
        _ => new() { State = NumberState.Held, Account = Ours, Until = Noon.AddDays(kind.Until) },
    };

    static SiteChange On(params (int Place, Number Number)[] numbers) =>
        Assert.IsType<PoolDecision.Accepted>(PoolDecider.Decide(SiteOf(numbers).At(Noon), Now)).Change;
}
