using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

/// <summary>One command to several numbers, and what belongs to the account with it.</summary>
public sealed class MoveNumbersTests
{
    [Fact]
    public void All_of_them_or_a_reason_for_each_with_from_and_to()
    {
        var site = SiteOf((0, Held(new(), by: Ours)), (1, new()), (2, new() { State = NumberState.Staged }));
        var activate = new NumberCommand.Activate(ByOperator);

        var refused = Assert.IsType<PoolDecision.Refused>(Move(site, activate, 0, 1, 2, 3));

        Assert.Equal(
            [
                (At(1), NumberRefusal.NoTransition, (NumberState?)NumberState.Available, NumberState.Activating),
                (At(2), NumberRefusal.NoTransition, NumberState.Staged, NumberState.Activating),
                (At(3), NumberRefusal.NotProvisioned, null, NumberState.Activating),
            ],
            refused.Refusals.Cast<Refusal.OfNumber>().Select(r => (r.Number, r.Reason, r.From, r.To!.Value)));
    }

    [Fact]
    public void A_lapsed_hold_is_refused_as_what_it_is_by_then()
    {
        var site = SiteOf((0, OnHold(until: Noon)));

        var refused = Assert.IsType<PoolDecision.Refused>(Move(site, new NumberCommand.Activate(ByOperator), 0));

        Assert.Equal(NumberState.Available, Assert.IsType<Refusal.OfNumber>(Assert.Single(refused.Refusals)).From);
    }

    [Fact]
    public void That_a_hold_lapsed_is_a_move_of_its_own_even_where_nobody_looked_since()
    {
        var site = SiteOf((0, OnHold(until: Noon.AddHours(-1))));

        var moves = Accepted(site, new NumberCommand.Reserve(ByOperator, Ours, NumberSource.ByHand), 0).Moves;

        Assert.Equal(
            [
                (NumberState.Held, NumberState.Available, Theirs, Noon.AddHours(-1), 2),
                (NumberState.Available, NumberState.Reserved, Ours, (DateTimeOffset?)null, 3),
            ],
            moves.Select(move => (
                move.Way.From!.Value, move.Way.To, move.Way.Account!.Value, move.Way.At, move.Versions.Single())));
    }

    [Fact]
    public void The_next_main_number_takes_the_place_of_the_former_which_stays_in_service()
    {
        var site = WithMain(0, (150, Held(Nominated, by: Ours) with { State = NumberState.Activating }));

        var change = Accepted(site, new NumberCommand.ConfirmActivation(ByPlatform), 150);

        var after = site.After(change);
        Assert.Equal(Set(0, 150), change.Changed);
        Assert.Equal((At(150), 1), (after.Holding(Ours).Main, after.Holding(Ours).DirectNumbers));
        Assert.Equal(
            site.Pool.Find(At(0))! with { Role = NumberRole.Direct, Version = 2 }, after.Pool.Find(At(0)));
        Assert.Contains(change.Moves, move => move.Numbers.Contains(At(0)) && move.Way is
        {
            From: NumberState.Active, To: NumberState.Active, Role: NumberRole.Direct,
        });
    }

    [Fact]
    public void The_number_that_an_account_has_reserved_as_its_main_number_is_it_once_in_service()
    {
        var site = SiteOf((1, Held(Nominated, by: Ours) with { State = NumberState.Activating }));
        var holding = site.Holding(Ours) with { Main = At(1), DirectNumbers = 0 };
        site = site with { Holdings = site.Holdings.SetItem(Ours, holding) };

        var change = Accepted(site, new NumberCommand.ConfirmActivation(ByPlatform), 1);

        Assert.Equal(NumberRole.Main, site.After(change).Pool.Find(At(1))!.Role);
        Assert.Equal(holding, Assert.Single(change.Holdings));
        Assert.Single(change.Moves);
    }

    [Fact]
    public void Of_several_that_come_into_service_at_once_the_last_is_the_main_number()
    {
        var activating = Held(Nominated, by: Ours) with { State = NumberState.Activating };
        var site = WithMain(0, (1, activating), (2, activating));

        var after = site.After(Accepted(site, new NumberCommand.ConfirmActivation(ByPlatform), 1, 2));

        Assert.Equal(
            [NumberRole.Direct, NumberRole.Direct, NumberRole.Main],
            new[] { 0, 1, 2 }.Select(place => after.Pool.Find(At(place))!.Role));
        Assert.Equal((At(2), 2), (after.Holding(Ours).Main, after.Holding(Ours).DirectNumbers));
    }

    [Fact]
    public void Another_accounts_main_number_stays_what_it_is()
    {
        var site = WithMain(0, (1, Held(Nominated, by: Theirs) with { State = NumberState.Activating }));

        var after = site.After(Accepted(site, new NumberCommand.ConfirmActivation(ByPlatform), 1));

        Assert.Equal((At(0), At(1)), (after.Holding(Ours).Main, after.Holding(Theirs).Main));
    }

    [Fact]
    public void Losing_its_main_number_an_account_has_the_next_one_that_it_has_reserved()
    {
        var site = WithMain(
            100, (0, Held(new(), by: Ours)), (2, Held(Nominated, by: Ours)), (1, Held(Nominated, by: Ours)));

        var removed = site.After(Accepted(site, new NumberCommand.Deactivate(ByOperator, RemovesMain: true), 100));
        removed = removed.After(Accepted(removed, new NumberCommand.ConfirmDeactivation(ByPlatform), 100));

        Assert.Equal((At(1), 2), (removed.Holding(Ours).Main, removed.Holding(Ours).DirectNumbers));
        var without = removed.After(Accepted(removed, new NumberCommand.Release(ByOperator, Ours, 1, 1), 1, 2));
        Assert.Null(without.Holding(Ours).Main);
    }

    [Fact]
    public void Nothing_moves_where_the_platform_does_not_manage_the_site()
    {
        var site = SiteOf((0, new())) with { Rules = Some.Rules with { ManagedByPlatform = false } };

        Assert.Equal(
            [new Refusal.SiteNotManaged()],
            Assert.IsType<PoolDecision.Refused>(Move(site, new NumberCommand.Nominate(ByPlatform), 0)).Refusals);
    }

    [Fact]
    public void As_many_blocks_as_a_transaction_holds_and_no_more()
    {
        var site = SiteOf([.. Enumerable.Range(0, 98).Select(block => (block * 100, new Number()))]);
        var most = Enumerable.Range(0, 97).Select(block => block * 100);
        var retire = new NumberCommand.Retire(ByPlatform);

        Assert.Equal(97, Accepted(site, retire, [.. most]).Blocks.Length);
        Assert.Equal(
            [new Refusal.TooManyBlocks(98)],
            Assert.IsType<PoolDecision.Refused>(Move(site, retire, [.. most, 9_700])).Refusals);
    }

    [Fact]
    public void Every_account_that_is_touched_takes_the_room_of_a_block()
    {
        var site = SiteOf([.. Enumerable.Range(0, 97).Select(
            block => (block * 100, Held(new(), by: block == 0 ? Theirs : Ours)))]);
        var places = Enumerable.Range(0, 97).Select(block => block * 100).ToArray();
        var nominate = new NumberCommand.Nominate(ByPlatform);

        Assert.Equal(2, Accepted(site, nominate, places[..^1]).Holdings.Length);
        Assert.Equal(
            [new Refusal.TooManyBlocks(97)],
            Assert.IsType<PoolDecision.Refused>(Move(site, nominate, places)).Refusals);
    }

    static Number Nominated => new(Role: NumberRole.NominatedMain);

    static Number OnHold(DateTimeOffset until) =>
        new() { State = NumberState.Held, Account = Theirs, Until = until };

    /// <summary>A site where an account has a main number in service, and what else it has.</summary>
    static SiteState WithMain(int main, params (int Place, Number Number)[] others)
    {
        var inService = Held(new(Role: NumberRole.Main), by: Ours) with
        {
            State = NumberState.Active, EverActive = true, EverMain = true,
        };
        var site = SiteOf([(main, inService), .. others]);
        var direct = others.Count(other => other.Number is { Role: NumberRole.Direct });
        var holding = site.Holding(Ours) with { Main = At(main), DirectNumbers = direct };
        var theirs = site.Holding(Theirs) with { DirectNumbers = 0 };
        return site with { Holdings = site.Holdings.SetItem(Ours, holding).SetItem(Theirs, theirs) };
    }

    static SiteChange Accepted(SiteState site, NumberCommand command, params int[] places) =>
        Assert.IsType<PoolDecision.Accepted>(Move(site, command, places)).Change;

    static PoolDecision Move(SiteState site, NumberCommand command, params int[] places) =>
        PoolDecider.Decide(site, new MoveNumbers(Set(places), command));
}
