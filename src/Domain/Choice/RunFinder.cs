using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;

namespace Telephony.Domain.Choice;

/// <summary>
/// Finds the run to take numbers from. Best is what lies nearest to the account's numbers, then what is taken from the
/// shortest run, so that the longest stay whole, then what has rested longest, then the lowest. Only the two ends of a
/// run are looked at: what is taken from its middle is never nearer, and leaves two pieces. Runs come ascending.
/// </summary>
/// <param name="pool">What the runs are made of.</param>
/// <param name="nearness">What to be near to.</param>
sealed class RunFinder(NumberPool pool, Nearness nearness)
{
    static readonly DateTimeOffset NeverUsed = DateTimeOffset.MinValue;

    /// <summary>The best <paramref name="count"/> consecutive numbers; null when no run is long enough.</summary>
    public Piece? Best(IEnumerable<FreeRun> runs, int count)
    {
        (Place? best, Place? second) = (null, null);
        foreach (var run in runs)
        {
            if (run.Length < count)
                continue;
            var place = BetterEnd(run, count);
            if (best is not { } leader || Compare(place, leader) is (< 0, _))
                (best, second) = (place, best);
            else if (second is not { } next || Compare(place, next) is (< 0, _))
                second = place;
            if (second is { } last && IsUnsurpassed(last))
                break;
        }

        return best is { } chosen ? PieceOf(chosen, second ?? OtherEnd(chosen)) : null;
    }

    /// <summary>As few pieces as possible: the longest runs whole, the rest from the best run that holds it.</summary>
    public IEnumerable<Piece> Pieces(IEnumerable<FreeRun> runs, int count)
    {
        var longest = Longest(runs, count);
        foreach (var run in longest.SkipLast(1))
        {
            yield return new(E164.FromDigits(run.First), run.Length, ChoiceRule.LongestPiece);
            count -= run.Length;
        }

        var whole = longest.SkipLast(1).Select(run => run.First).ToHashSet();
        yield return Best(runs.Where(run => !whole.Contains(run.First)), count)!;
    }

    /// <summary>The best numbers, each for itself: what is next to another that is chosen does not count.</summary>
    public IEnumerable<Piece> Singles(IEnumerable<FreeRun> runs, int count)
    {
        // One more than is chosen: the best that is left out says why the others were not.
        var best = new PriorityQueue<Place, Place>(Comparer<Place>.Create((a, b) => Compare(b, a).Sign));
        foreach (var run in runs)
        {
            if (best.Count <= count || !IsBehind(run, best.Peek()))
                Offer(run, best, count + 1);
            if (best.Count > count && IsUnsurpassed(best.Peek()))
                break;
        }

        Place? leftOut = best.Count > count ? best.Dequeue() : null;
        var chosen = new Stack<Place>();
        while (best.TryDequeue(out var worst, out _))
            chosen.Push(worst);
        return chosen.Select(place => PieceOf(place, leftOut));
    }

    /// <summary>The fewest runs that together hold so many, in the order in which they are taken.</summary>
    List<FreeRun> Longest(IEnumerable<FreeRun> runs, int count)
    {
        var shortestFirst = Comparer<FreeRun>.Create((a, b) => CompareWhole(b, a));
        var longest = new PriorityQueue<FreeRun, FreeRun>(shortestFirst);
        var held = 0;
        foreach (var run in runs)
        {
            if (held >= count && CompareWhole(run, longest.Peek()) > 0)
                continue;
            longest.Enqueue(run, run);
            held += run.Length;
            while (held - longest.Peek().Length >= count)
                held -= longest.Dequeue().Length;
        }

        return [.. longest.UnorderedItems.Select(item => item.Element).Order(Comparer<FreeRun>.Create(CompareWhole))];
    }

    int CompareWhole(FreeRun a, FreeRun b)
    {
        if (a.Length != b.Length)
            return b.Length.CompareTo(a.Length);
        var (one, other) = (At(a, a.First, a.Length), At(b, b.First, b.Length));
        return Compare(one, other).Sign;
    }

    /// <summary>Whether every number of the run is less near than this place, or as near and of a longer run.</summary>
    bool IsBehind(FreeRun run, Place place) =>
        Compare(BetterEnd(run, 1), place) is (> 0, ChoiceRule.NearExisting or ChoiceRule.BestFit);

    /// <summary>Offers the numbers of a run that may be among the best so many, and keeps those that are.</summary>
    void Offer(FreeRun run, PriorityQueue<Place, Place> best, int most)
    {
        for (var (offset, neverUsed) = (0, 0); offset < run.Length && neverUsed < most; offset++)
        {
            // Each is less near than its neighbour towards an end of the run.
            if (nearness.Counts && offset == most)
                offset = Math.Max(offset, run.Length - most);
            var place = At(run, run.First + offset, 1);
            if (best.Count < most)
                best.Enqueue(place, place);
            else
                best.EnqueueDequeue(place, place);

            // With nothing to be near to, these are ahead of all that follow.
            if (!nearness.Counts && RestedSince(place) == NeverUsed)
                neverUsed++;
        }
    }

    Place At(FreeRun run, long first, int count) =>
        new(run, first, count, nearness.Of(first, first + count - 1));

    /// <summary>No later run can have a better place: it fits exactly, was never used, and near is nothing.</summary>
    bool IsUnsurpassed(Place place) =>
        !nearness.Counts && place.Run.Whole == place.Count && RestedSince(place) == NeverUsed;

    Place BetterEnd(FreeRun run, int count)
    {
        var low = At(run, run.First, count);
        return OtherEnd(low) is { } high && Compare(high, low) is (< 0, _) ? high : low;
    }

    Place? OtherEnd(Place place) =>
        place.Run.Length == place.Count ? null
        : place.First != place.Run.First ? At(place.Run, place.Run.First, place.Count)
        : At(place.Run, place.Run.Last - place.Count + 1, place.Count);

    /// <summary>Which is better, and the first rule that they differ in.</summary>
    (int Sign, ChoiceRule Rule) Compare(Place a, Place b)
    {
        if (a.Near.CompareTo(b.Near) is not 0 and var nearer)
            return (nearer, ChoiceRule.NearExisting);
        if (a.Run.Whole.CompareTo(b.Run.Whole) is not 0 and var shorter)
            return (shorter, ChoiceRule.BestFit);
        if (RestedSince(a).CompareTo(RestedSince(b)) is not 0 and var longer)
            return (longer, ChoiceRule.LongestRested);
        return (a.First.CompareTo(b.First), ChoiceRule.Lowest);
    }

    Piece PieceOf(Place chosen, Place? next)
    {
        var rule = next is { } other ? Compare(chosen, other).Rule : ChoiceRule.OnlyOne;
        return new(E164.FromDigits(chosen.First), chosen.Count, rule, rule is ChoiceRule.NearExisting
            ? nearness.Anchor(chosen.First, chosen.Last, byClass: chosen.Near.Class != next!.Value.Near.Class)
            : null);
    }

    /// <summary>When the last of them came back into the pool; never used is rested longest.</summary>
    DateTimeOffset RestedSince(Place place)
    {
        var latest = NeverUsed;
        var index = place.Run.BlockIndex + (int)(place.First / Block.Size - place.Run.First / Block.Size);
        for (var left = place.First; left <= place.Last; index++)
        {
            var block = pool.Blocks[index];
            var from = (int)(left % Block.Size);
            var to = (int)Math.Min(from + place.Last - left, Block.Size - 1);
            foreach (var slot in block.Returned.Intersect(Slots.Between(from, to)))
                latest = block[slot]!.Since!.Value is var since && since > latest ? since : latest;
            left += to - from + 1;
        }

        return latest;
    }

    /// <summary>Numbers that could be chosen together, and the run they would be taken from.</summary>
    readonly record struct Place(FreeRun Run, long First, int Count, Near Near)
    {
        public long Last => First + Count - 1;
    }
}
