using System.Collections.Immutable;
using NodaTime;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Groups;

/// <summary>What a caller of an account's main number meets.</summary>
/// <param name="Account">Whose main number it is.</param>
/// <param name="Decision">The mode it is in, and why.</param>
/// <param name="Greeting">What the caller hears; null for the platform's own words.</param>
/// <param name="First">Where the call goes first.</param>
public sealed record Route(Id<Account> Account, ModeDecision Decision, string? Greeting, Stop First)
{
    /// <summary>
    /// Of every main number that the call can come to. While numbers and configurations stay, two routes with the same
    /// decisions are the same.
    /// </summary>
    public IEnumerable<(Id<Account> Account, ModeDecision Decision)> Decisions =>
        Met(new(ReferenceEqualityComparer.Instance)).DistinctBy(route => route.Account)
            .Select(route => (route.Account, route.Decision));

    /// <summary>
    /// The route and all that it hands over to, each once. An account has one for each number of hops that lead to it:
    /// one that is far goes no further.
    /// </summary>
    IEnumerable<Route> Met(HashSet<Route> seen) => seen.Add(this)
        ? First.Mains.SelectMany(main => main.Met(seen)).Prepend(this)
        : [];
}

/// <summary>A route, and from when on it is the answer.</summary>
public sealed record RouteChange(Instant From, Route Route);

/// <summary>How a call can fail to be taken.</summary>
public enum Failure
{
    NotAnswered,
    Busy,
    Unreachable,
}

/// <summary>Where a call goes that was not taken.</summary>
/// <param name="When">What happened to it.</param>
/// <param name="AfterSeconds">For how long it rang; 0 where it did not.</param>
/// <param name="Then">Where it goes.</param>
public sealed record Branch(Failure When, int AfterSeconds, Stop Then);

/// <summary>Why nothing rings.</summary>
public enum Silence
{
    /// <summary>None of the group's members is in service.</summary>
    NobodyInGroup,

    /// <summary>The number that is named as the reception is not in service.</summary>
    ReceptionNotInService,

    /// <summary>No number is named as the reception, and the operator has no main number in service.</summary>
    NoReception,

    /// <summary>Calls are passed on to a number of the site that is not in service.</summary>
    ForwardNotInService,
}

/// <summary>Why a call ends without anybody or anything taking it.</summary>
public enum CallEnd
{
    /// <summary>What is to happen then was tried before.</summary>
    NothingLeft,

    /// <summary>It would come back to a main number that it came through.</summary>
    Loop,

    /// <summary>It went on from one main number to the next as often as it may.</summary>
    TooFar,
}

/// <summary>A place that a call comes to; the branches say what follows when nobody takes it there.</summary>
public abstract record Stop
{
    Stop() { }

    public virtual ImmutableArray<Branch> Branches => [];

    /// <summary>The routes of the main numbers that it, or what follows it, hands the call to.</summary>
    internal virtual IEnumerable<Route> Mains => Branches.SelectMany(branch => branch.Then.Mains);

    /// <param name="Settings">How the group rings.</param>
    /// <param name="Ringing">Those of its members that are in service.</param>
    /// <param name="Branches">What follows.</param>
    public sealed record Group(HuntGroup Settings, ImmutableArray<Member> Ringing, ImmutableArray<Branch> Branches)
        : Stop
    {
        public override ImmutableArray<Branch> Branches { get; } = Branches;
    }

    /// <param name="To">The number that rings.</param>
    /// <param name="IsReception">Whether it is the reception; else the call is forwarded.</param>
    /// <param name="Branches">What follows.</param>
    public sealed record Number(E164 To, bool IsReception, ImmutableArray<Branch> Branches) : Stop
    {
        public override ImmutableArray<Branch> Branches { get; } = Branches;
    }

    /// <summary>Another main number of the site takes the call over, so what follows is its.</summary>
    public sealed record Main(E164 Called, bool IsReception, Route Route) : Stop
    {
        internal override IEnumerable<Route> Mains => [Route];
    }

    /// <summary>Nothing rings, so what is set for unreachable follows at once.</summary>
    public sealed record Silent(Silence Why, ImmutableArray<Branch> Branches) : Stop
    {
        public override ImmutableArray<Branch> Branches { get; } = Branches;
    }

    /// <param name="MailTo">Where the message is sent; null when it is not.</param>
    public sealed record Voicemail(string? MailTo) : Stop;

    public sealed record Announcement : Stop;

    public sealed record End(CallEnd Why) : Stop;
}
