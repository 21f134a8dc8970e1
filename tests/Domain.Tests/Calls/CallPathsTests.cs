using System.Collections.Immutable;
using CsCheck;
using Telephony.Domain.Access;
using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;
using Telephony.Domain.Settings;

namespace Telephony.Domain.Tests.Settings;

public sealed class CallPathsTests
{
    [Fact]
    public void A_loop_over_many_hops_is_found_with_its_way()
    {
        var known = Chain(50);
        Assert.IsType<PathSearch.NoLoop>(CallPaths.Follow(Number(0), known));

        known[Number(49)] = [Number(500), Number(0)];
        Assert.Equal(
            [.. Enumerable.Range(0, 50).Append(0).Select(Number)],
            Assert.IsType<PathSearch.Loop>(CallPaths.Follow(Number(0), known)).Path);
    }

    [Fact]
    public void A_loop_that_leaves_the_number_out_is_not_its_own()
    {
        var known = Chain(4);
        known[Number(3)] = [Number(1)];

        Assert.IsType<PathSearch.NoLoop>(CallPaths.Follow(Number(0), known));
    }

    [Fact]
    public void More_numbers_than_people_mean_are_not_followed()
    {
        Assert.IsType<PathSearch.NoLoop>(CallPaths.Follow(Number(0), Chain(CallPaths.NumbersMax + 1)));
        Assert.IsType<PathSearch.TooFar>(CallPaths.Follow(Number(0), Chain(CallPaths.NumbersMax + 2)));
    }

    /// <summary>Whatever is asked for, in whatever order: what was accepted leads nowhere back.</summary>
    [Fact]
    public void No_order_of_accepted_changes_ever_makes_a_loop() =>
        Gen.Select(SomeSettings.Number, SomeSettings.Any).Array[1, 20].Sample(wishes =>
        {
            var site = new Dictionary<E164, NumberSettings>();
            foreach (var (number, wanted) in wishes)
            {
                var known = Enumerable.Range(0, 6).Select(n => E164.FromDigits(442_079_460_000 + n))
                    .ToDictionary(n => n, n => Targets(site, n));
                var change = new ChangeSettings(
                    number, Role.Platform, new Policies(), site.GetValueOrDefault(number, NumberSettings.Default),
                    wanted)
                {
                    Main = number,
                    HasShown = true,
                };
                if (SettingsDecider.Decide(change, known) is SettingsDecision.Accepted accepted)
                    site[number] = accepted.After;
            }

            Assert.All(site.Keys, number => Assert.DoesNotContain(number, Reached(site, number)));
        }, iter: 2_000);

    /// <summary>By hand: all numbers that calls to one can come to.</summary>
    static HashSet<E164> Reached(Dictionary<E164, NumberSettings> site, E164 from)
    {
        var reached = new HashSet<E164>();
        for (var grown = true; grown;)
        {
            var next = reached.Append(from).SelectMany(number => Targets(site, number)).ToList();
            var before = reached.Count;
            reached.UnionWith(next);
            grown = reached.Count > before;
        }

        return reached;
    }

    static ImmutableArray<E164> Targets(Dictionary<E164, NumberSettings> site, E164 number) =>
        site.TryGetValue(number, out var settings) ? [.. settings.Targets] : [];

    static Dictionary<E164, ImmutableArray<E164>> Chain(int length) => Enumerable.Range(0, length).ToDictionary(
        Number, n => n + 1 < length ? ImmutableArray.Create(Number(n + 1)) : []).Plus(Number(500));

    static E164 Number(int n) => E164.FromDigits(442_079_461_000 + n);
}

file static class Known
{
    public static Dictionary<E164, ImmutableArray<E164>> Plus(
        this Dictionary<E164, ImmutableArray<E164>> known, E164 end)
    {
        known[end] = [];
        return known;
    }
}
