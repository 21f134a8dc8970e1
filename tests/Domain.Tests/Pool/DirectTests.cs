using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Services;
using static Telephony.Domain.Tests.Pool.Commands;
using static Telephony.Domain.Tests.Pool.Leaving;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

/// <summary>Direct numbers into service and out of it.</summary>
public sealed class DirectTests
{
    [Fact]
    public void Immediately_it_is_in_service_by_two_steps_of_one_change_and_out_of_it_by_two_others()
    {
        var up = Site(1, (0, Owned(NumberState.Reserved))).When(Activate(0)).ThenTakes(0);

        Assert.Equal([NumberState.Activating, NumberState.Active], up.Change.Moves.Select(move => move.Way.To));
        Assert.Equal((NumberState.Active, true), Is(up, 0));
        Assert.Equal(1, up.After.Holding(Ours).InService);

        var down = up.AndThen.When(Deactivate(0)).ThenTakes(0);
        Assert.Equal([NumberState.Deactivating, NumberState.Reserved], down.Change.Moves.Select(move => move.Way.To));
        Assert.Equal((NumberState.Reserved, true), Is(down, 0));
        Assert.Equal((1, 0), (down.After.Holding(Ours).DirectNumbers, down.After.Holding(Ours).InService));
    }

    [Fact]
    public void Where_the_platform_confirms_it_waits_and_what_waits_counts_as_in_service()
    {
        var up = Site(1, (0, Owned(NumberState.Reserved)), (1, Owned(NumberState.Reserved))).Confirmed()
            .When(Activate(0)).ThenTakes(0);
        Assert.Equal((NumberState.Activating, false), Is(up, 0));
        up.AndThen.When(Activate(1)).ThenRefused(No(1, NumberRefusal.NoEntitlement));

        var active = up.AndThen.When(Word(new NumberCommand.ConfirmActivation(ByPlatform)));
        var down = active.AndThen.When(Deactivate(0)).ThenTakes(0);
        Assert.Equal((NumberState.Deactivating, true), Is(down, 0));
        down.AndThen.When(Activate(1)).ThenRefused(No(1, NumberRefusal.NoEntitlement));

        var gone = down.AndThen.When(Word(new NumberCommand.ConfirmDeactivation(ByPlatform)));
        gone.AndThen.When(Activate(1)).ThenTakes(1);
    }

    [Fact]
    public void Beyond_what_services_entitle_to_the_highest_are_left_out()
    {
        var reserved = Enumerable.Range(0, 4).Select(at => (at, Owned(NumberState.Reserved))).ToArray();

        var some = Site(2, reserved).When(Activate(0, 1, 2, 3)).ThenTakes(0, 1);

        Assert.Equal(
            [(At(2), NumberRefusal.NoEntitlement), (At(3), NumberRefusal.NoEntitlement)],
            some.Change.LeftOut.Select(left => (left.Number, left.Reason)));
        some.AndThen.When(Activate(2, 3)).ThenRefused(
            No(2, NumberRefusal.NoEntitlement), No(3, NumberRefusal.NoEntitlement));
    }

    [Fact]
    public void Each_account_has_an_entitlement_of_its_own() =>
        Site(1, (0, Owned(NumberState.Reserved)), (1, Owned(NumberState.Reserved, account: Theirs)))
            .When(Activate(0, 1)).ThenTakes(0);

    [Fact]
    public void What_cannot_be_in_service_is_refused_by_name()
    {
        var site = Site(
            9, (0, new()), (1, Owned(NumberState.Held)), (2, Owned(NumberState.Cooldown)),
            (3, Owned(NumberState.Deactivating)), (4, MainNumber(NumberState.Active)),
            (5, MainNumber(NumberState.Reserved)), (6, Owned(NumberState.PortingOut)));

        site.When(Activate(0, 1, 2, 3, 4, 5, 6, 7)).ThenRefused(
            No(0, NumberRefusal.NoTransition), No(1, NumberRefusal.NoTransition), No(2, NumberRefusal.NoTransition),
            No(3, NumberRefusal.UnderWay), No(4, NumberRefusal.IsMain), No(5, NumberRefusal.NominatedMain),
            No(6, NumberRefusal.NoTransition), No(7, NumberRefusal.NotProvisioned));
    }

    [Fact]
    public void What_cannot_go_out_of_service_is_refused_by_name()
    {
        var site = Site(
            9, (0, Owned(NumberState.Active) with { IsAssigned = true }), (1, Owned(NumberState.Activating)),
            (2, MainNumber(NumberState.Active)), (3, new()));

        site.When(Deactivate(0, 1, 2, 3, 7)).ThenRefused(
            No(0, NumberRefusal.Assigned), No(1, NumberRefusal.UnderWay), No(2, NumberRefusal.IsMain),
            No(3, NumberRefusal.NoTransition), No(7, NumberRefusal.NotProvisioned));
    }

    [Fact]
    public void What_already_is_as_asked_changes_nothing_and_needs_no_entitlement()
    {
        var again = Site(0, (0, Owned(NumberState.Active))).When(Activate(0)).ThenTakes();
        Assert.Equal(Set(0), again.Change.Unchanged);
        Site(1, (0, Owned(NumberState.Reserved))).When(Deactivate(0)).ThenTakes();
    }

    [Fact]
    public void A_site_that_the_platform_does_not_manage_changes_nothing()
    {
        var site = Site(1, (0, Owned(NumberState.Reserved)), (1, Owned(NumberState.Active))).NotManaged();
        site.When(Activate(0)).ThenRefused(new Refusal.SiteNotManaged());
        site.When(Deactivate(1)).ThenRefused(new Refusal.SiteNotManaged());
    }

    [Fact]
    public void Whoever_changes_what_is_in_service_writes_the_accounts_row()
    {
        var site = Site(2, (0, Owned(NumberState.Reserved)), (100, Owned(NumberState.Deactivating)));

        Assert.Equal(Ours, Assert.Single(site.When(Activate(0)).Change.Holdings).Account);
        // No counter changes, and yet a service must not end on what was known before.
        var back = site.When(new MoveNumbers(Set(100), new NumberCommand.FailDeactivation(ByPlatform)));
        Assert.Equal(Ours, Assert.Single(back.Change.Holdings).Account);
    }

    [Fact]
    public void Given_up_each_is_as_it_was_before_and_what_went_on_does_not_change()
    {
        var (first, other) = (Owned(NumberState.Activating), Owned(NumberState.Activating) with { Operation = Second });
        var site = Site(
            5, (0, first), (1, Owned(NumberState.Deactivating)), (2, other), (3, Owned(NumberState.Active)));

        var up = site.When(new GiveUpDirect(Set(0, 1, 2, 3), First, ByOperator)).ThenTakes(0, 1);

        Assert.Equal(NumberState.Reserved, Is(up, 0).State);
        Assert.Equal(NumberState.Active, Is(up, 1).State);
        up.AndThen.When(new GiveUpDirect(Set(0, 1, 2, 3), First, ByOperator)).ThenTakes();
    }

    [Fact]
    public void What_a_service_takes_is_in_service_with_it()
    {
        var site = Free(0, 1, 2).Under(rules => rules with { AutoActivateAfterAuto = true });

        var assigned = site.When(Assign(2)).ThenTakes(0, 1);

        Assert.Equal((NumberState.Active, true), Is(assigned, 0));
        Assert.Equal((2, 2), (assigned.After.Holding(Ours).DirectNumbers, assigned.After.Holding(Ours).InService));
        assigned.AndThen.When(new EndService(Ours, Desk, 1, ByOperator))
            .ThenRefused(new Refusal.NumbersInService(0, [At(0), At(1)]));
    }

    [Fact]
    public void Where_the_platform_confirms_a_service_calls_for_it()
    {
        var site = Free(0, 1, 2).Under(rules => rules with { AutoActivateAfterAuto = true }).Confirmed();

        var assigned = site.When(Assign(2)).ThenTakes(0, 1);

        Assert.Equal((Set(0, 1), 2), (assigned.Change.ToActivate, assigned.Change.OtherRows));
        Assert.Equal(NumberState.Reserved, Is(assigned, 0).State);
        Assert.Empty(assigned.AndThen.When(Assign(2, version: 1)).Change.ToActivate);
    }

    [Fact]
    public void What_somebody_allocates_by_hand_stays_reserved() => Assert.Equal(
        NumberState.Reserved,
        Is(Free(0).With(Ours, new VoiceService(Desk, "voice", 1))
            .Under(rules => rules with { AutoActivateAfterAuto = true }).When(Allocate(0)), 0).State);

    [Fact]
    public void An_account_that_leaves_where_the_platform_confirms_keeps_what_is_on_its_way_out()
    {
        var site = Site(2, (0, Owned(NumberState.Active)), (1, MainNumber(NumberState.Active)),
            (2, Owned(NumberState.Reserved))).Confirmed();

        var closed = site.When(new CloseAtSite(Ours, ByOperator)).ThenTakes(0, 1, 2);

        Assert.Equal(
            new Refusal.OfNumber(At(0), NumberRefusal.UnderWay) { From = NumberState.Deactivating },
            Assert.Single(closed.Change.LeftOut));
        var again = closed.AndThen.When(Word(new NumberCommand.ConfirmDeactivation(ByPlatform)))
            .AndThen.When(new CloseAtSite(Ours, ByOperator)).ThenTakes(0);
        Assert.Empty(again.Change.LeftOut);
        Assert.Equal(NumberState.Cooldown, Is(again, 0).State);
    }

    static MoveNumbers Word(NumberCommand command) => new(Set(0), command);

    static ActivateDirect Activate(params IEnumerable<int> places) => new(Set(places), ByOperator);

    static DeactivateDirect Deactivate(params IEnumerable<int> places) => new(Set(places), ByOperator);

    static Refusal.OfNumber No(int place, NumberRefusal reason) => new(At(place), reason);

    static (NumberState State, bool EverActive) Is(Decided decided, int place) =>
        (decided.After.Pool.Find(At(place))!.State, decided.After.Pool.Find(At(place))!.EverActive);

    static Given Free(params IEnumerable<int> places) => Given.Free(places);

    /// <summary>Ours with a service of so many units, or none.</summary>
    static Given Site(int units, params (int Place, Number Number)[] numbers) =>
        Given.Stocked(numbers).With(Ours, units > 0 ? [new VoiceService(Desk, "voice", units)] : []);
}
