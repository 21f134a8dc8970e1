using CsCheck;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Services;
using static Telephony.Domain.Tests.Pool.Commands;
using static Telephony.Domain.Tests.Pool.Leaving;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

public sealed class CloseTests
{
    [Theory]
    [InlineData(NumberState.Held, NumberState.Available)]
    [InlineData(NumberState.Reserved, NumberState.Available)]
    [InlineData(NumberState.Activating, NumberState.Available)]
    [InlineData(NumberState.Active, NumberState.Cooldown)]
    public void A_number_leaves_as_its_state_allows(NumberState from, NumberState to)
    {
        var closed = Close(Of([], (0, Owned(from)))).ThenTakes(0);

        var number = closed.After.Pool.Find(At(0))!;
        Assert.Equal((to, null), (number.State, number.Account));
        Assert.Equal(to is NumberState.Cooldown ? Noon.AddDays(90) : null, number.RestsUntil);
        Assert.Equal(0, closed.After.Holding(Ours).DirectNumbers);
        Assert.Empty(closed.Change.LeftOut);
    }

    [Fact]
    public void A_main_number_is_removed_and_rests_longer()
    {
        var closed = Close(Of([new(Desk, "voice", 1)], (0, MainNumber(NumberState.Active)))).ThenTakes(0);

        var number = closed.After.Pool.Find(At(0))!;
        Assert.Equal(
            (NumberState.Cooldown, NumberRole.Direct, Noon.AddDays(180)),
            (number.State, number.Role, number.RestsUntil));
        Assert.Null(closed.After.Holding(Ours).Main);
        Assert.Equal(
            [NumberState.Deactivating, NumberState.Reserved, NumberState.Cooldown],
            closed.Change.Moves.Select(move => move.Way.To));
        var overall = Assert.Single(Move.Overall(closed.Change.Moves));
        Assert.Equal((NumberState.Active, NumberState.Cooldown), (overall.Way.From, overall.Way.To));
    }

    [Fact]
    public void What_cannot_leave_stays_with_a_reason_and_holds_nothing_else_up()
    {
        var closed = Close(Of(
            [],
            (0, Owned(NumberState.Active) with { IsAssigned = true }),
            (1, Owned(NumberState.Deactivating)),
            (2, Owned(NumberState.PortingOut)),
            (3, Owned(NumberState.Reserved)))).ThenTakes(3);

        Assert.Equal(
            [
                (At(0), NumberRefusal.Assigned), (At(1), NumberRefusal.UnderWay), (At(2), NumberRefusal.UnderWay),
            ],
            closed.Change.LeftOut.Select(stays => (stays.Number, stays.Reason)));
        Assert.Equal(2, closed.After.Holding(Ours).DirectNumbers);
    }

    [Fact]
    public void Services_end_and_no_main_number_is_looked_for_any_more()
    {
        var site = Of([new(Desk, "voice", 3), new(Lobby, "room", 1)]);
        site = site with { Holdings = site.Holdings.SetItem(Ours, site.Holding(Ours) with { LacksMain = true }) };

        Assert.Equal(Holding.Empty(Ours), Close(site).After.Holding(Ours));
    }

    [Fact]
    public void What_another_account_has_stays_with_it() =>
        Close(Of([], (0, Owned(NumberState.Reserved, account: Theirs)), (1, Owned(NumberState.Reserved)))).ThenTakes(1);

    [Fact]
    public void One_transaction_lets_97_blocks_go_and_a_preview_shows_all()
    {
        var site = Of([], [.. Enumerable.Range(0, 98).Select(i => (i * 100, Owned(NumberState.Reserved)))]);

        var first = Close(site).ThenTakes(Enumerable.Range(0, 97).Select(i => i * 100));
        Assert.True(first.Change.IsPart);
        var rest = Close(first.After).ThenTakes(9_700);
        Assert.False(rest.Change.IsPart);
        var shown = new Decided(site, PoolDecider.Decide(site, new CloseAtSite(Ours, ByOperator) { InFull = true }));
        shown.ThenTakes(Enumerable.Range(0, 98).Select(i => i * 100));
    }

    [Fact]
    public void A_site_that_the_platform_does_not_manage_lets_nobody_leave()
    {
        var site = Of([]);
        Close(site with { Rules = site.Rules with { ManagedByPlatform = false } })
            .ThenRefused(new Refusal.SiteNotManaged());
    }

    [Fact]
    public void Property_the_account_has_afterwards_just_what_was_named_as_staying() =>
        Leaving.AnySite.Sample(site =>
        {
            var closed = Close(site);
            var had = site.Pool.All().Where(at => at.Value.Account == Ours).Select(at => at.Key);
            var has = closed.After.Pool.All().Where(at => at.Value.Account == Ours).Select(at => at.Key);
            Assert.Equal(closed.Change.LeftOut.Select(stays => stays.Number), has);
            Assert.Equal(had.Except(has), closed.Change.Changed);
            Assert.All(closed.Change.Changed, number => Assert.Equal(
                WasInService(site.Pool.Find(number)!) ? NumberState.Cooldown : NumberState.Available,
                closed.After.Pool.Find(number)!.State));
            Assert.Equal(
                closed.After.Pool.All().Values.Count(number => number.CountsAsDirect),
                closed.After.Holding(Ours).DirectNumbers);
            Assert.Empty(Close(closed.After).Change.Changed);
        }, iter: 2_000);

    static bool WasInService(Number number) => number.State is not NumberState.Held && number.EverActive;

    static Decided Close(SiteState site) =>
        new(site, PoolDecider.Decide(site, new CloseAtSite(Ours, ByOperator)));
}
