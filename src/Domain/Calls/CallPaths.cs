using System.Collections.Immutable;
using Telephony.Domain.Numbers;
using Telephony.Domain.Settings;

namespace Telephony.Domain.Calls;

/// <summary>
/// Follows calls from number to number, over any number of hops, by what main numbers are configured to do and by how
/// direct numbers are set; it says of which others it has to know that. A number elsewhere is an end.
/// </summary>
public static class CallPaths
{
    /// <summary>
    /// Numbers that are followed from one: many more than people can mean, and as many reads as a request has time for.
    /// </summary>
    public const int NumbersMax = 100;

    /// <param name="start">Where calls come in.</param>
    /// <param name="to">Where they go on to from there, whatever is known of it.</param>
    /// <param name="known">Where they go on to from other points; empty where they end.</param>
    public static PathSearch Follow(
        CallPoint start, IEnumerable<CallPoint> to, IReadOnlyDictionary<CallPoint, ImmutableArray<CallPoint>> known)
    {
        var cameFrom = new Dictionary<CallPoint, CallPoint>();
        var unknown = new List<CallPoint>();
        var next = new Queue<(CallPoint At, IEnumerable<CallPoint> To)>([(start, to)]);
        while (next.TryDequeue(out var from))
        {
            foreach (var point in from.To)
            {
                if (point == start)
                    return new PathSearch.Loop(PathTo(start, from.At, cameFrom));
                if (!cameFrom.TryAdd(point, from.At))
                    continue;
                if (known.TryGetValue(point, out var targets))
                    next.Enqueue((point, targets));
                else
                    unknown.Add(point);
            }
        }

        return cameFrom.Keys.Count(point => point is CallPoint.Called) > NumbersMax ? new PathSearch.TooFar()
            : unknown.Count > 0 ? new PathSearch.Needs([.. unknown])
            : new PathSearch.NoLoop();
    }

    /// <summary>Where calls go on to from a number of the site.</summary>
    /// <param name="found">
    /// As it is. One that is yet to become a main number counts as one: what is wrong afterwards is wrong before.
    /// </param>
    /// <param name="set">How it is set, which counts for a direct number only.</param>
    public static ImmutableArray<CallPoint> From(Number found, NumberSettings set) =>
        found is { IsAllocated: true, Role: NumberRole.Main or NumberRole.NominatedMain, Account: { } account }
            ? [new CallPoint.Main(account)]
            : [.. To(set)];

    public static IEnumerable<CallPoint> To(NumberSettings set) =>
        set.Targets().Select(number => new CallPoint.Called(number));

    static ImmutableArray<CallPoint> PathTo(
        CallPoint start, CallPoint last, Dictionary<CallPoint, CallPoint> cameFrom)
    {
        var path = new List<CallPoint> { start, last };
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

    /// <param name="Path">From the point to itself.</param>
    public sealed record Loop(ImmutableArray<CallPoint> Path) : PathSearch;

    /// <summary>Where calls go on to from these points has to be known first.</summary>
    public sealed record Needs(ImmutableArray<CallPoint> Points) : PathSearch;

    public sealed record TooFar : PathSearch;
}
