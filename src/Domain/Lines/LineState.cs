using System.Collections.Immutable;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;

namespace Telephony.Domain.Lines;

/// <summary>All that a decision about assignments may depend on.</summary>
/// <param name="Site">Where: its address and country.</param>
/// <param name="Numbers">Its numbers.</param>
/// <param name="Places">The handsets and spaces that it is about, with the ports and spaces that they stand on.</param>
/// <param name="Lines">The assignments that it is about, and those on those handsets.</param>
public sealed record LineState(
    Site Site, SiteState Numbers, SitePlaces Places, ImmutableDictionary<E164, Line> Lines)
{
    /// <summary>Whose each user is, of those that it is about; who is not there is no user of the operator.</summary>
    public ImmutableDictionary<Id<User>, Id<Account>> Users { get; init; } =
        ImmutableDictionary<Id<User>, Id<Account>>.Empty;

    /// <summary>The only account whose numbers and spaces may be touched; null for any.</summary>
    public Id<Account>? Only { get; init; }

    /// <summary>Whether whoever asks may touch what is this account's.</summary>
    public bool MayTouch(Id<Account>? account) => Only is not { } only || account == only;
}

/// <summary>What one transaction writes.</summary>
/// <param name="Numbers">Of the pool: that numbers are assigned, and what is told of them.</param>
/// <param name="Places">The handsets and spaces as they are afterwards.</param>
/// <param name="Lines">The assignments that changed, as they are afterwards; null where there is none any more.</param>
public sealed record LineChange(
    SiteChange Numbers, SitePlaces Places, ImmutableSortedDictionary<E164, Line?> Lines)
{
    /// <summary>What was in the way of those that were left out, where others went in.</summary>
    public ImmutableArray<Refusal> LeftOut { get; init; } = [];
}

/// <summary>What a request came to: a change, or the facts in its way.</summary>
public abstract record LineDecision
{
    LineDecision() { }

    public sealed record Accepted(LineChange Change) : LineDecision;

    public sealed record Refused(ImmutableArray<Refusal> Refusals) : LineDecision;
}
