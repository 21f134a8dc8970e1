using System.Collections.Immutable;
using Telephony.Domain.Calls;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Settings;

/// <summary>A way on which calls would come back, in words.</summary>
/// <param name="Path">From point to point.</param>
/// <param name="WayOut">What its reader can do.</param>
sealed record LoopWay(string Path, string WayOut);

/// <summary>
/// Says on which way calls would come back. Where others pass theirs on to is not an occupier's to know, nor to change:
/// it reads the numbers that it sees, and the one that it passes calls on to itself.
/// </summary>
/// <param name="queries">What numbers are.</param>
/// <param name="site">Where.</param>
/// <param name="by">Who reads it.</param>
sealed class LoopWords(SiteQueries queries, Site site, Setter by)
{
    const string OfAnother = "a number of another account";
    const string OfTheAccount = "another number of the account";

    /// <summary>What was found out: the ways of many numbers have much in common.</summary>
    readonly Dictionary<E164, (string Word, bool IsTheirs)> known = [];

    /// <param name="path">From a number that the reader sets, to itself.</param>
    /// <param name="ct">Stops between reads.</param>
    public async Task<LoopWay> OfAsync(ImmutableArray<CallPoint> path, CancellationToken ct)
    {
        var (words, allTheirs) = (new List<string>(), true);
        for (var at = 0; at < path.Length; at++)
        {
            // A main number stands there by its digits; whose it is as well is not everybody's to know.
            if (path[at] is CallPoint.Main && path[at - 1] is not CallPoint.Main)
                continue;

            var (word, isTheirs) = path[at] is CallPoint.Called(var number)
                ? await OfAsync(number, ct)
                : Reception((CallPoint.Main)path[at - 1]);
            allTheirs &= isTheirs;
            // Who sets the number knows what it is set to.
            if (at == 1)
                word = $"{path[at]}";
            if (words.LastOrDefault() != word)
                words.Add(word);
        }

        return new(
            string.Join(" → ", words),
            allTheirs
                ? "Choose another number, or change one of those on the way first."
                : "Send the calls elsewhere.");
    }

    /// <summary>That calls go there is known to those whose main number sends them.</summary>
    (string Word, bool IsTheirs) Reception(CallPoint.Main from) => by.OnlyAccount is not { } only
        ? ("the operator's reception", true)
        : (from.Account == only ? "the operator's reception" : OfAnother, false);

    async Task<(string Word, bool IsTheirs)> OfAsync(E164 id, CancellationToken ct)
    {
        if (by.OnlyAccount is null)
            return (id.ToString(), true);
        if (!known.TryGetValue(id, out var found))
            known.Add(id, found = await ReadAsync(id, ct));
        return found;
    }

    async Task<(string Word, bool IsTheirs)> ReadAsync(E164 id, CancellationToken ct) =>
        await queries.NumberAsync(site.Id, id, ct) is not { } number || number.Account != by.OnlyAccount
            ? (OfAnother, false)
        : await by.SeesAsync(queries, site.Id, id, number, ct) ? (id.ToString(), true)
        : (OfTheAccount, false);
}
