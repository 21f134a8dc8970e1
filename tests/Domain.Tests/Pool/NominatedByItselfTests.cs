using Telephony.Domain.Choice;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using static Telephony.Domain.Tests.Pool.Commands;
using static Telephony.Domain.Tests.Pool.Given;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

/// <summary>A main number where none is nominated, and the site lets an account's first service nominate one.</summary>
public sealed class NominatedByItselfTests
{
    static readonly Number Nominated = new(Role: NumberRole.NominatedMain);

    static Given Site(params (int Place, Number Number)[] numbers) =>
        Automatic(Stocked(numbers));

    static Given Automatic(Given given) =>
        given.Under(rules => rules with { MainNomination = MainNomination.AutomaticOnFirstService });

    [Fact]
    public void A_free_number_beside_the_direct_ones_is_nominated_and_reserved_and_both_are_told()
    {
        var asked = Automatic(Free(Enumerable.Range(0, 5))).When(Assign(2, "reception")).ThenTakes(0, 1, 2);

        Assert.Equal((2, At(2)), (asked.After.Holding(Ours).DirectNumbers, asked.After.Holding(Ours).Main));
        Assert.Equal(
            (NumberState.Reserved, NumberRole.NominatedMain, Ours),
            (asked.After.Pool.Find(At(2))!.State, asked.After.Pool.Find(At(2))!.Role,
                asked.After.Pool.Find(At(2))!.Account));
        Assert.Equal(new Piece(At(2), 1, ChoiceRule.NominatedMain), asked.Change.Choice[^1]);
        Assert.Null(asked.Change.Missing);
        Assert.False(asked.After.Holding(Ours).LacksMain);
        Assert.Equal(
            [
                (NumberState.Available, NumberState.Available, NumberRole.NominatedMain, null),
                (NumberState.Available, NumberState.Reserved, NumberRole.NominatedMain, Ours),
            ],
            asked.Change.Moves.Where(move => move.Numbers.Contains(At(2))).Select(move =>
                ((NumberState)move.Way.From!, move.Way.To, (NumberRole)move.Way.Role!, move.Way.Account)));
        Assert.Equal(
            [1, 2],
            asked.Change.Moves.Where(move => move.Numbers.Contains(At(2))).Select(move =>
                Assert.Single(move.Versions) - asked.Before.Pool.Find(At(2))!.Version));
    }

    [Theory]
    [InlineData(MainNomination.PlatformOnly)]
    [InlineData(MainNomination.OperatorAllowed)]
    public void Elsewhere_none_is(MainNomination nomination) => Assert.Equal(
        new Refusal.NoNominatedMain(),
        Free(Enumerable.Range(0, 5)).Under(rules => rules with { MainNomination = nomination })
            .When(Assign(2, "reception")).ThenTakes(0, 1).Change.Missing);

    [Fact]
    public void None_is_while_there_is_one_that_the_platform_nominated()
    {
        var asked = Site((0, new()), (1, new()), (7, Nominated)).When(Assign(1, "reception")).ThenTakes(0, 7);

        Assert.False(asked.Change.CountsPool);
        Assert.Single(asked.Change.Moves, move => move.Numbers.Contains(At(7)));
    }

    [Fact]
    public void One_is_when_those_there_are_are_kept_for_another() =>
        Site((0, new()), (1, new()), (7, Nominated with { Earmark = Theirs }))
            .When(Assign(1, "reception")).ThenTakes(0, 1);

    [Fact]
    public void It_is_chosen_by_the_rules_near_what_the_account_has_and_never_what_they_exclude()
    {
        var site = Site(
            (0, new()), (1, new()), (2, new()), (50, Held(new(), by: Ours)), (51, new(NumberKind.Premium)),
            (52, new() { Earmark = Theirs }), (53, new()), (54, new()));
        site.When(Assign(1, "reception")).ThenTakes(53);
        site.When(Assign(2, "reception")).ThenTakes(53, 54);

        var mirrors = Site([.. Enumerable.Range(109, 3).Select(at => (at, new Number()))])
            .Under(rules => rules with { PremiumPatterns = new(Repeats: false, Steps: false, Mirrors: true) });
        mirrors.When(Assign(1, "reception")).ThenTakes(109, 111);
    }

    [Fact]
    public void What_is_kept_for_the_operator_is_not_nominated_for_an_occupier()
    {
        var site = Automatic(Free(Enumerable.Range(0, 5)));
        site.Under(rules => rules with { KeepForOperator = 2 }).When(Assign(2, "reception")).ThenTakes(0, 1, 2);

        var kept = site.Under(rules => rules with { KeepForOperator = 3 });
        Assert.Equal(
            new Refusal.NoNominatedMain(), kept.When(Assign(2, "reception")).ThenTakes(0, 1).Change.Missing);
        kept.When(Assign(2, "reception") with { To = new(Ours, AccountKind.Operator) }).ThenTakes(0, 1, 2);
    }

    [Fact]
    public void Direct_numbers_that_are_kept_for_the_account_use_up_nothing_of_what_anybody_may_have() =>
        Site((0, new() { Earmark = Ours }), (1, new() { Earmark = Ours }), (5, new()), (6, new()))
            .Under(rules => rules with { KeepForOperator = 1 })
            .When(Assign(2, "reception")).ThenTakes(0, 1, 5);

    [Fact]
    public void It_rests_on_the_whole_pool_and_fits_fewer_blocks()
    {
        Assert.True(Automatic(Free(0, 1)).When(Assign(1, "reception")).Change.CountsPool);

        var site = Automatic(Free(Enumerable.Range(0, 97).Select(block => block * 100)));
        site.When(Assign(93, "reception")).ThenTakes(Enumerable.Range(0, 94).Select(block => block * 100));
        site.When(Assign(94, "reception")).ThenRefused(new Refusal.TooManyBlocks(95));
    }

    [Fact]
    public void When_no_number_is_left_to_nominate_the_main_is_missing_as_the_rules_say()
    {
        var site = Automatic(Free(0, 1));

        Assert.Equal(new Refusal.NoNominatedMain(), site.When(Assign(2, "reception")).ThenTakes(0, 1).Change.Missing);
        site.Under(rules => rules with { OnNoNominatedMain = MissingMain.Fail })
            .When(Assign(2, "reception")).ThenRefused(new Refusal.NoNominatedMain());
    }

    [Fact]
    public void A_second_service_nominates_none()
    {
        var first = Automatic(Free(Enumerable.Range(0, 6))).When(Assign(1, "reception")).ThenTakes(0, 1);

        first.AndThen.When(Assign(1, "reception") with { Service = Lobby }).ThenTakes(2);
    }
}
