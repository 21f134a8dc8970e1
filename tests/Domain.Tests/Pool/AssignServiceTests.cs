using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Services;
using static Telephony.Domain.Tests.Pool.Commands;
using static Telephony.Domain.Tests.Pool.Given;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

public sealed class AssignServiceTests
{
    [Fact]
    public void A_new_service_is_stored_with_the_numbers_that_it_needs()
    {
        var asked = Free(0, 1, 2, 99, 100).When(Assign(3)).ThenTakes(0, 1, 2);

        var holding = asked.After.Holding(Ours);
        Assert.Equal(new VoiceService(Desk, "voice", 3, Version: 1), Assert.Single(holding.Services.Values));
        Assert.Equal(3, holding.DirectNumbers);
        Assert.Equal(Ours, holding.Account);
        Assert.Equal(NumberSet.Empty, asked.Change.Unchanged);
        Assert.Equal(
            new Number
            {
                State = NumberState.Reserved,
                Account = Ours,
                Source = NumberSource.ByService,
                Operation = Second,
                Since = Noon,
                Version = 2,
            },
            asked.After.Pool.Find(At(2)));
    }

    [Theory]
    [InlineData("voice", 1, 1)]
    [InlineData("voice", 4, 4)]
    [InlineData("room", 1, 3)]
    [InlineData("room", 4, 9)]
    [InlineData("fax", 1, 3)]
    [InlineData("fax", 4, 3)]
    public void A_service_takes_what_its_rule_says(string code, int quantity, int taken) =>
        Free(Enumerable.Range(0, 20)).When(Assign(quantity, code)).ThenTakes(Enumerable.Range(0, taken));

    [Theory]
    [InlineData(0, 5)]
    [InlineData(3, 2)]
    [InlineData(5, 0)]
    [InlineData(7, 0)]
    public void Numbers_allocated_by_hand_are_used_first(int byHand, int taken)
    {
        var asked = Free(Enumerable.Range(0, 20))
            .When(Allocate(Enumerable.Range(0, byHand))).AndThen
            .When(Assign(5));

        asked.ThenTakes(Enumerable.Range(byHand, taken));
        Assert.Equal(byHand + taken, asked.After.Holding(Ours).DirectNumbers);
    }

    [Fact]
    public void What_another_account_has_does_not_count() =>
        Free(0, 1, 2).When(AllocateTo(Theirs, 0, 1)).AndThen.When(Assign(1)).ThenTakes(2);

    [Fact]
    public void All_services_of_the_account_count_together() =>
        Free(Enumerable.Range(0, 20)).With(Ours, new VoiceService(Lobby, "room", 1))
            .When(Assign(2)).ThenTakes(0, 1, 2, 3, 4);

    [Fact]
    public void A_raised_quantity_takes_the_difference_only()
    {
        var asked = Free(Enumerable.Range(0, 20)).When(Assign(2)).AndThen.When(Assign(5, version: 1));

        asked.ThenTakes(2, 3, 4);
        Assert.Equal(new VoiceService(Desk, "voice", 5, Version: 2), asked.After.Holding(Ours).Service(Desk));
    }

    [Fact]
    public void The_service_as_it_already_is_changes_nothing()
    {
        var again = Free(Enumerable.Range(0, 20)).When(Assign(2)).AndThen.When(Assign(2, version: 1));

        again.ThenTakes();
        Assert.Empty(again.Change.Blocks);
        Assert.Empty(again.Change.Holdings);
    }

    [Fact]
    public void A_lowered_quantity_takes_nothing_away_and_is_used_up_before_more_is_taken()
    {
        var lowered = Free(Enumerable.Range(0, 20)).When(Assign(5)).AndThen.When(Assign(2, version: 1)).ThenTakes();

        Assert.Equal(5, lowered.After.Holding(Ours).DirectNumbers);
        Assert.Equal(2, lowered.After.Holding(Ours).Service(Desk)!.Quantity);
        Assert.Empty(lowered.Change.Blocks);
        lowered.AndThen.When(Assign(6, version: 2)).ThenTakes(5);
    }

    [Fact]
    public void Only_numbers_that_anyone_may_have_or_kept_for_the_account_are_chosen() =>
        Stocked(
            (0, new Number(Role: NumberRole.NominatedMain)),
            (1, new Number(NumberKind.Premium)),
            (2, new Number(NumberKind.Special)),
            (3, new Number(NumberKind.PortedIn)),
            (4, new Number { Earmark = Theirs }),
            (5, Held(new(), by: Theirs)),
            (6, new Number(Role: NumberRole.NominatedMain) { Earmark = Ours }),
            (7, new Number(NumberKind.PortedIn) { Earmark = Theirs }),
            (8, new Number(NumberKind.PortedIn) { Earmark = Ours }),
            (9, new Number { Earmark = Ours }),
            (10, new Number()))
        .When(Assign(3)).ThenTakes(8, 9, 10);

    [Fact]
    public void A_pool_with_too_few_numbers_gives_none_and_says_how_many_there_are() =>
        Stocked(
            (0, new Number()),
            (1, new Number(NumberKind.Premium)),
            (100, new Number()),
            (101, new Number { Earmark = Theirs }))
        .When(Assign(3)).ThenRefused(new Refusal.PoolExhausted(Wanted: 3, Choosable: 2));

    [Fact]
    public void A_pool_with_just_enough_numbers_gives_them_all() =>
        Free(0, 100, 200).When(Assign(3)).ThenTakes(0, 100, 200);

    [Theory]
    [InlineData(null, 2)]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    [InlineData(1, null)]
    public void A_service_that_is_not_as_the_caller_saw_it_is_refused(int? seen, int? stored)
    {
        var site = stored is { } version ? Free(0).With(Ours, new VoiceService(Desk, "fax", 1, version)) : Free(0);

        site.When(Assign(1, version: seen)).ThenRefused(new Refusal.ServiceChanged(Desk, stored));
    }

    [Fact]
    public void A_service_of_the_same_name_of_another_account_is_another_service() =>
        Free(0).With(Theirs, new VoiceService(Desk, "voice", 4, Version: 9)).When(Assign(1)).ThenTakes(0);

    [Fact]
    public void An_account_with_as_many_services_as_its_row_can_hold_can_change_them_but_have_no_more()
    {
        var full = Free(0).With(Ours, Enumerable.Range(0, Holding.ServicesMax).Select(
            i => new VoiceService(Id<VoiceService>.Parse($"s{i}"), "gone", 1)));
        var one = Assign(1) with { Service = Id<VoiceService>.Parse("s99"), ExpectedVersion = 1 };

        full.When(Assign(1)).ThenRefused(new Refusal.TooManyServices());
        full.When(one).ThenTakes(0);
        (full with { Site = full.Site with { Holdings = full.Site.Holdings.Clear() } })
            .With(Ours, full.Site.Holding(Ours).Services.Values.Skip(1))
            .When(Assign(1)).ThenTakes(0);
    }

    [Fact]
    public void A_service_that_the_site_does_not_offer_is_refused_and_those_it_offers_are_named()
    {
        var refused = Assert.IsType<PoolDecision.Refused>(Free(0).When(Assign(1, "Voice")).Decision);

        var unknown = Assert.IsType<Refusal.UnknownService>(Assert.Single(refused.Refusals));
        Assert.Equal("Voice", unknown.Code);
        Assert.Equal(["voice", "room", "fax", "reception"], unknown.Known);
    }

    [Fact]
    public void A_site_that_the_platform_does_not_manage_assigns_nothing() =>
        Free(0).NotManaged().When(Assign(1, "Voice")).ThenRefused(new Refusal.SiteNotManaged());

    [Theory]
    [InlineData(97, true)]
    [InlineData(98, false)]
    public void One_assignment_touches_97_blocks_at_most(int blocks, bool accepted)
    {
        var places = Enumerable.Range(0, blocks).Select(block => block * 100).ToList();
        var asked = Free(places).When(Assign(blocks));

        if (accepted)
            asked.ThenTakes(places);
        else
            asked.ThenRefused(new Refusal.TooManyBlocks(98));
    }
}
