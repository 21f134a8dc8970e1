using System.Collections.Concurrent;
using CsCheck;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Services;
using Telephony.Domain.Tests.Choice;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

/// <summary>What every allocation keeps to under any rules: by name, by count and because of a service.</summary>
public sealed class LimitPropertyTests
{
    static readonly Gen<(Wish Wish, string How, int[] Picks)> Requests = Gen.Select(
        Wish.Any, Gen.OneOf("name", "count", "service"), Gen.Int[0, 999].Array[1, 6]);

    [Fact]
    public void The_operator_keeps_what_is_kept_and_no_account_gets_more_than_it_may_have()
    {
        var met = new ConcurrentDictionary<string, int>();

        Requests.Sample((wish, how, picks) =>
        {
            var decision = Decide(wish, how, picks);
            met.AddOrUpdate($"{how}: {Outcome(decision)}", 1, (_, times) => times + 1);
            if (decision is PoolDecision.Accepted { Change: var change })
                AssertWithin(wish, change);
        }, iter: 6_000);

        string[] all =
        [
            "name: Changed", "name: Refused KeptForOperator", "name: Refused AccountFull", "name: Refused OfNumber",
            "count: Changed", "count: Missing PoolExhausted", "count: Missing AccountFull",
            "service: Changed", "service: Missing PoolExhausted", "service: Missing NoNominatedMain",
            "service: Missing Both", "service: Changed, nominated",
            "service: Refused NoRun", "service: Refused AccountFull", "service: Refused PoolExhausted",
        ];
        Assert.Equal([], all.Where(outcome => met.GetValueOrDefault(outcome) < 3));
    }

    static void AssertWithin(Wish wish, SiteChange change)
    {
        var (rules, before, after) = (wish.Site.Rules, wish.Pool, wish.Site.After(change));
        var anybodys = before.Keys.Where(at => IsAnybodys(before[at], at)).ToList();
        var left = anybodys.Count(at => IsAnybodys(after.Pool.Find(at)!, at));
        Assert.True(wish.To.IsOperator || left == anybodys.Count || left >= rules.KeepForOperator);
        Assert.True(change.CountsPool || left == anybodys.Count || rules.KeepForOperator == 0);

        var (had, has) = (wish.Site.Holding(Ours).DirectNumbers, after.Holding(Ours).DirectNumbers);
        Assert.True(has == had || has <= (rules.MaxPerAccount ?? int.MaxValue));
        Assert.Equal(has, after.Pool.All().Values.Count(number =>
            number.Account == Ours && number.Role is NumberRole.Direct));
        Assert.True(before.Values.Count(IsMain) <= 1 && after.Pool.All().Values.Count(IsMain) <= 1);

        bool IsAnybodys(Number number, E164 at) => number is
            { State: NumberState.Available, Role: NumberRole.Direct, Kind: NumberKind.Standard, Earmark: null }
            && !NaiveChooser.IsPremium(at, rules.PremiumPatterns);
    }

    static bool IsMain(Number number) => number.Account == Ours && number.Role is NumberRole.NominatedMain;

    static PoolDecision Decide(Wish wish, string how, int[] picks) => how switch
    {
        "name" => PoolDecider.Decide(wish.Site, new Allocate(
            NumberSet.Of(picks.Select(pick => Free(wish)[pick % Free(wish).Count])), wish.To, ByOperator)),
        "count" => PoolDecider.Decide(wish.Site, new AllocateCount(wish.Count, wish.To, ByOperator)),
        _ => PoolDecider.Decide(wish.Site, new AssignService(
            wish.To, Id<VoiceService>.Parse("lines"), "reception", wish.Count, null, ByOperator)),
    };

    /// <summary>Mostly what can be had by name, so that limits are what stands in the way.</summary>
    static List<E164> Free(Wish wish)
    {
        var free = wish.Pool.Keys.Where(at => wish.Pool[at] is { Account: null, Role: NumberRole.Direct }).ToList();
        return free.Count > 0 ? free : [E164.FromDigits(442_079_460_000)];
    }

    static string Outcome(PoolDecision decision) => decision switch
    {
        PoolDecision.Refused refused => $"Refused {refused.Refusals[0].GetType().Name}",
        PoolDecision.Accepted { Change.Missing: { } missing } => $"Missing {missing.GetType().Name}",
        PoolDecision.Accepted { Change: var change } when change.Moves.Any(move => move.Way is
            { To: NumberState.Available, Role: NumberRole.NominatedMain }) => "Changed, nominated",
        PoolDecision.Accepted => "Changed",
        _ => throw new InvalidOperationException("A third kind of decision."),
    };
}
