using System.Collections.Immutable;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Settings;

/// <summary>
/// Follows calls from number to number, over any number of hops, as far as the numbers' settings are known; it says
/// which others it has to know. A number elsewhere is an end.
/// </summary>
public static class CallPaths
{
    /// <summary>
    /// Numbers that are followed from one: many more than people can mean, and as many reads as a request has time for.
    /// </summary>
    public const int NumbersMax = 100;

    /// <param name="start">Where calls come in.</param>
    /// <param name="known">The numbers that each passes calls on to; empty where calls end.</param>
    public static PathSearch Follow(E164 start, IReadOnlyDictionary<E164, ImmutableArray<E164>> known)
    {
        var cameFrom = new Dictionary<E164, E164>();
        var unknown = new List<E164>();
        var next = new Queue<E164>([start]);
        while (next.TryDequeue(out var number))
        {
            if (!known.TryGetValue(number, out var targets))
            {
                unknown.Add(number);
                continue;
            }

            foreach (var target in targets)
            {
                if (target == start)
                    return new PathSearch.Loop(PathTo(start, number, cameFrom));
                if (cameFrom.TryAdd(target, number))
                    next.Enqueue(target);
            }
        }

        return cameFrom.Count > NumbersMax ? new PathSearch.TooFar()
            : unknown.Count > 0 ? new PathSearch.Needs([.. unknown])
            : new PathSearch.NoLoop();
    }

    static ImmutableArray<E164> PathTo(E164 start, E164 last, Dictionary<E164, E164> cameFrom)
    {
        var path = new List<E164> { start, last };
        while (path[^1] != start)
            path.Add(cameFrom[path[^1]]);
        path.Reverse();
        return [.. path];
    }
}

/// <summary>What came of following calls.</summary>
public abstract record PathSearch
{
    PathSearch() { }

    public sealed record NoLoop : PathSearch;

    /// <param name="Path">From the number to itself.</param>
    public sealed record Loop(ImmutableArray<E164> Path) : PathSearch;

    /// <summary>What these numbers do with calls has to be known first.</summary>
    public sealed record Needs(ImmutableArray<E164> Numbers) : PathSearch;

    public sealed record TooFar : PathSearch;
}
