using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;

namespace Telephony.Domain.Choice;

/// <summary>
/// Finds the run to take numbers from. Best is what lies nearest to the account's numbers, then what is taken from the
/// shortest run, so that the longest stay whole, then what has rested longest, then the lowest. Only the two ends of a
/// run are looked at: what is taken from its middle is never nearer, and leaves two pieces.
/// </summary>
/// <param name="pool">What the runs are made of.</param>
/// <param name="nearness">What to be near to.</param>
sealed class RunFinder(NumberPool pool, Nearness nearness)
{
    /// <summary>The best <paramref name="count"/> consecutive numbers; null when no run is long enough.</summary>
    public Piece? Best(IEnumerable<FreeRun> runs, int count)
    {
        (Place? best, Place? second) = (null, null);
        foreach (var run in runs)
        {
            if (run.Length < count)
                continue;
            var place = Better(At(run, run.First, count), At(run, run.Last - count + 1, count));
            if (best is not { } leader || Compare(place, leader) is (< 0, _))
                (best, second) = (place, best);
            else if (second is not { } next || Compare(place, next) is (< 0, _))
                second = place;
        }

        return best is { } chosen ? PieceOf(chosen, second ?? OtherEnd(chosen)) : null;
    }

    /// <summary>As few pieces as possible: the longest runs whole, the rest from the best run that holds it.</summary>
    public IEnumerable<Piece> Pieces(IEnumerable<FreeRun> runs, int count)
    {
        var byLength = runs.OrderByDescending(run => run.Length)
            .ThenBy(run => nearness.Of(run.First, run.Last))
            .ThenBy(run => RestedSince(run.First, run.Last))
            .ThenBy(run => run.First)
            .ToList();
        for (var taken = 0; count > 0 && taken < byLength.Count; taken++)
        {
            var longest = byLength[taken];
            if (longest.Length >= count)
            {
                yield return Best(byLength.Skip(taken), count)!;
                yield break;
            }

            yield return new(E164.FromDigits(longest.First), longest.Length, ChoiceRule.LongestPiece);
            count -= longest.Length;
        }
    }

    /// <summary>The best numbers, each for itself: what is next to another that is chosen does not count.</summary>
    public IEnumerable<Piece> Singles(IEnumerable<FreeRun> runs, int count)
    {
        var ordered = runs
            .SelectMany(run => Enumerable.Range(0, run.Length).Select(i => At(run, run.First + i, 1)))
            .Order(Comparer<Place>.Create((a, b) => Compare(a, b).Sign))
            .Take(count + 1)
            .ToList();
        Place? leftOut = ordered.Count > count ? ordered[count] : null;
        return ordered.Take(count).Select(place => PieceOf(place, leftOut));
    }

    Place At(FreeRun run, long first, int count) =>
        new(run, first, count, nearness.Of(first, first + count - 1));

    Place Better(Place low, Place high) => Compare(high, low) is (< 0, _) ? high : low;

    Place? OtherEnd(Place place) =>
        place.Run.Length == place.Count ? null
        : place.First != place.Run.First ? At(place.Run, place.Run.First, place.Count)
        : At(place.Run, place.Run.Last - place.Count + 1, place.Count);

    /// <summary>Which is better, and the first rule that they differ in.</summary>
    (int Sign, ChoiceRule Rule) Compare(Place a, Place b)
    {
        if (a.Near.CompareTo(b.Near) is not 0 and var nearer)
            return (nearer, ChoiceRule.NearExisting);
        if (a.Run.Length.CompareTo(b.Run.Length) is not 0 and var shorter)
            return (shorter, ChoiceRule.BestFit);
        if (RestedSince(a.First, a.Last).CompareTo(RestedSince(b.First, b.Last)) is not 0 and var longer)
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
    DateTimeOffset RestedSince(long first, long last)
    {
        var latest = DateTimeOffset.MinValue;
        for (var hundreds = first / Block.Size; hundreds <= last / Block.Size; hundreds++)
        {
            var block = pool[new(hundreds)]!;
            if (block.Returned.IsEmpty)
                continue;
            var start = hundreds * Block.Size;
            var (from, to) = ((int)Math.Max(first - start, 0), (int)Math.Min(last - start, Block.Size - 1));
            foreach (var slot in block.Returned.Intersect(Slots.Between(from, to)))
                latest = block[slot]!.Since!.Value is var since && since > latest ? since : latest;
        }

        return latest;
    }

    /// <summary>Numbers that could be chosen together, and the run they would be taken from.</summary>
    readonly record struct Place(FreeRun Run, long First, int Count, Near Near)
    {
        public long Last => First + Count - 1;
    }
}
