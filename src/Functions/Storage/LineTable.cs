using System.Collections.Immutable;
using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;

namespace Telephony.Functions.Storage;

/// <summary>An assignment and the version that it was read at.</summary>
sealed record StoredLine(Line Line, ETag ETag);

/// <summary>Assignments, and the handsets and spaces that they are about, as they were read.</summary>
/// <param name="Places">The handsets and spaces, with all that they stand on.</param>
/// <param name="Lines">By number.</param>
/// <param name="Marks">Versions of the rows that are written and deleted with an assignment, by key.</param>
sealed record LineSnapshot(
    PlaceSnapshot Places, ImmutableDictionary<E164, StoredLine> Lines, ImmutableDictionary<string, ETag> Marks);

/// <summary>To whom and what the numbers of a site are assigned: always read from the table.</summary>
public sealed class LineTable(ITable sites, PlaceTable places)
{
    internal async Task<StoredLine?> FindAsync(Id<Site> site, E164 number, CancellationToken ct) =>
        await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.Line(number), ct) is { } row
            ? new(LineRow.Read(row), row.ETag)
            : null;

    /// <summary>Assignments after the one of the number named, ascending.</summary>
    internal IAsyncEnumerable<StoredLine> AllAsync(Id<Site> site, E164? after, CancellationToken ct) =>
        sites.RangeAsync(
            SiteKeys.Partition(site),
            after is { } last ? SiteKeys.After(SiteKeys.Line(last)) : SiteKeys.LinesFrom,
            SiteKeys.LinesTo, ct: ct).Select(row => new StoredLine(LineRow.Read(row), row.ETag));

    /// <summary>
    /// Assignments of some of these numbers and of others, in one read. Keys sort as text, not as numbers do where some
    /// are longer than others.
    /// </summary>
    internal IAsyncEnumerable<Line> AroundAsync(Id<Site> site, IReadOnlyCollection<E164> numbers, CancellationToken ct)
    {
        var keys = numbers.Select(SiteKeys.Line).Order(StringComparer.Ordinal).ToList();
        return keys.Count == 0 ? AsyncEnumerable.Empty<Line>() : sites
            .RangeAsync(SiteKeys.Partition(site), keys[0], SiteKeys.After(keys[^1]), ct: ct).Select(LineRow.Read);
    }

    /// <summary>Numbers whose time at a shared handset has passed, the longest ago first.</summary>
    internal IAsyncEnumerable<E164> SessionsOverAsync(Id<Site> site, DateTimeOffset now, CancellationToken ct) =>
        sites.RangeAsync(SiteKeys.Partition(site), SiteKeys.SessionsFrom, SiteKeys.SessionsBefore(now.AddTicks(1)),
            ct: ct)
            .Select(row => SiteKeys.SessionNumber(row.RowKey));

    /// <summary>What a change of these numbers and things rests on.</summary>
    /// <param name="site">Where.</param>
    /// <param name="numbers">Numbers that may be assigned already.</param>
    /// <param name="things">Handsets and spaces.</param>
    /// <param name="ct">Stops between reads.</param>
    internal Task<LineSnapshot> LoadAsync(
        Id<Site> site, IReadOnlyCollection<E164> numbers, IReadOnlyCollection<PlaceRef> things, CancellationToken ct) =>
        Rivals.WholeAsync(() => ReadAsync(site, numbers, things, ct), read => IsWhole(read, things));

    /// <summary>
    /// Whether all is there that goes with a line: who ended it after it was read took its marks away, and what it rang
    /// on may be gone.
    /// </summary>
    static bool IsWhole(LineSnapshot read, IEnumerable<PlaceRef> things)
    {
        var lines = read.Lines.Values.Select(stored => stored.Line).ToList();
        var theirs = lines.SelectMany(PlacesOf).ToList();
        return lines.SelectMany(MarksOf).All(read.Marks.ContainsKey)
            && theirs.All(which => read.Places.Places.Find(which) is not null)
            && read.Places.HasUnder(theirs.Union(things));
    }

    async Task<LineSnapshot> ReadAsync(
        Id<Site> site, IReadOnlyCollection<E164> numbers, IReadOnlyCollection<PlaceRef> things, CancellationToken ct)
    {
        var lines = await FindAllAsync(site, numbers, ct);
        var theirs = lines.SelectMany(stored => PlacesOf(stored.Line));
        return new(
            await places.LoadAsync(site, things.Union(theirs).ToHashSet(), ct),
            lines.ToImmutableDictionary(stored => stored.Line.Number),
            await MarksAsync(site, lines, ct));
    }

    /// <summary>Handsets, what they stand on, and the numbers that ring on them.</summary>
    /// <param name="site">Where.</param>
    /// <param name="macs">Which handsets.</param>
    /// <param name="things">What else it is about.</param>
    /// <param name="ct">Stops between reads.</param>
    /// <param name="number">A number that may ring elsewhere, or nowhere.</param>
    internal async Task<LineSnapshot> LoadHandsetsAsync(
        Id<Site> site, IReadOnlyCollection<MacAddress> macs, IEnumerable<PlaceRef> things, CancellationToken ct,
        E164? number = null)
    {
        var handsets = macs.Select(Handset.RefOf).ToList();
        IReadOnlySet<E164> ringing = new HashSet<E164>();
        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            E164[] numbers = number is { } other ? [other, .. ringing.Where(id => id != other)] : [.. ringing];
            var read = await LoadAsync(site, numbers, [.. handsets.Union(things)], ct);
            ringing = RingingOn(read.Places.Places, handsets);
            // Another number may have come to ring there since its line was looked for.
            if (ringing.All(read.Lines.ContainsKey))
                return read;
        }

        throw new SiteBusyException($"The numbers on {string.Join(", ", macs)} changed {Rivals.AttemptsMax} times.");
    }

    static HashSet<E164> RingingOn(SitePlaces places, IEnumerable<PlaceRef> handsets) =>
    [
        .. handsets.Select(places.Find).OfType<Placed>()
            .SelectMany(placed => (E164?[])[placed.Uses.Assigned, placed.Uses.LoggedIn]).OfType<E164>(),
    ];

    /// <summary>What a change writes beside the numbers: the lines, their marks, and what they ring on.</summary>
    internal static IReadOnlyList<RowChange> Rows(LineSnapshot before, LineChange change)
    {
        var site = before.Places.Site;
        List<RowChange> rows = [.. PlaceTable.Rows(before.Places, change.Places)];
        foreach (var (number, after) in change.Lines)
        {
            var was = before.Lines.GetValueOrDefault(number);
            rows.Add((was, after) switch
            {
                (null, { } line) => new RowChange.Insert(LineRow.Write(site, line)),
                ({ } stored, { } line) => new RowChange.Replace(LineRow.Write(site, line, stored.ETag)),
                ({ } stored, null) => new RowChange.Delete(LineRow.Write(site, stored.Line, stored.ETag)),
                _ => throw new ArgumentException($"Nothing changes of {number}.", nameof(change)),
            });
            var (old, now) = (MarksOf(was?.Line).ToHashSet(), MarksOf(after).ToHashSet());
            rows.AddRange(now.Except(old).Select(key => new RowChange.Insert(new(SiteKeys.Partition(site), key))));
            rows.AddRange(old.Except(now).Select(key => new RowChange.Delete(
                new(SiteKeys.Partition(site), key) { ETag = before.Marks[key] })));
        }

        return rows;
    }

    async Task<List<StoredLine>> FindAllAsync(
        Id<Site> site, IReadOnlyCollection<E164> numbers, CancellationToken ct) =>
        [.. (await Task.WhenAll(numbers.Select(number => FindAsync(site, number, ct)))).OfType<StoredLine>()];

    async Task<ImmutableDictionary<string, ETag>> MarksAsync(
        Id<Site> site, IEnumerable<StoredLine> lines, CancellationToken ct)
    {
        var marks = lines.SelectMany(stored => MarksOf(stored.Line)).ToList();
        var rows = await Task.WhenAll(marks.Select(key => sites.FindAsync(SiteKeys.Partition(site), key, ct)));
        return rows.OfType<TableEntity>().ToImmutableDictionary(row => row.RowKey, row => row.ETag);
    }

    /// <summary>Rows that say where to look: which numbers a user has, and who is to be logged out when.</summary>
    static IEnumerable<string> MarksOf(Line? line)
    {
        if (line?.User is { } user)
            yield return SiteKeys.UserNumber(user, line.Number);
        if (line?.Session is { } session)
            yield return SiteKeys.Session(session.Until, line.Number);
    }

    static IEnumerable<PlaceRef> PlacesOf(Line line)
    {
        if (line.Handset is { } handset)
            yield return Handset.RefOf(handset);
        if (line.Session is { } session)
            yield return Handset.RefOf(session.Handset);
        if (line.Space is { } space)
            yield return Space.RefOf(space);
    }
}
