using CsCheck;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Services;
using static Telephony.Domain.Tests.Pool.Commands;
using static Telephony.Domain.Tests.Pool.Leaving;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

public sealed class EndServiceTests
{
    [Fact]
    public void What_services_took_and_nothing_needs_goes_back_highest_first()
    {
        var site = Of(
            [new(Desk, "voice", 2), new(Lobby, "voice", 1)],
            (0, Owned(NumberState.Reserved, NumberSource.ByService)),
            (1, Owned(NumberState.Reserved, NumberSource.ByService)),
            (2, Owned(NumberState.Reserved, NumberSource.ByService)));

        var ended = End(site).ThenTakes(1, 2);

        Assert.Equal(1, ended.After.Holding(Ours).DirectNumbers);
        Assert.Null(ended.After.Holding(Ours).Service(Desk));
        Assert.NotNull(ended.After.Holding(Ours).Service(Lobby));
        Assert.All([1, 2], place => Assert.Equal(NumberState.Available, ended.After.Pool.Find(At(place))!.State));
        Assert.False(ended.Change.IsPart);
    }

    [Fact]
    public void What_was_allocated_by_hand_or_was_in_service_stays_reserved() => End(Of(
        [new(Desk, "voice", 4)],
        (0, Owned(NumberState.Reserved, NumberSource.ByService)),
        (1, Owned(NumberState.Reserved)),
        (2, Owned(NumberState.Reserved, NumberSource.ByService, everActive: true)))).ThenTakes(0);

    [Fact]
    public void What_was_allocated_by_hand_is_what_the_other_services_use_first() => End(Of(
        [new(Desk, "voice", 1), new(Lobby, "voice", 1)],
        (0, Owned(NumberState.Reserved, NumberSource.ByService)),
        (1, Owned(NumberState.Reserved)))).ThenTakes(0);

    [Theory]
    [InlineData(NumberState.Reserved, NumberSource.ByService, true)]
    [InlineData(NumberState.Reserved, NumberSource.ByHand, false)]
    public void The_main_number_that_a_service_took_goes_back_with_the_last_service_and_stays_nominated(
        NumberState state, NumberSource source, bool goesBack)
    {
        var ended = End(Of([new(Desk, "reception", 1)], (7, MainNumber(state, source))));

        ended.ThenTakes(goesBack ? [7] : []);
        Assert.Equal(goesBack ? null : At(7), ended.After.Holding(Ours).Main);
        Assert.Equal(NumberRole.NominatedMain, ended.After.Pool.Find(At(7))!.Role);
    }

    [Fact]
    public void While_a_service_is_left_the_main_number_stays()
    {
        var ended = End(Of([new(Desk, "voice", 1), new(Lobby, "fax", 1)], (7, MainNumber(NumberState.Reserved))));

        ended.ThenTakes();
        Assert.Equal(At(7), ended.After.Holding(Ours).Main);
    }

    [Fact]
    public void With_the_last_service_no_main_number_is_looked_for_any_more()
    {
        var site = Of([new(Desk, "reception", 1)]);
        site = site with { Holdings = site.Holdings.SetItem(Ours, site.Holding(Ours) with { LacksMain = true }) };

        Assert.False(End(site).After.Holding(Ours).LacksMain);
    }

    [Theory]
    [InlineData(NumberState.Active, true)]
    [InlineData(NumberState.Activating, true)]
    [InlineData(NumberState.Deactivating, false)]
    [InlineData(NumberState.Reserved, false)]
    public void It_is_refused_while_more_are_in_service_than_the_others_allow(NumberState state, bool refused)
    {
        var ended = End(Of(
            [new(Desk, "voice", 1), new(Lobby, "voice", 1)], (0, Owned(state)), (1, Owned(state))));

        if (refused)
            ended.ThenRefused(new Refusal.NumbersInService(1, [At(0), At(1)]));
        else
            ended.ThenTakes();
    }

    [Fact]
    public void As_many_in_service_as_the_others_allow_are_no_obstacle() => End(Of(
        [new(Desk, "voice", 1), new(Lobby, "voice", 1)],
        (0, Owned(NumberState.Active)), (1, Owned(NumberState.Reserved, NumberSource.ByService)))).ThenTakes(1);

    [Fact]
    public void A_main_number_in_service_needs_some_service()
    {
        End(Of([new(Desk, "voice", 1)], (7, MainNumber(NumberState.Active))))
            .ThenRefused(new Refusal.NumbersInService(0, [At(7)]));
        End(Of([new(Desk, "voice", 1), new(Lobby, "fax", 1)], (7, MainNumber(NumberState.Active)))).ThenTakes();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public void A_service_that_is_not_as_the_caller_saw_it_does_not_end(int? seen) =>
        End(Of([new(Desk, "voice", 1)]), seen).ThenRefused(new Refusal.ServiceChanged(Desk, 1));

    [Fact]
    public void A_service_that_is_not_there_does_not_end() =>
        End(Of([]), version: null).ThenRefused(new Refusal.ServiceChanged(Desk, null));

    [Fact]
    public void A_site_that_the_platform_does_not_manage_ends_nothing()
    {
        var site = Of([new(Desk, "voice", 1)]);
        End(site with { Rules = site.Rules with { ManagedByPlatform = false } })
            .ThenRefused(new Refusal.SiteNotManaged());
    }

    [Fact]
    public void One_transaction_gives_back_97_blocks_and_the_next_one_the_rest()
    {
        var site = Of(
            [new(Desk, "voice", 98)],
            [.. Enumerable.Range(0, 98).Select(i => (i * 100, Owned(NumberState.Reserved, NumberSource.ByService)))]);

        var first = End(site).ThenTakes(Enumerable.Range(1, 97).Select(i => i * 100));
        Assert.True(first.Change.IsPart);
        var rest = new Decided(first.After, PoolDecider.Decide(first.After, new GiveBack(Ours, ByOperator)));
        rest.ThenTakes(0);
        Assert.False(rest.Change.IsPart);
    }

    [Fact]
    public void Property_it_gives_back_what_a_naive_reading_of_the_rule_does() =>
        Leaving.AnySite.Sample(site =>
        {
            var service = site.Holding(Ours).Services.Values.FirstOrDefault();
            if (service is null)
                return;

            var decision = PoolDecider.Decide(site, new EndService(Ours, service.Id, service.Version, ByOperator));
            var all = site.Pool.All().Where(at => at.Value.Account == Ours).ToList();
            var required = site.Holding(Ours).Services.Values.Where(one => one != service)
                .Sum(one => one.Code switch { "voice" => one.Quantity, "room" => (2 * one.Quantity) + 1, _ => 3 });
            var inService = all.Count(at => at.Value.State is NumberState.Active or NumberState.Activating);
            if (inService > required)
            {
                Assert.IsType<Refusal.NumbersInService>(
                    Assert.Single(Assert.IsType<PoolDecision.Refused>(decision).Refusals));
                return;
            }

            var has = all.Count(at => at.Value.State is NumberState.Reserved or NumberState.Activating
                or NumberState.Active or NumberState.Deactivating);
            var expected = all
                .Where(at => at.Value is
                {
                    State: NumberState.Reserved, Source: NumberSource.ByService, EverActive: false,
                })
                .Select(at => at.Key).OrderDescending().Take(Math.Max(0, has - required));
            var change = Assert.IsType<PoolDecision.Accepted>(decision).Change;
            Assert.Equal(expected.Order(), change.Changed);
            var after = site.After(change);
            Assert.All(change.Changed, number => Assert.Equal(NumberState.Available, after.Pool.Find(number)!.State));
            Assert.Equal(has - change.Changed.Count, after.Holding(Ours).DirectNumbers);
        }, iter: 2_000);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(3, 2)]
    [InlineData(9, 0)]
    public void Entitlement_is_what_services_require_less_what_is_in_service(int inService, int left)
    {
        var holding = Holding.Empty(Ours).With(new(Desk, "voice", 2)).With(new(Lobby, "fax", 1)) with
        {
            InService = inService,
        };

        Assert.Equal(left, holding.EntitlementLeft(Some.Rules));
        Assert.True(holding.IsEntitledToMain);
        Assert.False(Holding.Empty(Ours).IsEntitledToMain);
    }

    static Decided End(SiteState site, int? version = 1) =>
        new(site, PoolDecider.Decide(site, new EndService(Ours, Desk, version, ByOperator)));
}
