using System.Collections.Immutable;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Pool;

/// <summary>What is told of one number, as long as it is the version that was seen.</summary>
/// <param name="Number">Which one.</param>
/// <param name="Version">As it was when that was decided.</param>
/// <param name="What">What happened; null for nothing: it already was as asked.</param>
public sealed record Amendment(E164 Number, int Version, Happening? What);

/// <summary>Something else about numbers in service, to each its own; all or none.</summary>
/// <param name="Numbers">What of each.</param>
/// <param name="OtherRows">Rows that say it, beside the numbers.</param>
/// <param name="HasMore">Whether another part has to follow.</param>
public sealed record AmendEach(ImmutableArray<Amendment> Numbers, int OtherRows, bool HasMore = false);

public static partial class PoolDecider
{
    /// <summary>Who decided on numbers that have changed since has to look at them again.</summary>
    public static PoolDecision Decide(SiteState site, AmendEach command)
    {
        if (NotManaged(site) is { } refused)
            return refused;

        ImmutableArray<Refusal> moved =
        [
            .. command.Numbers.Where(amendment => site.Pool.Find(amendment.Number)?.Version != amendment.Version)
                .Select(amendment => new Refusal.OfNumber(amendment.Number, NumberRefusal.ChangedSince)),
        ];
        if (!moved.IsEmpty)
            return new PoolDecision.Refused(moved);

        var draft = new Draft(site);
        foreach (var (number, _, what) in command.Numbers)
        {
            if (what is null)
                draft.Leave(number);
            else
                draft.Amend(number, what);
        }

        return Bounded(draft, command.OtherRows, command.HasMore);
    }
}
