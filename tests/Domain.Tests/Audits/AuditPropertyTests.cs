using System.Collections.Immutable;
using CsCheck;
using Telephony.Domain.Audits;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Audits;

/// <summary>Whatever commands a site goes through, its rows agree; and what is made to disagree is found.</summary>
public sealed class AuditPropertyTests
{
    static readonly Gen<Func<SiteState, PoolDecision>> Provisions = AnyLine.Select(line =>
        (Func<SiteState, PoolDecision>)(site => PoolDecider.Decide(site, new Provision(ByPlatform, [line]))));

    static readonly Gen<Func<SiteState, PoolDecision>> Gifts = Gen.Select(
        AnyNumbers, AnyAccount, Gen.Int[0, 3], (numbers, account, count) => (Func<SiteState, PoolDecision>)(site =>
            count == 0
                ? PoolDecider.Decide(site, new Allocate(numbers, Occupier(account), ByOperator))
                : PoolDecider.Decide(site, new AllocateCount(count, Occupier(account), ByOperator))));

    static readonly Gen<Func<SiteState, PoolDecision>> Services = Gen.Select(
        AnyAccount, AnyServiceId, Gen.OneOf("voice", "reception"), Gen.Int[1, 3], (account, service, code, quantity) =>
            (Func<SiteState, PoolDecision>)(site => PoolDecider.Decide(site, new AssignService(
                Occupier(account), service, code, quantity, site.Holding(account).Service(service)?.Version,
                ByOperator))));

    /// <summary>All that can be wanted of single numbers, by whoever may want the most.</summary>
    static readonly Gen<NumberCommand> AnyCommand = AnyAccount.SelectMany(account => Gen.OneOf<NumberCommand>(
        new NumberCommand.Hold(ByPlatform, account, Noon.AddDays(1)), new NumberCommand.EndHold(ByPlatform),
        new NumberCommand.Activate(ByPlatform), new NumberCommand.ConfirmActivation(ByPlatform),
        new NumberCommand.FailActivation(ByPlatform), new NumberCommand.Deactivate(ByPlatform, RemovesMain: true),
        new NumberCommand.ConfirmDeactivation(ByPlatform), new NumberCommand.FailDeactivation(ByPlatform),
        new NumberCommand.Release(ByPlatform, account, 90, 180), new NumberCommand.EndCooldown(ByPlatform),
        new NumberCommand.Restore(ByPlatform, account), new NumberCommand.Block(ByPlatform, null),
        new NumberCommand.Unblock(ByPlatform), new NumberCommand.PortOut(ByPlatform),
        new NumberCommand.ConfirmPortOut(ByPlatform), new NumberCommand.CancelPortOut(ByPlatform),
        new NumberCommand.Retire(ByPlatform), new NumberCommand.Nominate(ByPlatform),
        new NumberCommand.WithdrawNomination(ByPlatform)));

    static readonly Gen<Func<SiteState, PoolDecision>> Moves = Gen.Select(
        Gen.OneOf(Some.Places.ToArray()), AnyCommand, (place, command) => (Func<SiteState, PoolDecision>)(site =>
            PoolDecider.Decide(site, new MoveNumbers(
                command is NumberCommand.Nominate && site.Pool.Find(At(place)) is not { State: NumberState.Available }
                    ? NumberSet.Empty
                    : Set(place),
                command))));

    static readonly Gen<Func<SiteState, PoolDecision>> Steps =
        Gen.Frequency((1, Provisions), (2, Gifts), (2, Services), (12, Moves));

    [Fact]
    public void A_site_that_any_commands_led_to_has_counts_that_agree() =>
        Gen.Select(AnySite, Steps.Array[1, 40]).Sample((site, steps) =>
        {
            foreach (var step in steps)
            {
                if (step(site) is PoolDecision.Accepted accepted)
                    site = site.After(accepted.Change);
                Assert.DoesNotContain(Found(site), finding => finding is Finding.CountsDisagree);
            }
        }, iter: 1_000, print: walk => Describe(walk.Item1));

    [Fact]
    public void A_count_that_is_changed_behind_the_numbers_back_is_found() =>
        Gen.Select(AnySite, AnyAccount, Gen.OneOf(-2, -1, 1, 7)).Sample((site, account, wrong) =>
        {
            var holding = site.Holding(account);
            var planted = site with
            {
                Holdings = site.Holdings.SetItem(
                    account, holding with { DirectNumbers = holding.DirectNumbers + wrong }),
            };
            Assert.Equal(account, Assert.Single(Found(planted).OfType<Finding.CountsDisagree>()).Account);
            planted = site with
            {
                Holdings = site.Holdings.SetItem(account, holding with { InService = holding.InService + wrong }),
            };
            Assert.Equal(account, Assert.Single(Found(planted).OfType<Finding.CountsDisagree>()).Account);
        }, iter: 500);

    [Fact]
    public void A_number_that_is_changed_behind_the_rows_back_is_found() =>
        Gen.Select(AnySite, Gen.OneOf(Some.Places.ToArray()), AnyAccount).Sample((site, place, account) =>
        {
            var number = site.Pool.Find(At(place));
            if (number?.Account == account)
                return;

            var (block, planted) = (site.Pool[At(place).Block], Held(new(), account));
            KeyValuePair<int, Number>[] change = [KeyValuePair.Create(At(place).Slot, planted)];
            var pool = site.Pool.With([block?.With(change) ?? new Block(At(place).Block, change)]);

            // Who got it, and who lost it.
            Id<Account>[] expected = number?.Account is { } loser ? [account, loser] : [account];
            Assert.Equal(
                expected.Order(),
                Found(site with { Pool = pool }).OfType<Finding.CountsDisagree>()
                    .Select(finding => finding.Account!.Value));
        }, iter: 500);

    static ImmutableArray<Finding> Found(SiteState site) => SiteChecks.Of(
        SiteChecksTests.Audited() with { State = site.At(Noon), Stored = site.Pool });
}
