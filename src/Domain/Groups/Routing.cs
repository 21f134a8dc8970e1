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
    public static ImmutableArray<RouteChange> Changes(SiteGroups site, Id<Account> account, Instant from, Instant to)
    {
        var moments = Reached(site, account)
            .SelectMany(reached => site.Calendar(site.Of(reached)).Boundaries(from, to))
            .Where(moment => from < moment && moment < to)
            .Append(from)
            .Distinct()
            .Order();
        var changes = ImmutableArray.CreateBuilder<RouteChange>();
        foreach (var moment in moments)
        {
            var route = Route(site, account, moment);
            if (changes.Count == 0 || !changes[^1].Route.Decisions.SequenceEqual(route.Decisions))
                changes.Add(new(moment, route));
        }

        return changes.ToImmutable();
    }

    /// <summary>The account, and all whose main numbers a call to it can come to at any time.</summary>
    public static IReadOnlyCollection<Id<Account>> Reached(SiteGroups site, Id<Account> account)
    {
        var (reached, left) = (new HashSet<Id<Account>> { account }, new Queue<Id<Account>>([account]));
        while (left.TryDequeue(out var next))
        {
            foreach (var (_, to) in site.LeadsTo(site.Of(next)))
            {
                if (reached.Add(to))
                    left.Enqueue(to);
            }
        }

        return reached;
    }
}
