using System.Collections.Immutable;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Calls;
using Telephony.Domain.Directory;

namespace Telephony.Functions.Storage;

/// <summary>Where calls go on to at sites: always read from the table.</summary>
public sealed class CallTable(ITable sites, SiteQueries queries, SettingsTable settings, GroupTable groups)
{
    internal CallMap MapOf(Site site) => new(this, site);

    /// <summary>Where calls go on to from a point; nowhere when they end there.</summary>
    internal async Task<ImmutableArray<CallPoint>> FromAsync(Site site, CallPoint point, CancellationToken ct)
    {
        if (point is CallPoint.Called(var number))
        {
            return await queries.NumberAsync(site.Id, number, ct) is { } found
                ? CallPaths.From(found, (await settings.FindAsync(site.Id, number, found, ct)).Settings)
                : [];
        }

        var account = ((CallPoint.Main)point).Account;
        var features = (await groups.FeaturesAsync(site.Id, account, ct)).Value;
        var namedRings = features.Reception is { } named
            && named.Rings(await queries.NumberAsync(site.Id, named.Number, ct), account);
        return [.. features.Ways(GroupTable.OperatorOf(site), namedRings).Select(way => way.To)];
    }

    /// <summary>
    /// The row that every change writes which lets calls go on to another number, by a setting or a configuration. Two
    /// of them, of different numbers, could close a loop together and would otherwise not meet.
    /// </summary>
    internal async Task<RowChange> GuardAsync(Id<Site> site, CancellationToken ct)
    {
        var guard = new TableEntity(SiteKeys.Partition(site), SiteKeys.CallPaths);
        if (await sites.FindAsync(guard.PartitionKey, guard.RowKey, ct) is not { } there)
            return new RowChange.Insert(guard);

        guard.ETag = there.ETag;
        return new RowChange.Merge(guard);
    }
}

/// <summary>Where calls go on to at a site, as one change sees it: each point is read once.</summary>
sealed class CallMap(CallTable table, Site site)
{
    /// <summary>Each round gets to know a point, and a main number is two: its digits, and what it does.</summary>
    const int RoundsMax = (2 * CallPaths.NumbersMax) + 2;

    readonly Dictionary<CallPoint, ImmutableArray<CallPoint>> known = [];

    /// <summary>What has to be written with a change that followed calls; empty while none were.</summary>
    public ImmutableArray<RowChange> Guard { get; private set; } = [];

    /// <summary>What the change itself says.</summary>
    public void Say(CallPoint point, IEnumerable<CallPoint> to) => known[point] = [.. to];

    /// <summary>Follows calls that are to go on so from a point.</summary>
    public async Task<PathSearch> FollowAsync(CallPoint start, IReadOnlyList<CallPoint> to, CancellationToken ct)
    {
        // Read before anything that it guards: who closes a loop together with this change meets it there.
        if (Guard.IsEmpty)
            Guard = [await table.GuardAsync(site.Id, ct)];

        for (var round = 1; round <= RoundsMax; round++)
        {
            var search = CallPaths.Follow(start, to, known);
            if (search is not PathSearch.Needs needs)
                return search;
            foreach (var point in needs.Points)
                known[point] = await table.FromAsync(site, point, ct);
        }

        throw new InvalidOperationException($"Calls from {start} were followed without an end.");
    }
}
