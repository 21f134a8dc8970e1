using System.Collections.Concurrent;
using CsCheck;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

/// <summary>What holds whatever is put in service and taken out of it, in whichever order.</summary>
public sealed class DirectPropertyTests
{
    static readonly Gen<Step> Steps = Gen.Frequency(
        (3, AnyNumbers.Select(numbers => new Step(
            "activate", true, site => PoolDecider.Decide(site, new ActivateDirect(numbers, ByOperator))))),
        (2, AnyNumbers.Select(numbers => new Step(
            "deactivate", false, site => PoolDecider.Decide(site, new DeactivateDirect(numbers, ByOperator))))),
        (2, Gen.Select(AnyNumbers, Gen.Int[0, 3], Word)),
        (1, AnyNumbers.Select(numbers => new Step(
            "give up", false, site => PoolDecider.Decide(site, new GiveUpDirect(numbers, Second, ByOperator))))),
        (1, Gen.Select(AnyNumbers, AnyAccount, (numbers, account) => new Step(
            "allocate", false,
            site => PoolDecider.Decide(site, new Allocate(numbers, Occupier(account), ByOperator))))),
        (2, Gen.Select(AnyAccount, AnyServiceId, Gen.Int[1, 4], (account, service, quantity) => new Step(
            "assign", true, site => PoolDecider.Decide(site, new AssignService(
                Occupier(account), service, "voice", quantity, site.Holding(account).Service(service)?.Version,
                ByOperator))))),
        (1, Gen.Select(AnyAccount, AnyServiceId, (account, service) => new Step(
            "end", false, site => PoolDecider.Decide(site, new EndService(
                account, service, site.Holding(account).Service(service)?.Version, ByOperator))))),
        (1, AnyAccount.Select(account => new Step(
            "close", false, site => PoolDecider.Decide(site, new CloseAtSite(account, ByOperator))))));

    static readonly Gen<SiteState> Sites = Gen.Select(
        AnySite, Gen.Bool, Gen.Enum<DirectActivation>(), (site, auto, direct) => site with
        {
            Rules = site.Rules with
            {
                AutoActivateAfterAuto = auto, DirectActivation = direct, MainNomination = MainNomination.PlatformOnly,
            },
        });

    [Fact]
    public void Nothing_puts_an_account_over_what_its_services_entitle_to() => Walk((before, step, _, after) =>
    {
        foreach (var (account, holding) in after.Holdings)
        {
            // Lowering a quantity takes nothing out of service; only what goes up is bounded.
            if (step.Activates && holding.InService > before.Holding(account).InService)
                Assert.InRange(holding.InService, 0, holding.Required(after.Rules));
        }
    });

    [Fact]
    public void The_count_of_what_is_in_service_is_always_that_of_a_recount() => Walk((_, _, _, after) =>
    {
        var numbers = after.Pool.All().Values.Where(number => number.CountsAsInService).ToList();
        Assert.All(after.Holdings.Values, holding =>
            Assert.Equal(numbers.Count(number => number.Account == holding.Account), holding.InService));
    });

    [Fact]
    public void Every_number_that_was_named_is_changed_or_as_asked_or_left_out_with_a_reason() =>
        Gen.Select(Sites, AnyNumbers, Gen.Bool).Sample((site, numbers, up) =>
        {
            var decision = up
                ? PoolDecider.Decide(site, new ActivateDirect(numbers, ByOperator))
                : PoolDecider.Decide(site, new DeactivateDirect(numbers, ByOperator));
            if (decision is not PoolDecision.Accepted { Change: var change })
            {
                var refused = Assert.IsType<PoolDecision.Refused>(decision).Refusals.Cast<Refusal.OfNumber>();
                Assert.Equal(numbers, refused.Select(refusal => refusal.Number));
                return;
            }

            var left = NumberSet.Of(change.LeftOut.Select(refusal => refusal.Number));
            Assert.Equal(numbers, change.Changed.Union(change.Unchanged).Union(left));
            Assert.Equal(numbers.Count, change.Changed.Count + change.Unchanged.Count + left.Count);
        }, iter: 2_000);

    [Fact]
    public void Immediately_means_that_nothing_waits() => Walk((before, step, decision, after) =>
    {
        if (before.Rules.DirectActivation is DirectActivation.Immediate
            && step.Text is "activate" or "deactivate" or "assign"
            && decision is PoolDecision.Accepted { Change: var change })
        {
            Assert.DoesNotContain(change.Changed, number =>
                after.Pool.Find(number) is { Waits: true, Role: NumberRole.Direct } && !Waited(before, number));
        }
    });

    [Fact]
    public void The_walks_meet_what_they_are_about()
    {
        var met = new ConcurrentDictionary<string, bool>();
        Walk((before, step, decision, after) =>
        {
            if (decision is PoolDecision.Accepted { Change: var change })
            {
                met[$"{step.Text} {before.Rules.DirectActivation} {change.Changed.Count > 0}"] = true;
                foreach (var left in change.LeftOut)
                    met[$"{left.Reason}"] = true;
            }
        });

        Assert.Superset(
            new HashSet<string>
            {
                "activate Immediate True", "activate PlatformConfirms True", "deactivate PlatformConfirms True",
                "word PlatformConfirms True", "give up PlatformConfirms True", "close PlatformConfirms True",
                "NoEntitlement", "UnderWay",
            },
            met.Keys.ToHashSet());
    }

    static bool Waited(SiteState site, E164 number) => site.Pool.Find(number) is { Waits: true };

    static Step Word(NumberSet numbers, int which) => new("word", false, site => PoolDecider.Decide(
        site, new MoveNumbers(
            NumberSet.Of(numbers.Where(number => site.Pool.Find(number) is { Waits: true, Role: NumberRole.Direct })),
            which switch
            {
                0 => new NumberCommand.ConfirmActivation(ByPlatform),
                1 => new NumberCommand.FailActivation(ByPlatform),
                2 => new NumberCommand.ConfirmDeactivation(ByPlatform),
                _ => new NumberCommand.FailDeactivation(ByPlatform),
            })));

    static void Walk(Action<SiteState, Step, PoolDecision, SiteState> check) =>
        Gen.Select(Sites, Steps.Array[1, 20]).Sample((site, steps) =>
        {
            foreach (var step in steps)
            {
                var decision = step.On(site);
                var after = decision is PoolDecision.Accepted accepted ? site.After(accepted.Change) : site;
                check(site, step, decision, after);
                site = after;
            }
        }, iter: 5_000, print: walk =>
            $"{Describe(walk.Item1)}\n{string.Join('\n', walk.Item2.Select(step => step.Text))}");

    sealed record Step(string Text, bool Activates, Func<SiteState, PoolDecision> On);
}
