using System.Collections.Immutable;
using Telephony.Domain.Directory;

namespace Telephony.Domain.Groups;

/// <summary>Looks for the way that a call would take back to where it came from, over any number of hops.</summary>
static class LoopSearch
{
    /// <summary>The main numbers on the shortest way, both ends included; null when none leads there.</summary>
    public static ImmutableArray<Id<Account>>? PathBack(SiteGroups site, Id<Account> from, Id<Account> to)
    {
        var cameFrom = new Dictionary<Id<Account>, Id<Account>?> { [from] = null };
        var left = new Queue<Id<Account>>([from]);
        while (left.TryDequeue(out var at))
        {
            if (at == to)
                return Walked(cameFrom, at);
            foreach (var (_, next) in site.LeadsTo(site.Of(at)))
            {
                if (cameFrom.TryAdd(next, at))
                    left.Enqueue(next);
            }
        }

        return null;
    }

    static ImmutableArray<Id<Account>> Walked(Dictionary<Id<Account>, Id<Account>?> cameFrom, Id<Account> end)
    {
        var path = new Stack<Id<Account>>();
        for (Id<Account>? at = end; at is { } account; at = cameFrom[account])
            path.Push(account);
        return [.. path];
    }
}
