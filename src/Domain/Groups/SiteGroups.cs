using System.Collections.Immutable;
using NodaTime;
using Telephony.Domain.Calls;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Settings;

namespace Telephony.Domain.Groups;

/// <summary>All that a main number's answer to a caller may depend on.</summary>
/// <param name="Operator">The account of the operator, whose main number is the reception of who names none.</param>
/// <param name="TimeZone">The site's.</param>
/// <param name="Times">The site's hours and holidays.</param>
/// <param name="State">The site's numbers, and who has which main number.</param>
/// <param name="Features">What is configured; the default for who is not in it.</param>
public sealed record SiteGroups(
    Id<Account> Operator,
    string TimeZone,
    OpeningTimes Times,
    SiteState State,
    ImmutableDictionary<Id<Account>, GroupFeatures> Features)
{
    public GroupFeatures Of(Id<Account> account) => Features.GetValueOrDefault(account, GroupFeatures.Default);

    public bool Rings(Id<Account> account, Member member) => member.Rings(State.Pool.Find(member.Number), account);

    /// <summary>
    /// With the members that it names in the terms that they are in now. A reception that has left is the same as
    /// before when it is named again, and stays silent.
    /// </summary>
    /// <param name="account">Whose main number names them.</param>
    /// <param name="before">What is in force.</param>
    /// <param name="wanted">What is to be configured.</param>
    public GroupFeatures InTerm(Id<Account> account, GroupFeatures before, GroupFeatures wanted) => wanted with
    {
        Reception = wanted.Reception is not { } named ? null
            : before.Reception is { } was && was.Number == named.Number && !Rings(account, InTerm(named)) ? was
            : InTerm(named),
        HuntGroup = wanted.HuntGroup with { Members = [.. wanted.HuntGroup.Members.Select(InTerm)] },
    };

    /// <summary>
    /// As it is at a time: without what is over, and without members that have left for good: one that is being ported
    /// out, or taken out of service, may come back. A reception that has left stays, and is silent: without it calls
    /// would go to the operator's.
    /// </summary>
    public GroupFeatures InForce(Id<Account> account, GroupFeatures features, Instant at) => features with
    {
        Override = features.Override is { } byHand && byHand.HoldsAt(at) ? byHand : null,
        HuntGroup = features.HuntGroup with
        {
            Members = [.. features.HuntGroup.Members.Where(member => IsOf(account, member))],
        },
    };

    /// <summary>Whose main number it is, in service; null for every other number.</summary>
    public Id<Account>? MainOf(E164 number) => State.Pool.Find(number) is
    {
        State: NumberState.Active, Role: NumberRole.Main,
    } found ? found.Account : null;

    /// <summary>Whether it is a number of the site that nobody can reach; one of elsewhere may be.</summary>
    public bool IsOutOfService(E164 number) => State.Pool.Find(number) is { State: not NumberState.Active };

    /// <summary>The account's main number, when it is in service.</summary>
    public E164? MainInService(Id<Account> account) =>
        State.Holding(account).Main is { } main && MainOf(main) == account ? main : null;

    /// <summary>Where an account's callers may be passed on to at any time, and which field says so.</summary>
    public IEnumerable<(string Field, CallPoint To)> Ways(Id<Account> account, GroupFeatures features) =>
        features.Ways(Operator, features.Reception is { } named && Rings(account, named));

    /// <summary>Whose main numbers, or numbers that are yet to become one, it may hand a caller over to.</summary>
    public IEnumerable<Id<Account>> LeadsTo(GroupFeatures features) =>
        features.Ways(Operator, namedRings: false).SelectMany(way => way.To is CallPoint.Called(var number)
            ? State.Pool.Find(number) is { } found ? CallPaths.From(found, NumberSettings.Default) : []
            : [way.To]).OfType<CallPoint.Main>().Select(main => main.Account);

    internal ModeCalendar Calendar(GroupFeatures features) => new(features, Times, TimeZones.Find(TimeZone));

    bool IsOf(Id<Account> account, Member member) => member.IsOf(State.Pool.Find(member.Number), account);

    Member InTerm(Member member) => member with { Term = State.Pool.Find(member.Number)?.Term ?? 0 };
}
