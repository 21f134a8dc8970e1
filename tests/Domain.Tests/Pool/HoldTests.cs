using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

public sealed class HoldTests
{
    static readonly DateTimeOffset Until = Noon.AddDays(30);

    [Fact]
    public void Numbers_are_held_for_the_account_until_the_end_and_do_not_count_as_its_own()
    {
        var held = Hold(Given.Free(0, 1, 2).Site, 0, 1).ThenTakes(0, 1);

        Assert.Equal(
            new Number { State = NumberState.Held, Account = Ours, Until = Until, Operation = Second, Since = Noon,
                Version = 2 },
            held.After.Pool.Find(At(0)));
        Assert.Equal(0, held.After.Holding(Ours).DirectNumbers);
        Assert.Equal(1, held.Change.OtherRows);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_hold_ends_after_now(int ticks, bool refused) => Ends(Noon.AddTicks(ticks), refused
        ? new Refusal.HoldEndsInThePast(Noon)
        : null);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_hold_ends_within_the_days_that_the_site_allows(int ticks, bool refused) => Ends(
        Noon.AddDays(180).AddTicks(ticks),
        refused ? new Refusal.HoldTooLong(Noon.AddDays(180).AddTicks(1), 180) : null);

    [Fact]
    public void Each_number_that_cannot_be_held_is_named()
    {
        var site = Given.Stocked(
            (0, new Number(Role: NumberRole.NominatedMain)),
            (1, new Number { Earmark = Theirs }),
            (2, Leaving.Owned(NumberState.Reserved, account: Theirs)),
            (3, new Number())).Site;

        Hold(site, 0, 1, 2, 3).ThenRefused(
            new Refusal.OfNumber(At(0), NumberRefusal.NominatedMain),
            new Refusal.OfNumber(At(1), NumberRefusal.EarmarkedForAnother),
            new Refusal.OfNumber(At(2), NumberRefusal.NoTransition));
    }

    [Fact]
    public void What_one_hold_has_another_for_the_same_account_cannot_have_too() =>
        Hold(Hold(Given.Free(0, 1).Site, 0).After, 0, 1)
            .ThenRefused(new Refusal.OfNumber(At(0), NumberRefusal.HeldAlready));

    [Fact]
    public void A_count_is_chosen_by_the_rules_and_bound_by_no_maximum_of_the_account()
    {
        var site = Given.Stocked((0, new Number(NumberKind.Premium)), (1, new()), (2, new()), (3, new()))
            .Under(rules => rules with { MaxPerAccount = 1, AllOrNothing = false }).Site;

        Count(site, 3).ThenTakes(1, 2, 3);
        Count(site, 4).ThenRefused(new Refusal.PoolExhausted(4, 3));
    }

    [Fact]
    public void What_is_kept_for_the_operator_is_not_held_for_others()
    {
        var site = Given.Free(0, 1, 2).Under(rules => rules with { KeepForOperator = 2 }).Site;

        Count(site, 2).ThenRefused(new Refusal.PoolExhausted(2, 1, 2));
        Hold(site, 0, 1).ThenRefused(new Refusal.KeptForOperator(2, 1, 2));
        Assert.True(Hold(site, 0).Change.CountsPool);
    }

    [Fact]
    public void A_prolonged_hold_is_the_same_hold()
    {
        var held = Hold(Given.Free(0, 1).Site, 0, 1);
        var order = new Order(First, Party.Operator, Noon.AddDays(1));

        var changed = new Decided(held.After, PoolDecider.Decide(
            held.After, new ChangeHold(Of(held), Until.AddDays(9), order))).ThenTakes(0, 1);

        Assert.Equal(
            (Second, Until.AddDays(9)),
            (changed.After.Pool.Find(At(0))!.Operation, changed.After.Pool.Find(At(0))!.Until));
    }

    [Fact]
    public void Another_name_touches_no_number_and_only_a_hold_that_is_not_over_can_have_one()
    {
        var held = Hold(Given.Free(0).Site, 0);

        new Decided(held.After, PoolDecider.Decide(held.After, new ChangeHold(Of(held), null, ByOperator))).ThenTakes();
        var later = held.After.At(Until);
        new Decided(later, PoolDecider.Decide(later, new ChangeHold(Of(held), null, ByOperator)))
            .ThenRefused(new Refusal.HoldOver());
    }

    [Fact]
    public void Ended_its_numbers_are_in_the_pool_and_what_was_taken_stays_taken()
    {
        var held = Hold(Given.Free(0, 1, 2).Site, 0, 1, 2);
        var taken = Take(held.After, Of(held), Set(1)).ThenTakes(1);
        Assert.Equal(0, taken.Change.OtherRows);

        var ended = new Decided(taken.After, PoolDecider.Decide(taken.After, new EndHold(Of(held), ByOperator)))
            .ThenTakes(0, 2);

        Assert.Equal(NumberState.Reserved, ended.After.Pool.Find(At(1))!.State);
        Assert.Equal(NumberState.Available, ended.After.Pool.Find(At(0))!.State);
        Assert.Equal(1, ended.Change.OtherRows);
    }

    [Fact]
    public void Taken_all_that_is_left_is_the_accounts_and_the_hold_ends()
    {
        var held = Hold(Given.Free(0, 1, 2).Site, 0, 1, 2);
        var first = Take(held.After, Of(held), Set(1));

        var rest = Take(first.After, Of(held), null).ThenTakes(0, 2);

        Assert.Equal(3, rest.After.Holding(Ours).DirectNumbers);
        Assert.Equal((NumberSource?)NumberSource.ByHand, rest.After.Pool.Find(At(0))!.Source);
        Assert.Equal(1, rest.Change.OtherRows);
    }

    [Fact]
    public void What_the_hold_does_not_have_is_not_taken_from_it()
    {
        var held = Hold(Given.Free(0, 1, 2).Site, 0, 1);

        Take(held.After, Of(held), Set(1, 2)).ThenRefused(new Refusal.OfNumber(At(2), NumberRefusal.NotInHold));
        Assert.Equal(
            NumberState.Held,
            Take(held.After, Of(held), Set(0)).After.Pool.Find(At(1))!.State);
    }

    [Fact]
    public void Nothing_is_taken_at_its_end_or_later()
    {
        var held = Hold(Given.Free(0).Site, 0);

        Take(held.After.At(Until.AddTicks(-1)), Of(held), null).ThenTakes(0);
        Take(held.After.At(Until), Of(held), null).ThenRefused(new Refusal.HoldOver());
    }

    [Fact]
    public void Taking_counts_against_the_accounts_maximum()
    {
        var held = Hold(Given.Free(0, 1).Under(rules => rules with { MaxPerAccount = 1 }).Site, 0, 1);

        Take(held.After, Of(held), null).ThenRefused(new Refusal.AccountFull(1, 0, 2));
        Take(held.After, Of(held), Set(1)).ThenTakes(1);
    }

    [Fact]
    public void A_site_that_the_platform_does_not_manage_holds_changes_ends_and_takes_nothing()
    {
        var held = Hold(Given.Free(0).Site, 0);
        var site = held.After with { Rules = held.After.Rules with { ManagedByPlatform = false } };

        foreach (var decision in new[]
        {
            PoolDecider.Decide(site, new HoldNumbers(Set(0), Occupier(Ours), Until, ByOperator)),
            PoolDecider.Decide(site, new HoldCount(1, Occupier(Ours), Until, ByOperator)),
            PoolDecider.Decide(site, new ChangeHold(Of(held), Until, ByOperator)),
            PoolDecider.Decide(site, new EndHold(Of(held), ByOperator)),
            PoolDecider.Decide(site, new TakeHold(Of(held), null, Occupier(Ours), ByOperator)),
        })
            new Decided(site, decision).ThenRefused(new Refusal.SiteNotManaged());
    }

    static void Ends(DateTimeOffset until, Refusal? refusal)
    {
        var site = Given.Free(0).Site;
        var held = new Decided(site, PoolDecider.Decide(
            site, new HoldNumbers(Set(0), Occupier(Ours), until, ByOperator)));
        if (refusal is null)
            held.ThenTakes(0);
        else
            held.ThenRefused(refusal);
    }

    static Hold Of(Decided held) => new(Second, Ours, held.Change.Changed);

    static Decided Hold(SiteState site, params IEnumerable<int> places) => new(site, PoolDecider.Decide(
        site, new HoldNumbers(Set(places), Occupier(Ours), Until, ByOperator)));

    static Decided Count(SiteState site, int count) => new(site, PoolDecider.Decide(
        site, new HoldCount(count, Occupier(Ours), Until, ByOperator)));

    static Decided Take(SiteState site, Hold hold, NumberSet? numbers) => new(site, PoolDecider.Decide(
        site, new TakeHold(hold, numbers, Occupier(Ours), ByOperator)));
}
