using System.Collections.Immutable;
using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Places;

namespace Telephony.Functions.Storage;

/// <summary>A thing of a site and the version that it was read at.</summary>
sealed record StoredPlace(Placed Placed, ETag ETag);

/// <summary>Things of a site as they were read, and their versions; none for those that were not there.</summary>
sealed record PlaceSnapshot(
    Id<Site> Site, SitePlaces Places, ImmutableDictionary<PlaceRef, ETag> ETags, ETag? CountsETag)
{
    public StoredPlace? Find(PlaceRef which) =>
        Places.Find(which) is { } placed ? new(placed, ETags[which]) : null;

    /// <summary>Whether all is there that these stand on.</summary>
    public bool HasUnder(IEnumerable<PlaceRef> which) =>
        which.Select(Places.Find).OfType<Placed>().SelectMany(placed => placed.Item.Links)
            .All(link => Places.Find(link.To) is not null);
}

/// <summary>The spaces, switches, ports and handsets of sites: always read from the table.</summary>
public sealed class PlaceTable(ITable sites)
{
    internal async Task<StoredPlace?> FindAsync(Id<Site> site, PlaceRef which, CancellationToken ct) =>
        await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.Place(which), ct) is { } row
            ? new(PlaceRow.Read(which.Kind, row), row.ETag)
            : null;

    /// <summary>Things of one kind after the one named, in the order of their ids.</summary>
    internal IAsyncEnumerable<StoredPlace> AllAsync(
        Id<Site> site, PlaceKind kind, string? after, CancellationToken ct) => sites.RangeAsync(
            SiteKeys.Partition(site),
            after is null ? SiteKeys.PlacesFrom(kind) : SiteKeys.After(SiteKeys.PlacesFrom(kind) + after),
            SiteKeys.PlacesTo(kind), ct: ct).Select(row => new StoredPlace(PlaceRow.Read(kind, row), row.ETag));

    /// <summary>A thing and all that it stands on, as it is stored and as it is wanted.</summary>
    /// <param name="site">Where.</param>
    /// <param name="which">The thing.</param>
    /// <param name="wanted">As it is to be; null when it is to go.</param>
    /// <param name="ct">Stops between reads.</param>
    internal Task<PlaceSnapshot> LoadAsync(
        Id<Site> site, PlaceRef which, PlaceItem? wanted, CancellationToken ct) =>
        Rivals.WholeAsync(() => ReadAsync(site, which, wanted, ct), read => read.HasUnder([which]));

    async Task<PlaceSnapshot> ReadAsync(Id<Site> site, PlaceRef which, PlaceItem? wanted, CancellationToken ct)
    {
        var stored = await FindAsync(site, which, ct);
        List<StoredPlace?> read = [stored];
        foreach (var link in Links(stored?.Placed.Item).Union(Links(wanted)))
            read.Add(await FindAsync(site, link, ct));
        return await SnapshotAsync(site, read.OfType<StoredPlace>(), ct);

        static IEnumerable<PlaceRef> Links(PlaceItem? item) => item?.Links.Select(link => link.To) ?? [];
    }

    /// <summary>All things of the site: at most <see cref="PlaceCounts.Max"/> of each kind, in pages.</summary>
    internal Task<PlaceSnapshot> LoadAllAsync(Id<Site> site, CancellationToken ct) =>
        Rivals.WholeAsync(() => ReadAllAsync(site, ct), read => read.HasUnder(read.Places.Items.Keys));

    async Task<PlaceSnapshot> ReadAllAsync(Id<Site> site, CancellationToken ct)
    {
        var all = new List<StoredPlace>();
        foreach (var kind in Enum.GetValues<PlaceKind>())
            all.AddRange(await AllAsync(site, kind, null, ct).ToListAsync(ct));
        return await SnapshotAsync(site, all, ct);
    }

    /// <summary>Everything that a decision changed and the rows beside it, in one transaction.</summary>
    /// <returns>The things as they are then; null when somebody else has changed one of them meanwhile.</returns>
    internal async Task<PlaceSnapshot?> CommitAsync(
        PlaceSnapshot before, SitePlaces after, IReadOnlyList<RowChange> beside, CancellationToken ct)
    {
        var touched = after.Touched.ToList();
        var rows = Rows(before, after);
        if (after.Counts != before.Places.Counts)
            rows.Add(CountsChange(before, after.Counts));
        if (await sites.CommitAsync(SiteKeys.Partition(before.Site), [.. rows, .. beside], ct)
            is not CommitResult.Committed { ETags: var etags })
        {
            return null;
        }

        var versions = before.ETags.ToBuilder();
        foreach (var (index, which) in touched.Index())
        {
            if (after.Find(which) is null)
                versions.Remove(which);
            else
                versions[which] = etags[index];
        }

        return before with
        {
            Places = after with { Touched = [] },
            ETags = versions.ToImmutable(),
            CountsETag = rows.Count > touched.Count ? etags[touched.Count] : before.CountsETag,
        };
    }

    /// <summary>What a decision changed, each guarded by the version that it was decided on.</summary>
    internal static List<RowChange> Rows(PlaceSnapshot before, SitePlaces after) =>
        [.. after.Touched.Select(which => Change(before, after, which))];

    /// <summary>
    /// These things and all that they stand on, without how many the site has. What others change meanwhile may not be
    /// there: whoever asks looks at that with all else that it reads.
    /// </summary>
    internal async Task<PlaceSnapshot> LoadAsync(
        Id<Site> site, IReadOnlyCollection<PlaceRef> which, CancellationToken ct)
    {
        var found = await FindAllAsync(site, which, ct);
        var links = found.SelectMany(place => place.Placed.Item.Links).Select(link => link.To);
        found.AddRange(await FindAllAsync(site, links.Except(which).ToHashSet(), ct));
        return new(
            site,
            new(found.ToImmutableDictionary(place => place.Placed.Item.Ref, place => place.Placed), PlaceCounts.None),
            found.ToImmutableDictionary(place => place.Placed.Item.Ref, place => place.ETag), null);
    }

    async Task<List<StoredPlace>> FindAllAsync(
        Id<Site> site, IReadOnlyCollection<PlaceRef> which, CancellationToken ct) =>
        [.. (await Task.WhenAll(which.Select(one => FindAsync(site, one, ct)))).OfType<StoredPlace>()];

    async Task<PlaceSnapshot> SnapshotAsync(Id<Site> site, IEnumerable<StoredPlace> read, CancellationToken ct)
    {
        var stored = read.ToList();
        var counts = await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.PlaceCounts, ct);
        return new(
            site,
            new(
                stored.ToImmutableDictionary(place => place.Placed.Item.Ref, place => place.Placed),
                counts is null ? PlaceCounts.None : PlaceCountsRow.Read(counts)),
            stored.ToImmutableDictionary(place => place.Placed.Item.Ref, place => place.ETag),
            counts?.ETag);
    }

    static RowChange Change(PlaceSnapshot before, SitePlaces after, PlaceRef which) => after.Find(which) switch
    {
        null => new RowChange.Delete(new TableEntity(
            SiteKeys.Partition(before.Site), SiteKeys.Place(which)) { ETag = before.ETags[which] }),
        var placed when before.ETags.TryGetValue(which, out var etag) =>
            new RowChange.Replace(PlaceRow.Write(before.Site, placed, etag)),
        var placed => new RowChange.Insert(PlaceRow.Write(before.Site, placed)),
    };

    static RowChange CountsChange(PlaceSnapshot before, PlaceCounts counts) => before.CountsETag is { } etag
        ? new RowChange.Replace(PlaceCountsRow.Write(before.Site, counts, etag))
        : new RowChange.Insert(PlaceCountsRow.Write(before.Site, counts));
}
