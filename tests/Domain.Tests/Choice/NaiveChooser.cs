using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;

namespace Telephony.Domain.Tests.Choice;

/// <summary>
/// How numbers are chosen, as the decision record says it: every number of every place, looked at one by one.
/// </summary>
sealed class NaiveChooser(SiteState site, Recipient to)
{
    readonly SiteRules rules = site.Rules;
    readonly SortedDictionary<E164, Number> pool = new(site.Pool.All());

    List<E164> Earmarked => [.. pool.Keys.Where(at => IsFree(at) && pool[at].Earmark == to.Account)];

    List<E164> Unearmarked => [.. pool.Keys.Where(at =>
        IsFree(at) && pool[at] is { Earmark: null, Kind: NumberKind.Standard }
        && !IsPremium(at, rules.PremiumPatterns))];

    List<E164> Had => rules.NearExisting ? [.. pool.Keys.Where(at => pool[at].Account == to.Account)] : [];

    int Has => pool.Values.Count(number => number.Account == to.Account && number.Role is NumberRole.Direct);

    public static bool IsPremium(E164 number, PremiumPatterns patterns)
    {
        var ending = number.ToString()[^4..];
        return (patterns.Repeats && ending.Distinct().Count() == 1)
            || (patterns.Steps && ("0123456789".Contains(ending) || "9876543210".Contains(ending)))
            || (patterns.Mirrors && ending.SequenceEqual(ending.Reverse()));
    }

    public ChoiceDecision Choose(int wanted)
    {
        var (earmarked, unearmarked) = (Earmarked, Unearmarked);
        var kept = to.IsOperator ? 0 : rules.KeepForOperator;
        var takeable = Math.Max(0, unearmarked.Count - kept);
        var room = rules.MaxPerAccount is { } max
            ? Math.Max(0, max - Has)
            : int.MaxValue;

        var choosable = earmarked.Count + takeable;
        var n = Math.Min(wanted, Math.Min(room, choosable));
        Refusal? missing = n == wanted ? null
            : room <= choosable ? new Refusal.AccountFull(rules.MaxPerAccount!.Value, Has, wanted)
            : new Refusal.PoolExhausted(wanted, choosable, kept);
        if (missing is not null && (rules.AllOrNothing || n == 0))
            return new ChoiceDecision.Refused(missing);

        return Which(n, earmarked, unearmarked, takeable) is { } pieces
            ? new ChoiceDecision.Chosen([.. pieces], missing)
            : new ChoiceDecision.Refused(new Refusal.NoRun(
                n, LongestRun([.. earmarked.Concat(unearmarked).Order()], takeable)));
    }

    public Piece? ChooseMain()
    {
        var nominated = pool.Keys.Where(at =>
            pool[at] is { State: NumberState.Available, Role: NumberRole.NominatedMain }).ToList();
        List<E164> kept = [.. nominated.Where(at => pool[at].Earmark == to.Account)];
        List<E164> others = [.. nominated.Where(at => pool[at] is { Earmark: null, Kind: NumberKind.Standard })];
        var best = Singles(kept.Count > 0 ? kept : others).FirstOrDefault();
        return best is null ? null : new(best.First, 1, ChoiceRule.NominatedMain);
    }

    List<Piece>? Which(int n, List<E164> earmarked, List<E164> unearmarked, int takeable)
    {
        if (n == 0)
            return [];

        if (rules.Contiguity is not Contiguity.Ignore)
        {
            if (BestOf(Ends(earmarked, n)) is { } own)
                return [new(own.First, n, ChoiceRule.Earmarked)];
            var allowed = Allowed([.. earmarked.Concat(unearmarked).Order()], n, takeable);
            if (BestOf(allowed) is { } run)
                return [Explained(run, allowed)];
            if (rules.Contiguity is Contiguity.Required)
                return null;
        }

        var ofEarmarked = Math.Min(n, earmarked.Count);
        return
        [
            .. Several(earmarked, ofEarmarked)
                .Select(piece => piece with { Rule = ChoiceRule.Earmarked, Anchor = null }),
            .. Several(unearmarked, n - ofEarmarked),
        ];
    }

    List<Piece> Several(List<E164> from, int n) =>
        n == 0 ? [] : rules.Contiguity is Contiguity.Ignore ? EachForItself(from, n) : FewestPieces(from, n);

    List<Piece> FewestPieces(List<E164> from, int n)
    {
        var pieces = new List<Piece>();
        for (var left = n; left > 0; left = n - pieces.Sum(piece => piece.Count))
        {
            var rest = from.Where(at => !pieces.Any(piece => piece.Contains(at))).ToList();
            var ends = Ends(rest, left);
            if (BestOf(ends) is { } place)
            {
                pieces.Add(Explained(place, ends));
                continue;
            }

            var longest = BestOf([.. Runs(rest).Select(Whole)])!;
            pieces.Add(new(longest.First, longest.Count, ChoiceRule.LongestPiece));
        }

        return pieces;
    }

    List<Piece> EachForItself(List<E164> from, int n)
    {
        var singles = Singles(from);
        var leftOut = singles.Skip(n).FirstOrDefault();
        return [.. singles.Take(n).Select(place => Reasoned(place, leftOut))];
    }

    /// <summary>How many in a row the account could have had.</summary>
    int LongestRun(List<E164> all, int takeable) =>
        Enumerable.Range(0, all.Count + 1).Last(n => n == 0 || Allowed(all, n, takeable).Count > 0);

    // ---- places

    /// <summary>Consecutive numbers that may be chosen; the smaller of the first marks that differ is better.</summary>
    sealed record Place(E164 First, int Count, E164 Run, (ChoiceRule Rule, long Mark)[] Marks);

    List<List<E164>> Runs(List<E164> from)
    {
        var runs = new List<List<E164>>();
        foreach (var at in from)
        {
            if (runs.Count > 0 && runs[^1][^1] is var before
                && before.Digits + 1 == at.Digits && before.ToString().Length == at.ToString().Length)
            {
                runs[^1].Add(at);
            }
            else
            {
                runs.Add([at]);
            }
        }

        return runs;
    }

    List<Place> Ends(List<E164> from, int n) =>
    [
        .. from run in Runs(@from)
           where run.Count >= n
           from start in new[] { 0, run.Count - n }.Distinct()
           select PlaceIn(run, start, n),
    ];

    /// <summary>Of each run the lowest and the highest place with no more than so many unearmarked numbers.</summary>
    List<Place> Allowed(List<E164> from, int n, int takeable) => n <= takeable ? Ends(from, n) :
    [
        .. from run in Runs(@from)
           let starts = Enumerable.Range(0, Math.Max(0, run.Count - n + 1)).Where(start =>
               run[start..(start + n)].Count(at => pool[at].Earmark is null) <= takeable).ToList()
           where starts.Count > 0
           from start in new[] { starts[0], starts[^1] }.Distinct()
           select PlaceIn(run, start, n),
    ];

    List<Place> Singles(List<E164> from) => Sorted(
        from run in Runs(@from)
        from start in Enumerable.Range(0, run.Count)
        select PlaceIn(run, start, 1));

    Place PlaceIn(List<E164> run, int start, int n) => new(run[start], n, run[0],
        [.. Nearness(run[start..(start + n)]), (ChoiceRule.BestFit, run.Count), .. Rest(run[start..(start + n)])]);

    Place Whole(List<E164> run) =>
        new(run[0], run.Count, run[0], [(ChoiceRule.LongestPiece, -run.Count), .. Nearness(run), .. Rest(run)]);

    IEnumerable<(ChoiceRule, long)> Nearness(List<E164> place)
    {
        var had = Had;
        if (had.Count == 0)
            yield break;

        yield return (ChoiceRule.NearExisting, place.Any(at => had.Any(own => Shares(at, own, 10))) ? 0 : 1);
        yield return (ChoiceRule.NearExisting, place.Any(at => had.Any(own => Shares(at, own, 100))) ? 0 : 1);
        yield return (ChoiceRule.NearExisting, place.Min(at => had.Min(own => Math.Abs(at.Digits - own.Digits))));
    }

    IEnumerable<(ChoiceRule, long)> Rest(List<E164> place) =>
    [
        (ChoiceRule.LongestRested, place.Max(at => pool[at].Since?.UtcTicks ?? 0)),
        (ChoiceRule.Lowest, place[0].Digits),
    ];

    static bool Shares(E164 one, E164 other, int size) => one.Digits / size == other.Digits / size;

    // ---- order and reasons

    static List<Place> Sorted(IEnumerable<Place> places) => [.. places.Order(Comparer<Place>.Create((one, other) =>
        one.Marks.Zip(other.Marks, (a, b) => a.Mark.CompareTo(b.Mark)).FirstOrDefault(sign => sign != 0)))];

    static Place? BestOf(List<Place> places) => Sorted(places).FirstOrDefault();

    Piece Explained(Place chosen, List<Place> places)
    {
        var others = places.Where(place => place.Run != chosen.Run).ToList();
        var rivals = others.Count > 0 ? others : [.. places.Where(place => place.First != chosen.First)];
        return Reasoned(chosen, BestOf(rivals));
    }

    Piece Reasoned(Place chosen, Place? rival)
    {
        if (rival is null)
            return new(chosen.First, chosen.Count, ChoiceRule.OnlyOne);

        var first = Enumerable.Range(0, chosen.Marks.Length).First(i => chosen.Marks[i].Mark != rival.Marks[i].Mark);
        var rule = chosen.Marks[first].Rule;
        return new(chosen.First, chosen.Count, rule, rule is ChoiceRule.NearExisting ? Anchor(chosen, first) : null);
    }

    /// <summary>
    /// The nearest of those in the block that decided. Where distance did, of those in the hundred, or of all.
    /// </summary>
    E164 Anchor(Place chosen, int decided)
    {
        var place = Enumerable.Range(0, chosen.Count).Select(i => E164.FromDigits(chosen.First.Digits + i)).ToList();
        var inBlock = Had.Where(own => place.Any(at => Shares(at, own, decided == 0 ? 10 : 100))).ToList();
        return (inBlock.Count > 0 ? inBlock : Had)
            .OrderBy(own => place.Min(at => Math.Abs(at.Digits - own.Digits))).ThenBy(own => own).First();
    }

    bool IsFree(E164 at) => pool[at] is { State: NumberState.Available, Role: NumberRole.Direct };
}
