using CsCheck;
using Telephony.Domain.Access;
using Telephony.Domain.Calls;
using Telephony.Domain.Directory;
using Telephony.Domain.Groups;
using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;
using Telephony.Domain.Settings;
using Telephony.Domain.Tests.Groups;
using static Telephony.Domain.Tests.Groups.SomeGroups;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Calls;

/// <summary>Ways that go on by what main numbers are configured to do and by how direct numbers are set.</summary>
public sealed class MixedLoopsTests
{
    static readonly SiteCalls Calls = new(SomeGroups.Site with
    {
        State = SiteOf(
            (0, MainOf(Theirs)), (1, MainOf(Ours)), (2, NextMainOf(Others)), (10, Direct(Ours)), (11, Direct(Ours)),
            (20, Direct(Others)), (30, Direct(Theirs)), (12, Held(new(), Ours))),
    });

    static readonly Dictionary<Id<Account>, int[]> Directs = new()
    {
        [Theirs] = [30], [Ours] = [10, 11], [Others] = [20],
    };

    [Fact]
    public void A_forward_to_a_direct_number_that_forwards_back_is_a_loop_of_the_main_number()
    {
        var wanted = new GroupFeatures { OutOfHours = ForwardTo(10), IfBusy = ForwardTo(11) };
        var calls = Calls.With(Some.At(11), Forwards(1));

        Assert.Equal(["ifBusy"], Loops(calls, Ours, wanted));
        Assert.Equal(["outOfHours", "ifBusy"], Loops(calls.With(Some.At(10), Forwards(11)), Ours, wanted));
        Assert.Empty(Loops(Calls.With(Some.At(11), Forwards(2)), Ours, wanted));
    }

    [Fact]
    public void A_named_reception_passes_calls_on_as_it_is_set_while_it_is_in_service()
    {
        var wanted = new GroupFeatures { IfBusy = new Destination.Reception(), Reception = new(Some.At(10)) };
        var calls = Calls.With(Some.At(10), Forwards(1));

        Assert.Equal(["ifBusy"], Loops(calls, Ours, wanted));
        Assert.Empty(Loops(calls, Ours, wanted with { Reception = new(Some.At(10), Term: 1) }));
        Assert.Empty(Loops(calls, Ours, wanted with { IfBusy = new Destination.Voicemail() }));
    }

    [Fact]
    public void A_setting_comes_back_through_the_operators_reception()
    {
        var calls = Calls with
        {
            Site = Calls.Site.With(Others, new() { IfBusy = new Destination.Reception() })
                .With(Theirs, new() { InHours = ForwardTo(10) }),
        };

        var search = calls.Follow(Called(10), [Called(2)]);

        Assert.Equal(
            [Called(10), Called(2), new CallPoint.Main(Others), new CallPoint.Main(Theirs), Called(10)],
            Assert.IsType<PathSearch.Loop>(search).Path);
    }

    [Fact]
    public void Members_of_a_group_are_ends()
    {
        var calls = Calls.With(Some.At(10), Forwards(1)) with { Site = Calls.Site.With(Ours, Ring(10, 11)) };

        Assert.Empty(Loops(calls, Ours, Ring(10, 11)));
        Assert.IsType<PathSearch.NoLoop>(calls.Follow(Called(11), [Called(1)]));
    }

    [Fact]
    public void How_a_main_number_was_set_when_it_was_direct_does_not_count() =>
        Assert.IsType<PathSearch.NoLoop>(Calls.With(Some.At(1), Forwards(10)).Follow(Called(10), [Called(1)]));

    [Fact]
    public void A_configuration_that_could_go_on_to_too_many_numbers_says_so()
    {
        var calls = Enumerable.Range(100, CallPaths.NumbersMax).Aggregate(
            Calls with
            {
                Site = Calls.Site with
                {
                    State = SiteOf([(1, MainOf(Ours)), .. Enumerable.Range(100, 120).Select(n => (n, Direct(Ours)))]),
                },
            },
            (all, place) => all.With(Some.At(place), Forwards(place + 1)));
        var (field, search) = Assert.Single(calls.Ways(Ours, new() { OutOfHours = ForwardTo(100) }));
        Assert.Equal("calls-too-far", FeatureChecks.Way(field, search)?.Code);
        (field, search) = Assert.Single(calls.Ways(Ours, new() { OutOfHours = ForwardTo(101) }));
        Assert.Null(FeatureChecks.Way(field, search));
    }

    /// <summary>Whatever is asked for, in whatever order: what is refused would lead back, and nothing else.</summary>
    [Fact]
    public void Just_what_would_lead_back_is_refused() => Wish.Array[1, 25].Sample(wishes =>
    {
        var calls = Calls;
        foreach (var wish in wishes)
        {
            var wanted = wish.Into(calls);
            var isRefused = IsRefused(calls, wanted, wish);
            Assert.Equal(ComesBack(wanted, wish.Place), isRefused);
            calls = isRefused ? calls : wanted;
        }

        Assert.DoesNotContain(Reach(calls), pair => pair.From == pair.To);
    }, iter: 3_000);

    /// <summary>A configuration of the account whose main number is at a place, or settings of the number.</summary>
    sealed record AnyWish(int Place, Id<Account>? Account, GroupFeatures Features, NumberSettings Settings)
    {
        public SiteCalls Into(SiteCalls calls) => Account is { } account
            ? calls with { Site = calls.Site.With(account, Features) }
            : calls.With(Some.At(Place), Settings);
    }

    static readonly Gen<int> AnyPlace = Gen.OneOf([0, 1, 2, 10, 11, 12, 20, 30, 5_000]);

    static readonly Gen<Destination> AnyDestination = Gen.Frequency(
        (2, AnyPlace.Select(ForwardTo)), (2, Gen.Const((Destination)new Destination.Reception())),
        (1, Gen.Const((Destination)new Destination.HuntGroup())),
        (1, Gen.Const((Destination)new Destination.Voicemail())));

    static readonly Gen<AnyWish> Wish = Gen.OneOf(
        from main in Gen.OneOf([(0, Theirs), (1, Ours), (2, Others)])
        from destinations in AnyDestination.Array[6]
        from used in Gen.Int[0, 3]
        from named in Gen.Int[0, 2]
        let directs = Directs[main.Item2]
        let to = destinations.Select((to, i) => i < used ? to : new Destination.Announcement()).ToArray()
        select new AnyWish(main.Item1, main.Item2, Ring(directs) with
        {
            InHours = to[0], OutOfHours = to[1], OnHoliday = to[2],
            IfNotAnswered = to[3], IfBusy = to[4], IfUnreachable = to[5],
            Reception = named == 0 ? null : new(Some.At(directs[named % directs.Length])),
        }, NumberSettings.Default),
        from place in Gen.OneOf([10, 11, 20, 30])
        from busy in AnyPlace.Where(other => other != place)
        from isOn in Gen.Bool
        from ring in AnyPlace.HashSet[0, 2]
        select new AnyWish(place, null, GroupFeatures.Default, NumberSettings.Default with
        {
            Forwarding = new(new(), new(isOn, Some.At(busy)), new(), 20, new()),
            SimultaneousRing = new([.. ring.Where(other => other != place).Select(Some.At)], true),
        }));

    /// <summary>As the checks and the decider say it.</summary>
    static bool IsRefused(SiteCalls before, SiteCalls after, AnyWish wish)
    {
        if (wish.Account is { } account)
            return after.Ways(account, wish.Features).Any(way => FeatureChecks.Way(way.Field, way.Search) is not null);
        var number = Some.At(wish.Place);
        var change = new ChangeSettings(
            number, Role.Platform, new Policies(), before.Of(number), wish.Settings);
        return SettingsDecider.Decide(change, change.AddsTargets
            ? after.Follow(Called(wish.Place), CallPaths.To(wish.Settings))
            : new PathSearch.NoLoop()) is SettingsDecision.Refused;
    }

    static bool ComesBack(SiteCalls calls, int place) =>
        Reach(calls).Contains((Some.At(place), Some.At(place)));

    /// <summary>By hand, number by number: where calls to each can come to, however far.</summary>
    static HashSet<(E164 From, E164 To)> Reach(SiteCalls calls)
    {
        var reach = new HashSet<(E164 From, E164 To)>();
        foreach (var (place, account) in new[] { (0, Theirs), (1, Ours), (2, Others) })
        {
            var features = calls.Site.Of(account);
            foreach (var (_, to) in features.Destinations)
            {
                if (to is Destination.Forward forward)
                    reach.Add((Some.At(place), forward.Number));
                if (to is Destination.Reception)
                    reach.Add((Some.At(place), features.Reception?.Number ?? Some.At(0)));
            }
        }

        foreach (var (number, settings) in calls.Set)
            reach.UnionWith(settings.Targets().Select(target => (number, target)));
        E164[] all = [.. reach.SelectMany(pair => new[] { pair.From, pair.To }).Distinct()];
        foreach (var over in all)
        {
            foreach (var from in all.Where(from => reach.Contains((from, over))))
                reach.UnionWith(all.Where(to => reach.Contains((over, to))).Select(to => (from, to)));
        }

        return reach;
    }

    static IEnumerable<string> Loops(SiteCalls calls, Id<Account> account, GroupFeatures wanted) =>
        calls.Ways(account, wanted).Where(way => way.Search is PathSearch.Loop).Select(way => way.Field);

    static CallPoint.Called Called(int place) => new CallPoint.Called(Some.At(place));

    static NumberSettings Forwards(int place) => NumberSettings.Default with
    {
        Forwarding = NumberSettings.Default.Forwarding with { Always = new(true, Some.At(place)) },
    };

    static Number NextMainOf(Id<Account> account) =>
        MainOf(account) with { Role = NumberRole.NominatedMain, State = NumberState.Reserved };
}
