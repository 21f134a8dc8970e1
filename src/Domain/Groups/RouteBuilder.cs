using System.Collections.Immutable;
using NodaTime;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Groups;

/// <summary>Follows a call from one stop to the next until every path has ended.</summary>
/// <remarks>
/// Each of the three failures sends a call on once on its way through a main number, so a path has at most four stops
/// there; and it comes to <see cref="Routing.HopsMax"/> more main numbers at most. Several paths hand over to the same
/// one: what follows there is built once, as it does not depend on how the call failed before.
/// </remarks>
sealed class RouteBuilder
{
    static readonly ImmutableArray<Failure> Failures = [Failure.NotAnswered, Failure.Busy, Failure.Unreachable];
    static readonly Stop Ended = new Stop.End(CallEnd.NothingLeft);

    readonly SiteGroups site;
    readonly Id<Account> account;
    readonly GroupFeatures features;
    readonly Instant at;
    readonly ImmutableStack<Id<Account>> passed;
    readonly int hops;
    readonly Dictionary<Id<Account>, Route> handedOver = [];
    ImmutableArray<Member>? ringing;

    RouteBuilder(SiteGroups site, Id<Account> account, Instant at, ImmutableStack<Id<Account>> before, int hops)
    {
        (this.site, this.account, this.at, this.hops) = (site, account, at, hops);
        (features, passed) = (site.Of(account), before.Push(account));
    }

    public static Route Build(
        SiteGroups site, Id<Account> account, Instant at, ImmutableStack<Id<Account>> passed, int hops = 0) =>
        new RouteBuilder(site, account, at, passed, hops).Build();

    Route Build()
    {
        var decision = site.Calendar(features).At(at);
        return new(
            account, decision, features.GreetingFor(decision.Mode), StopAt(features.For(decision.Mode), Failures));
    }

    /// <param name="destination">Where the call goes.</param>
    /// <param name="left">The failures that have not sent it on yet.</param>
    Stop StopAt(Destination destination, ImmutableArray<Failure> left) => destination switch
    {
        Destination.HuntGroup => Group(left),
        Destination.Reception => Reception(left),
        Destination.Forward(var number) => site.MainOf(number) is { } to
            ? HandOver(to, number, isReception: false)
            : site.IsOutOfService(number) ? Silent(Silence.ForwardNotInService, left)
            : new Stop.Number(number, false, Branches(features.NotAnsweredSeconds, left)),
        Destination.Voicemail =>
            new Stop.Voicemail(features.Voicemail.SendsMail ? features.Voicemail.ToEmail : null),
        Destination.Announcement => new Stop.Announcement(),
        _ => throw new InvalidOperationException($"No stop for {destination}."),
    };

    Stop Group(ImmutableArray<Failure> left)
    {
        var group = features.HuntGroup;
        var members = ringing ??= [.. group.Members.Where(member => site.Rings(account, member))];
        return members.IsEmpty
            ? Silent(Silence.NobodyInGroup, left)
            : new Stop.Group(
                group, members, Branches(Math.Min(group.MaxSeconds, features.NotAnsweredSeconds), left));
    }

    Stop Reception(ImmutableArray<Failure> left)
    {
        if (features.Reception is { } named)
        {
            return site.Rings(account, named)
                ? new Stop.Number(named.Number, true, Branches(features.NotAnsweredSeconds, left))
                : Silent(Silence.ReceptionNotInService, left);
        }

        return site.MainInService(site.Operator) is { } main
            ? HandOver(site.Operator, main, isReception: true)
            : Silent(Silence.NoReception, left);
    }

    Stop HandOver(Id<Account> to, E164 called, bool isReception) =>
        passed.Contains(to) ? new Stop.End(CallEnd.Loop)
        : hops == Routing.HopsMax ? new Stop.End(CallEnd.TooFar)
        : new Stop.Main(called, isReception, RouteOf(to));

    Route RouteOf(Id<Account> to) => handedOver.TryGetValue(to, out var route)
        ? route
        : handedOver[to] = Build(site, to, at, passed, hops + 1);

    Stop.Silent Silent(Silence why, ImmutableArray<Failure> left) =>
        new(why, [BranchAt(Failure.Unreachable, 0, left)]);

    ImmutableArray<Branch> Branches(int seconds, ImmutableArray<Failure> left) =>
    [
        BranchAt(Failure.NotAnswered, seconds, left),
        BranchAt(Failure.Busy, 0, left),
        BranchAt(Failure.Unreachable, 0, left),
    ];

    Branch BranchAt(Failure failure, int seconds, ImmutableArray<Failure> left) => new(
        failure, seconds, left.Contains(failure) ? StopAt(After(failure), left.Remove(failure)) : Ended);

    Destination After(Failure failure) => failure switch
    {
        Failure.NotAnswered => features.IfNotAnswered,
        Failure.Busy => features.IfBusy,
        _ => features.IfUnreachable,
    };
}
