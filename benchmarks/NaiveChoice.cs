using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;

namespace Telephony.Benchmarks;

/// <summary>
/// The rules of choice as they are written down, number by number, for a pool without earmarks: what the chooser must
/// choose as well, and how long it takes without any care.
/// </summary>
sealed class NaiveChoice
{
    readonly List<long> free;
    readonly List<long> mine;
    readonly Dictionary<long, DateTimeOffset> since;
    readonly List<List<long>> runs = [];

    NaiveChoice(SiteState site, Recipient to)
    {
        var all = site.Pool.Blocks.SelectMany(block => Enumerable.Range(0, Block.Size)
            .Where(slot => block[slot] is not null)
            .Select(slot => (block.Id, Slot: slot, block.Id[slot].Digits, Number: block[slot]!))).ToList();
        free =
        [
            .. all.Where(n => n.Number is { State: NumberState.Available, Earmark: null, Kind: NumberKind.Standard }
                && !PremiumNumbers.In(n.Id, site.Rules.PremiumPatterns).Contains(n.Slot)).Select(n => n.Digits),
        ];
        mine = [.. all.Where(n => n.Number.Account == to.Account).Select(n => n.Digits)];
        since = all.ToDictionary(n => n.Digits, n => n.Number.Since ?? DateTimeOffset.MinValue);
        foreach (var number in free)
        {
            if (runs.Count == 0 || runs[^1][^1] + 1 != number)
                runs.Add([]);
            runs[^1].Add(number);
        }
    }

    /// <summary>The numbers, in the order in which they are chosen; none when there is no choice.</summary>
    public static List<long> Choose(SiteState site, Recipient to, int count)
    {
        var choice = new NaiveChoice(site, to);
        if (count > choice.free.Count)
            return [];
        if (site.Rules.Contiguity is Contiguity.Ignore)
            return [.. choice.Best(choice.runs.SelectMany(run => run.Select(n => (run, new List<long> { n }))), count)];
        if (choice.BestRun(count) is { } found)
            return found;
        return site.Rules.Contiguity is Contiguity.Required ? [] : choice.Pieces(count);
    }

    List<long> Pieces(int count)
    {
        var chosen = new List<long>();
        while (true)
        {
            if (BestRun(count - chosen.Count) is { } rest)
                return [.. chosen, .. rest];
            var longest = runs.Where(run => run.Count == runs.Max(other => other.Count));
            var whole = Best(longest.Select(run => (run, run)), 1).ToList();
            chosen.AddRange(whole);
            runs.RemoveAll(run => run[0] == whole[0]);
        }
    }

    List<long>? BestRun(int count)
    {
        var places = runs.Where(run => run.Count >= count)
            .SelectMany(run => new[] { (run, run[..count]), (run, run[^count..]) }).ToList();
        return places.Count == 0 ? null : [.. Best(places, 1)];
    }

    IEnumerable<long> Best(IEnumerable<(List<long> Run, List<long> Numbers)> places, int count) => places
        .OrderBy(place => Class(place.Numbers))
        .ThenBy(place => Distance(place.Numbers))
        .ThenBy(place => place.Run.Count)
        .ThenBy(place => place.Numbers.Max(number => since[number]))
        .ThenBy(place => place.Numbers[0])
        .Take(count)
        .SelectMany(place => place.Numbers);

    int Class(List<long> numbers) =>
        mine.Count == 0 ? 0
        : mine.Any(own => numbers.Any(number => own / 10 == number / 10)) ? 0
        : mine.Any(own => numbers.Any(number => own / 100 == number / 100)) ? 1
        : 2;

    long Distance(List<long> numbers) =>
        mine.Count == 0 ? 0 : mine.Min(own => numbers.Min(number => Math.Abs(own - number)));
}
