using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using static Telephony.Domain.Tests.Pool.Commands;
using static Telephony.Domain.Tests.Pool.Given;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

/// <summary>
/// What a site keeps for its operator, and the most that an account may have, however numbers are asked for.
/// </summary>
public sealed class SiteLimitTests
{
    static readonly Given Site = Free(Enumerable.Range(0, 10));

    static Given Keeping(int count) => Site.Under(rules => rules with { KeepForOperator = count });

    static Given AtMost(int count) => Site.Under(rules => rules with { MaxPerAccount = count });

    [Fact]
    public void A_count_is_chosen_and_counts_as_given_by_hand()
    {
        var asked = Site.When(Count(3)).ThenTakes(0, 1, 2);

        Assert.Equal(3, asked.After.Holding(Ours).DirectNumbers);
        Assert.All(asked.Change.Changed, at => Assert.Equal(
            (NumberSource.ByHand, Ours, Second),
            (asked.After.Pool.Find(at)!.Source, asked.After.Pool.Find(at)!.Account,
                asked.After.Pool.Find(at)!.Operation)));
        Assert.False(asked.Change.CountsPool);
    }

    [Fact]
    public void An_occupier_leaves_what_is_kept_by_name_by_count_and_by_service()
    {
        var kept = new Refusal.KeptForOperator(Kept: 7, Takeable: 3, Wanted: 4);
        Keeping(7).When(Allocate(0, 1, 2)).ThenTakes(0, 1, 2);
        Keeping(7).When(Allocate(0, 1, 2, 3)).ThenRefused(kept);

        var exhausted = new Refusal.PoolExhausted(Wanted: 4, Choosable: 3, Kept: 7);
        Keeping(7).When(Count(3)).ThenTakes(0, 1, 2);
        Keeping(7).When(Count(4)).ThenRefused(exhausted);
        Keeping(7).When(Assign(3)).ThenTakes(0, 1, 2);
        Keeping(7).When(Assign(4)).ThenRefused(exhausted);
    }

    [Fact]
    public void The_operators_own_account_may_have_what_is_kept_for_it()
    {
        var own = new Recipient(Ours, AccountKind.Operator);

        Keeping(7).When(Allocate(Enumerable.Range(0, 10)) with { To = own }).ThenTakes(Enumerable.Range(0, 10));
        Keeping(7).When(Count(10) with { To = own }).ThenTakes(Enumerable.Range(0, 10));
        Keeping(7).When(Assign(10) with { To = own }).ThenTakes(Enumerable.Range(0, 10));
    }

    [Fact]
    public void Numbers_that_not_everybody_may_have_are_neither_kept_nor_counted()
    {
        var site = Stocked(
            (0, new()), (1, new(NumberKind.Premium)), (2, new() { Earmark = Ours }), (3, new() { Earmark = Theirs }))
            .Under(rules => rules with { KeepForOperator = 1 });

        site.When(Allocate(1)).ThenTakes(1);
        site.When(Allocate(2)).ThenTakes(2);
        site.When(Count(1)).ThenTakes(2);
        site.When(Allocate(0)).ThenRefused(new Refusal.KeptForOperator(Kept: 1, Takeable: 0, Wanted: 1));
    }

    [Fact]
    public void When_less_is_left_than_is_kept_an_occupier_gets_nothing_of_it() =>
        Keeping(30).When(Allocate(0)).ThenRefused(new Refusal.KeptForOperator(Kept: 30, Takeable: 0, Wanted: 1));

    [Fact]
    public void What_rests_on_the_whole_pool_says_so_and_fits_one_block_less()
    {
        Assert.True(Keeping(1).When(Count(1)).Change.CountsPool);
        Assert.True(Keeping(1).When(Allocate(1)).Change.CountsPool);
        Assert.False(Keeping(1).When(Allocate(1)).AndThen.When(Allocate(1)).Change.CountsPool);

        var places = Enumerable.Range(0, 98).Select(block => block * 100).ToList();
        var wide = Free(places).Under(rules => rules with { KeepForOperator = 1 });
        wide.When(Count(96)).ThenTakes(places.Take(96));
        wide.When(Count(97)).ThenRefused(new Refusal.TooManyBlocks(97));
    }

    [Fact]
    public void An_account_has_at_most_so_many_by_name_by_count_and_by_service()
    {
        var one = AtMost(3).When(Allocate(9)).AndThen;
        var full = new Refusal.AccountFull(Max: 3, Has: 1, Wanted: 3);

        one.When(Allocate(0, 1)).ThenTakes(0, 1);
        one.When(Allocate(0, 1, 2)).ThenRefused(full);
        one.When(Count(2)).ThenTakes(7, 8);
        one.When(Count(3)).ThenRefused(full);
        one.When(Assign(3)).ThenTakes(7, 8);
        one.When(Assign(4)).ThenRefused(full);
        one.When(Allocate(9)).ThenTakes();
    }

    [Fact]
    public void An_account_that_has_more_than_it_may_keeps_it_and_gets_nothing_more()
    {
        var site = Site.When(Allocate(0, 1, 2)).AndThen.Under(rules => rules with { MaxPerAccount = 2 });

        site.When(Count(1)).ThenRefused(new Refusal.AccountFull(Max: 2, Has: 3, Wanted: 1));
        site.When(Allocate(3)).ThenRefused(new Refusal.AccountFull(Max: 2, Has: 3, Wanted: 1));
        site.When(Assign(3)).ThenTakes();
    }

    [Fact]
    public void Where_a_part_will_do_what_there_is_is_given_and_the_limit_is_named()
    {
        var site = Site.Under(rules => rules with { AllOrNothing = false });

        var small = site.When(Count(12)).ThenTakes(Enumerable.Range(0, 10));
        Assert.Equal(new Refusal.PoolExhausted(Wanted: 12, Choosable: 10), small.Change.Missing);
        small.AndThen.When(Count(1)).ThenRefused(new Refusal.PoolExhausted(Wanted: 1, Choosable: 0));

        var full = site.Under(rules => rules with { MaxPerAccount = 4 }).When(Assign(6)).ThenTakes(0, 1, 2, 3);
        Assert.Equal(new Refusal.AccountFull(Max: 4, Has: 0, Wanted: 6), full.Change.Missing);
        Assert.Equal(6, full.After.Holding(Ours).Service(Desk)!.Quantity);

        // Numbers that were asked for by name are all given, or none.
        site.Under(rules => rules with { KeepForOperator = 9 }).When(Allocate(0, 1))
            .ThenRefused(new Refusal.KeptForOperator(Kept: 9, Takeable: 1, Wanted: 2));
    }

    [Fact]
    public void A_count_at_a_site_that_the_platform_does_not_manage_is_refused() =>
        Site.NotManaged().When(Count(1)).ThenRefused(new Refusal.SiteNotManaged());
}
