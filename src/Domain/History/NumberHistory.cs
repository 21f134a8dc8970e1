using System.Collections.Immutable;
using Telephony.Domain.Directory;

namespace Telephony.Domain.History;

/// <summary>How long an account had a number, its hold included.</summary>
/// <param name="Account">Whose it was.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when; null while it still is.</param>
public sealed record Period(Id<Account> Account, DateTimeOffset From, DateTimeOffset? Until);

/// <summary>How long a number stayed as a change had made it.</summary>
/// <param name="Entry">The change.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until the next change; null while there is none.</param>
/// <param name="Period">The period of an account that it is a part of; null when nobody had the number.</param>
public sealed record HistorySpan(HistoryEntry Entry, DateTimeOffset From, DateTimeOffset? Until, Period? Period);

/// <summary>
/// The whole life of one number at a site, change by change: who had it at any time, in which state, since when and
/// until when.
/// </summary>
public sealed class NumberHistory
{
    NumberHistory(ImmutableArray<HistorySpan> spans) => Spans = spans;

    /// <summary>Oldest first; each lasts until the next one begins.</summary>
    public ImmutableArray<HistorySpan> Spans { get; }

    /// <summary>Whether no change is missing between the first one that is known and the last.</summary>
    public bool IsWhole => Spans.Zip(Spans.Skip(1)).All(pair =>
        pair.Second.Entry.Version == pair.First.Entry.Version + 1);

    /// <param name="entries">In any order; one that is met twice counts once.</param>
    /// <param name="now">A hold that has ended by then is none, written down or not.</param>
    public static NumberHistory Of(IEnumerable<HistoryEntry> entries, DateTimeOffset now)
    {
        var changes = WithLapses(entries, now).ToImmutableArray();
        var froms = new DateTimeOffset[changes.Length];
        for (var i = 0; i < changes.Length; i++)
        {
            // A change that was asked for earlier may be made later: the order is that of the versions.
            froms[i] = i > 0 && froms[i - 1] > changes[i].At ? froms[i - 1] : changes[i].At;
        }

        var spans = new HistorySpan[changes.Length];
        Period? next = null;
        for (var i = changes.Length - 1; i >= 0; i--)
        {
            DateTimeOffset? until = i + 1 < changes.Length ? froms[i + 1] : null;
            var first = i;
            while (first > 0 && changes[first - 1].Holder == changes[i].Holder)
                first--;
            next = changes[i].Holder is not { } holder ? null
                : next?.Account == holder ? next
                : new(holder, froms[first], until);
            spans[i] = new(changes[i], froms[i], until, next);
        }

        return new([.. spans]);
    }

    /// <summary>How it was at a time; null before it was there.</summary>
    public HistorySpan? At(DateTimeOffset time)
    {
        var (low, high) = (0, Spans.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Spans[middle].From <= time ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? null : Spans[low - 1];
    }

    /// <summary>All that it was between two times, the first one included: what was so then, and what began.</summary>
    public IEnumerable<HistorySpan> Between(DateTimeOffset from, DateTimeOffset to) => Spans.Where(span =>
        span.From < to && (span.Until is not { } until || until > from || span.From >= from));

    static IEnumerable<HistoryEntry> WithLapses(IEnumerable<HistoryEntry> entries, DateTimeOffset now)
    {
        HistoryEntry? last = null;
        foreach (var entry in entries
            .DistinctBy(entry => (entry.Way.Generation, entry.Version))
            .OrderBy(entry => (entry.Way.Generation, entry.Version)))
        {
            if (last is not null && entry.Version > last.Version + 1 && last.Lapsed(entry.At) is { } lapse)
                yield return lapse;
            yield return last = entry;
        }

        if (last?.Lapsed(now) is { } unwritten)
            yield return unwritten;
    }
}
