using CsCheck;
using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Choice;

/// <summary>What every choice keeps to, each rule by itself.</summary>
public sealed class ChoicePropertyTests
{
    [Fact]
    public void Only_numbers_that_the_account_may_have_are_chosen_and_none_twice() => Chosen((wish, chosen) =>
    {
        var numbers = Numbers(chosen);
        Assert.Equal(numbers.Distinct(), numbers);
        Assert.All(numbers, at =>
        {
            var number = wish.Pool[at];
            Assert.Equal((NumberState.Available, NumberRole.Direct), (number.State, number.Role));
            Assert.True(number.Earmark == Ours || wish.IsUnearmarked(at));
        });
    });

    [Fact]
    public void As_many_are_chosen_as_are_wanted_or_the_account_hears_why_not() => Chosen((wish, chosen) =>
    {
        Assert.InRange(Numbers(chosen).Count, 1, wish.Count);
        Assert.Equal(Numbers(chosen).Count < wish.Count, chosen.Missing is not null);
        Assert.False(wish.Site.Rules.AllOrNothing && chosen.Missing is not null);
    });

    [Fact]
    public void No_more_would_have_been_possible_where_fewer_are_chosen() => Chosen((wish, chosen) =>
    {
        var more = wish.Site.Rules with { AllOrNothing = true };
        if (chosen.Missing is not null)
        {
            Assert.IsType<ChoiceDecision.Refused>(NumberChooser.Choose(
                wish.Site with { Rules = more }, wish.To, Numbers(chosen).Count + 1));
        }
    });

    [Fact]
    public void An_occupier_leaves_the_operator_what_is_kept_for_it() => Chosen((wish, chosen) =>
    {
        var before = wish.Pool.Keys.Where(at => wish.IsUnearmarked(at)).ToList();
        var left = before.Except(Numbers(chosen)).Count();
        Assert.True(wish.To.IsOperator || left == before.Count || left >= wish.Site.Rules.KeepForOperator);
    });

    [Fact]
    public void An_account_gets_no_more_than_it_may_have() => Chosen((wish, chosen) => Assert.True(
        wish.Site.Holding(Ours).DirectNumbers + Numbers(chosen).Count
            <= (wish.Site.Rules.MaxPerAccount ?? int.MaxValue)));

    [Fact]
    public void Pieces_are_consecutive_numbers_of_one_length() => Chosen((wish, chosen) =>
    {
        Assert.All(chosen.Pieces, piece => Assert.Equal(piece.First.Length, piece.Last.Length));
        if (wish.Site.Rules.Contiguity is Contiguity.Required)
            Assert.Single(chosen.Pieces);
        if (wish.Site.Rules.Contiguity is Contiguity.Ignore)
            Assert.All(chosen.Pieces, piece => Assert.Equal(1, piece.Count));
    });

    [Fact]
    public void Numbers_in_a_row_are_chosen_whenever_the_account_may_have_such() => Chosen((wish, chosen) =>
    {
        var pool = wish.Pool;
        var n = Numbers(chosen).Count;
        var unearmarked = pool.Keys.Where(at => wish.IsUnearmarked(at)).ToHashSet();
        var earmarked = pool.Keys.Where(at => pool[at] is
            { State: NumberState.Available, Role: NumberRole.Direct, Earmark: { } account }
                && account == Ours).ToHashSet();

        var isThere = pool.Keys.Any(first => Window(first, n).ToList() is var window
            && window.All(at => earmarked.Contains(at) || unearmarked.Contains(at))
            && window.Count(unearmarked.Contains) <= Math.Max(0, wish.Takeable));

        if (wish.Site.Rules.Contiguity is not Contiguity.Ignore)
            Assert.Equal(isThere, chosen.Pieces.Length == 1);
    });

    [Fact]
    public void A_site_that_wants_rows_refuses_only_where_there_is_none_and_says_how_many_could_be_had() =>
        Wish.Any.Sample(wish =>
        {
            if (NumberChooser.Choose(wish.Site, wish.To, wish.Count)
                is not ChoiceDecision.Refused { Reason: Refusal.NoRun { Longest: var longest } reason })
            {
                return;
            }

            Assert.InRange(longest, 0, reason.Wanted - 1);
            Assert.IsType<ChoiceDecision.Refused>(NumberChooser.Choose(wish.Site, wish.To, longest + 1));
            if (longest > 0)
                Assert.IsType<ChoiceDecision.Chosen>(NumberChooser.Choose(wish.Site, wish.To, longest));
        }, iter: 2_000);

    [Fact]
    public void Where_each_number_is_chosen_for_itself_one_more_adds_one_to_those_chosen_for_fewer() =>
        Chosen((wish, chosen) =>
        {
            if (wish.Site.Rules.Contiguity is Contiguity.Ignore
                && NumberChooser.Choose(wish.Site, wish.To, wish.Count + 1) is ChoiceDecision.Chosen more)
            {
                Assert.Equal(Numbers(chosen), Numbers(more).Take(Numbers(chosen).Count));
            }
        });

    [Fact]
    public void The_same_numbers_put_into_the_pool_in_another_order_give_the_same_choice() => Chosen((wish, chosen) =>
    {
        var again = wish.Site with
        {
            Pool = wish.Site.Pool.Blocks.Reverse().Aggregate(NumberPool.Empty, (pool, block) => pool.With([block])),
        };
        Assert.Equal(chosen.Pieces, Assert.IsType<ChoiceDecision.Chosen>(
            NumberChooser.Choose(again, wish.To, wish.Count)).Pieces);
    });

    [Fact]
    public void What_is_decided_is_what_was_chosen() => Wish.Any.Sample(wish =>
    {
        var decision = PoolDecider.Decide(wish.Site, new AllocateCount(wish.Count, wish.To, ByOperator));

        switch (NumberChooser.Choose(wish.Site, wish.To, wish.Count))
        {
            case ChoiceDecision.Refused refused:
                Assert.Equal([refused.Reason], Assert.IsType<PoolDecision.Refused>(decision).Refusals);
                break;
            case ChoiceDecision.Chosen chosen:
                var change = Assert.IsType<PoolDecision.Accepted>(decision).Change;
                var after = wish.Site.After(change);
                Assert.Equal(Numbers(chosen).Order(), change.Changed);
                Assert.Empty(change.Unchanged);
                Assert.Equal(chosen.Pieces, change.Choice);
                Assert.Equal(chosen.Missing, change.Missing);
                Assert.Equal(wish.Site.Rules.KeepForOperator > 0, change.CountsPool);
                Assert.All(change.Changed, at => Assert.Equal(Ours, after.Pool.Find(at)!.Account));
                Assert.Equal(
                    wish.Site.Holding(Ours).DirectNumbers + change.Changed.Count, after.Holding(Ours).DirectNumbers);
                break;
        }
    }, iter: 2_000);

    static void Chosen(Action<Wish, ChoiceDecision.Chosen> check) => Wish.Any.Sample(wish =>
    {
        if (NumberChooser.Choose(wish.Site, wish.To, wish.Count) is ChoiceDecision.Chosen chosen)
            check(wish, chosen);
    }, iter: 2_000);

    static List<E164> Numbers(ChoiceDecision.Chosen chosen) => [.. chosen.Pieces.SelectMany(piece => piece.Numbers)];

    static IEnumerable<E164> Window(E164 first, int count) =>
        Enumerable.Range(0, count).Select(i => E164.FromDigits(first.Digits + i))
            .Select(at => at.Length == first.Length ? at : default);
}
