using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using Telephony.Domain.Directory;
using Telephony.Domain.Groups;
using Telephony.Domain.Numbers;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Groups;

/// <summary>
/// A site in London with three accounts: the operator has main number 0, ours 1, others 2. Of ours 10 and 11 are in
/// service, 12 is reserved; 20 is others'.
/// </summary>
static class SomeGroups
{
    public static readonly Id<Account> Operator = Theirs;
    public static readonly Id<Account> Others = Id<Account>.Parse("others");

    /// <summary>A Monday, in hours.</summary>
    public static readonly Instant Monday = At("2026-06-15T10:00Z");
    public static readonly Instant Night = At("2026-06-15T22:00Z");

    public static readonly SiteGroups Site = new(
        Operator, "Europe/London", OpeningTimes.Default,
        SiteOf(
            (0, MainOf(Operator)), (1, MainOf(Ours)), (2, MainOf(Others)), (10, Direct(Ours)), (11, Direct(Ours)),
            (12, Held(new(), Ours)), (20, Direct(Others))),
        ImmutableDictionary<Id<Account>, GroupFeatures>.Empty);

    public static SiteGroups With(this SiteGroups site, Id<Account> account, GroupFeatures features) =>
        site with { Features = site.Features.SetItem(account, features) };

    public static Route Ask(this SiteGroups site, Instant at) => Routing.Route(site, Ours, at);

    public static Destination ForwardTo(int place) => new Destination.Forward(Some.At(place));

    public static GroupFeatures Ring(params IEnumerable<int> places) => new()
    {
        HuntGroup = new([.. places.Select(place => new Member(Some.At(place)))]),
    };

    public static Instant At(string text) =>
        InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm'Z'").Parse(text).Value;

    public static Number Direct(Id<Account> account) => Held(new(), account) with { State = NumberState.Active };

    public static Number MainOf(Id<Account> account) => Direct(account) with { Role = NumberRole.Main };

    public static List<Id<Account>> Numbered(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Id<Account>.Parse($"account-{i}"))];

    /// <summary>Every stop that a call can come to, also at other main numbers.</summary>
    public static IEnumerable<Stop> Stops(this Route route) => Below(route.First);

    static IEnumerable<Stop> Below(Stop stop) => (stop is Stop.Main main ? Below(main.Route.First) : [])
        .Concat(stop.Branches.SelectMany(branch => Below(branch.Then))).Prepend(stop);
}
