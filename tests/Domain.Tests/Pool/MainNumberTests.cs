using System.Collections.Immutable;
using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using static Telephony.Domain.Tests.Pool.Commands;
using static Telephony.Domain.Tests.Pool.Given;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

/// <summary>The main number that comes with an account's first service.</summary>
public sealed class MainNumberTests
{
    static readonly Number Nominated = new(Role: NumberRole.NominatedMain);

    [Fact]
    public void The_first_service_that_needs_one_reserves_a_nominated_number_as_such()
    {
        var asked = Stocked((0, new()), (1, new()), (5, Nominated), (6, Nominated)).When(Assign(2, "reception"));

        asked.ThenTakes(0, 1, 5);
        Assert.Equal((2, At(5)), (asked.After.Holding(Ours).DirectNumbers, asked.After.Holding(Ours).Main));
        Assert.Equal(
            (NumberState.Reserved, NumberRole.NominatedMain, Ours),
            (asked.After.Pool.Find(At(5))!.State, asked.After.Pool.Find(At(5))!.Role,
                asked.After.Pool.Find(At(5))!.Account));
        Assert.Equal(new Piece(At(5), 1, ChoiceRule.NominatedMain), asked.Change.Choice[^1]);
        Assert.Null(asked.Change.Missing);
    }

    [Fact]
    public void One_that_is_kept_for_the_account_comes_first_and_one_kept_for_another_never() =>
        Stocked((0, new()), (1, Nominated with { Earmark = Theirs }), (2, Nominated), (9, Nominated with
        {
            Earmark = Ours,
        })).When(Assign(1, "reception")).ThenTakes(0, 9);

    [Theory]
    [InlineData(NumberKind.Premium)]
    [InlineData(NumberKind.Special)]
    [InlineData(NumberKind.PortedIn)]
    public void R15_One_of_another_kind_is_taken_only_when_it_is_kept_for_the_account(NumberKind kind)
    {
        var number = new Number(kind, NumberRole.NominatedMain);
        var asked = Stocked((0, new()), (1, number)).When(Assign(1, "reception")).ThenTakes(0);
        Assert.Equal(new Refusal.NoNominatedMain(), asked.Change.Missing);

        Stocked((0, new()), (1, number with { Earmark = Ours })).When(Assign(1, "reception")).ThenTakes(0, 1);
    }

    [Fact]
    public void A_second_service_and_a_raised_quantity_take_no_other_one()
    {
        var first = Stocked([.. Enumerable.Range(0, 9).Select(at => (at, at < 6 ? new Number() : Nominated))])
            .When(Assign(1, "reception")).ThenTakes(0, 6);

        first.AndThen.When(Assign(2, "reception", version: 1)).ThenTakes(1);
        first.AndThen.When(Assign(1, "reception") with { Service = Lobby }).ThenTakes(1);
    }

    [Fact]
    public void A_service_that_needs_none_takes_none_and_a_later_one_is_not_the_first()
    {
        var first = Stocked((0, new()), (1, new()), (6, Nominated)).When(Assign(1)).ThenTakes(0);

        Assert.Null(first.Change.Missing);
        first.AndThen.When(Assign(1, "reception") with { Service = Lobby }).ThenTakes(1);
    }

    [Fact]
    public void Without_a_nominated_one_the_direct_numbers_are_given_and_the_main_is_missing()
    {
        var asked = Free(0, 1).When(Assign(2, "reception")).ThenTakes(0, 1);

        Assert.Equal(new Refusal.NoNominatedMain(), asked.Change.Missing);
        Assert.Null(asked.After.Holding(Ours).Main);
        Assert.Single(asked.After.Holding(Ours).Services);
    }

    [Fact]
    public void When_direct_numbers_are_missing_as_well_both_are_told()
    {
        var asked = Free(Enumerable.Range(0, 8)).Under(rules => rules with { AllOrNothing = false })
            .When(Assign(20, "reception")).ThenTakes(Enumerable.Range(0, 8));

        Assert.Equal(
            new Refusal.Both(new Refusal.PoolExhausted(Wanted: 20, Choosable: 8), new Refusal.NoNominatedMain()),
            asked.Change.Missing);
        Assert.True(asked.After.Holding(Ours).LacksMain);
    }

    [Fact]
    public void The_platform_is_asked_for_one_when_the_lack_is_new_and_not_again()
    {
        var first = Free(0, 1, 2, 3).When(Assign(1, "reception"));
        Assert.Equal((Ours, 1), (first.Change.AsksForMain, first.Change.OtherRows));
        Assert.True(first.After.Holding(Ours).LacksMain);

        var raised = first.AndThen.When(Assign(2, "reception", version: 1));
        Assert.Equal((null, 0), (raised.Change.AsksForMain, raised.Change.OtherRows));
        Assert.Equal(new Refusal.NoNominatedMain(), raised.Change.Missing);

        var other = first.AndThen.When(Assign(1, "reception") with { To = Occupier(Theirs) });
        Assert.Equal(Theirs, other.Change.AsksForMain);

        var nominated = Stocked((0, new()), (5, Nominated)).When(Assign(1, "reception"));
        Assert.Null(nominated.Change.AsksForMain);
        Assert.Equal((At(5), 2), (nominated.Change.AwaitsActivation, nominated.Change.OtherRows));
    }

    [Fact]
    public void The_task_takes_one_of_the_rows_of_the_transaction()
    {
        var free = Enumerable.Range(0, 97).Select(block => (block * 100, new Number())).ToArray();

        Stocked(free).When(Assign(96, "reception")).ThenTakes(free[..96].Select(at => at.Item1));
        Stocked(free).When(Assign(97, "reception")).ThenRefused(new Refusal.TooManyBlocks(97));
    }

    [Fact]
    public void Without_a_nominated_one_nothing_is_given_where_the_rules_say_so() =>
        Free(0, 1).Under(rules => rules with { OnNoNominatedMain = MissingMain.Fail })
            .When(Assign(2, "reception")).ThenRefused(new Refusal.NoNominatedMain());

    [Fact]
    public void Where_numbers_are_left_to_people_the_service_is_there_and_takes_nothing()
    {
        var site = Stocked((0, new()), (1, Nominated)).Under(rules => rules with { AutoAllocate = false });

        var first = site.When(Assign(3, "reception")).ThenTakes();
        Assert.Equal(new Refusal.AutoAllocateOff(3, Main: true), first.Change.Missing);
        Assert.Equal(3, first.After.Holding(Ours).Service(Desk)!.Quantity);
        var raised = first.AndThen.When(Assign(4, "reception", version: 1)).ThenTakes();
        Assert.Equal(new Refusal.AutoAllocateOff(4, Main: false), raised.Change.Missing);

        var byHand = site.When(Allocate(0)).AndThen.When(Assign(1, "reception")).ThenTakes();
        Assert.Equal(new Refusal.AutoAllocateOff(0, Main: true), byHand.Change.Missing);
    }

    [Fact]
    public void The_block_of_the_main_number_counts_among_those_of_one_transaction()
    {
        // Two rows are those of the operation that activates it.
        var places = Enumerable.Range(0, 95).Select(block => block * 100).ToImmutableArray();
        var free = places.Select(at => (at, new Number()));

        Stocked([.. free, (9_401, Nominated)]).When(Assign(95, "reception")).ThenTakes([.. places, 9_401]);
        Stocked([.. free, (9_500, Nominated)]).When(Assign(95, "reception"))
            .ThenRefused(new Refusal.TooManyBlocks(96));
    }
}
