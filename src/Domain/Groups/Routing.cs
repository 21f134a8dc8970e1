using System.Collections.Immutable;
using NodaTime;
using Telephony.Domain.Directory;

namespace Telephony.Domain.Groups;

/// <summary>What a caller meets, at a moment or over a time.</summary>
public static class Routing
{
    /// <summary>How often a call goes on from one main number of the site to the next.</summary>
    public const int HopsMax = 5;

    /// <summary>What a caller of the account's main number meets at that moment.</summary>
    public static Route Route(SiteGroups site, Id<Account> account, Instant at) =>
        RouteBuilder.Build(site, account, at, []);

    /// <summary>
    /// What callers meet over a time: the first from its start, each later one from the moment that it differs from the
    /// one before.
    /// </summary>
    /// <param name="site">Where.</param>
    /// <param name="account">Whose main number.</param>
    /// <param name="from">The start.</param>
    /// <param name="to">The end, not included.</param>
    /// <param name="only">The one account whose changes count; null for those of all that a call can come to.</param>
    public static ImmutableArray<RouteChange> Changes(
        SiteGroups site, Id<Account> account, Instant from, Instant to, Id<Account>? only = null)
    {
        var moments = Reached(site, account).Where(Counts)
            .SelectMany(reached => site.Calendar(site.Of(reached)).Boundaries(from, to))
            .Where(moment => from < moment && moment < to)
            .Append(from)
            .Distinct()
            .Order();
        var (changes, last) = (ImmutableArray.CreateBuilder<RouteChange>(), default(List<(Id<Account>, ModeDecision)>));
        foreach (var moment in moments)
        {
            var route = Route(site, account, moment);
            var decisions = route.Decisions.Where(decided => Counts(decided.Account)).ToList();
            if (last?.SequenceEqual(decisions) == true)
                continue;
            changes.Add(new(moment, route));
            last = decisions;
        }

        return changes.ToImmutable();

        bool Counts(Id<Account> reached) => only is not { } one || reached == one;
    }

    /// <summary>The account, and all whose main numbers a call to it can come to at any time.</summary>
    public static IReadOnlyCollection<Id<Account>> Reached(SiteGroups site, Id<Account> account)
    {
        var (reached, last) = (new HashSet<Id<Account>> { account }, new List<Id<Account>> { account });
        for (var hop = 1; hop <= HopsMax && last.Count > 0; hop++)
            last = [.. last.SelectMany(at => site.LeadsTo(site.Of(at))).Where(reached.Add)];
        return reached;
    }
}
