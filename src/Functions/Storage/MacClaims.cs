using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Places;

namespace Telephony.Functions.Storage;

/// <summary>What became of a claim of several addresses.</summary>
/// <param name="Elsewhere">Those that another site has.</param>
/// <param name="Used">Written beside the handsets of the others: their claims are in doubt no longer.</param>
sealed record ClaimedMacs(IReadOnlySet<MacAddress> Elsewhere, IReadOnlyList<RowChange> Used);

/// <summary>
/// Keeps an address at one site at most: a row for each in one partition of the table <c>claims</c>. No transaction
/// holds both a claim and a handset, so as long as a site has the one without the other it also has a row of doubt, and
/// whatever dies in between leaves that for the sweep.
/// </summary>
/// <remarks>
/// Who creates a handset writes the doubt, then the claim, each with a new version, then the handset together with the
/// end of the doubt. Who frees reads the claim, then takes the doubt over, looks for the handset, and only then deletes
/// the claim that it read: a creation that wrote the doubt before is done by then, or fails on it and begins again; one
/// that writes it later writes the claim later still, and the claim that was read is not there to be deleted.
/// </remarks>
public sealed class MacClaims(ITable sites, ITable claims, TimeProvider clock)
{
    /// <summary>Longer than any request takes, so that the sweep meets only what was left behind.</summary>
    public static readonly TimeSpan AgeMin = TimeSpan.FromMinutes(10);

    /// <summary>Doubts that one sweep of a site settles; the next one goes on.</summary>
    public const int SettledMax = 100;

    const string Partition = "mac";
    const string SiteProperty = "Site";
    const string At = "At";

    /// <summary>Claims addresses for handsets that a site is about to have.</summary>
    internal async Task<ClaimedMacs> ClaimAsync(
        Id<Site> site, IReadOnlyCollection<MacAddress> macs, CancellationToken ct)
    {
        if (macs.Count == 0)
            return new(new HashSet<MacAddress>(), []);

        var doubts = await TakeAsync(sites, macs, mac => DoubtRow(site, mac), _ => true, ct);
        var held = await TakeAsync(claims, macs, mac => ClaimRow(site, mac), row => IsOf(site, row), ct);
        var elsewhere = macs.Where(mac => !held.ContainsKey(mac)).ToHashSet();
        if (elsewhere.Count > 0)
        {
            // Where somebody took one over meanwhile, they or the sweep see to all of them.
            await sites.CommitAsync(
                SiteKeys.Partition(site), [.. elsewhere.Select(mac => End(site, mac, doubts[mac]))], ct);
        }

        return new(elsewhere, [.. held.Keys.Select(mac => End(site, mac, doubts[mac]))]);
    }

    /// <summary>
    /// Frees what was claimed for handsets that are not created after all: somebody may have settled the doubt before
    /// the claim was written.
    /// </summary>
    internal async Task GiveUpAsync(Id<Site> site, IEnumerable<MacAddress> macs, CancellationToken ct)
    {
        foreach (var mac in macs)
        {
            await TakeAsync(sites, [mac], one => DoubtRow(site, one), _ => true, ct);
            await SettleAsync(site, mac, ct);
        }
    }

    /// <summary>Which of these another site has now.</summary>
    internal async Task<IReadOnlySet<MacAddress>> ElsewhereAsync(
        Id<Site> site, IReadOnlyCollection<MacAddress> macs, CancellationToken ct)
    {
        var rows = await Task.WhenAll(macs.Select(mac => claims.FindAsync(Partition, mac.Key, ct)));
        return macs.Zip(rows).Where(pair => pair.Second is { } row && !IsOf(site, row)).Select(pair => pair.First)
            .ToHashSet();
    }

    /// <summary>What the transaction that removes a handset writes beside.</summary>
    internal async Task<RowChange> RemovedAsync(Id<Site> site, MacAddress mac, CancellationToken ct)
    {
        // One that came too late to create the handset may have left its doubt.
        var found = await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.MacDoubt(mac), ct);
        var row = DoubtRow(site, mac);
        row.ETag = found?.ETag ?? default;
        return found is null ? new RowChange.Insert(row) : new RowChange.Replace(row);
    }

    /// <summary>Frees an address that the site may have claimed, unless it has the handset.</summary>
    internal async Task SettleAsync(Id<Site> site, MacAddress mac, CancellationToken ct)
    {
        if (await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.MacDoubt(mac), ct) is not { } doubt)
            return;

        var claim = await claims.FindAsync(Partition, mac.Key, ct);
        doubt[At] = clock.GetUtcNow();
        if (await sites.CommitAsync(SiteKeys.Partition(site), [new RowChange.Replace(doubt)], ct)
            is not CommitResult.Committed { ETags: [var mine] })
        {
            return;
        }

        var handset = await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.Place(Handset.RefOf(mac)), ct);
        var isSettled = handset is not null || claim is null || !IsOf(site, claim)
            || await claims.CommitAsync(Partition, [new RowChange.Delete(claim)], ct)
                is not CommitResult.Conflict { Kind: ConflictKind.Stale };
        if (isSettled)
            await sites.CommitAsync(SiteKeys.Partition(site), [End(site, mac, mine)], ct);
    }

    /// <summary>The same for all that was left behind at a site; answers how many that were.</summary>
    public async Task<int> ReconcileAsync(Id<Site> site, TimeSpan olderThan, CancellationToken ct)
    {
        var limit = clock.GetUtcNow() - olderThan;
        var left = await sites
            .RangeAsync(SiteKeys.Partition(site), SiteKeys.MacDoubtsFrom, SiteKeys.MacDoubtsTo, ct: ct)
            .Where(row => row.GetDateTimeOffset(At) <= limit).Take(SettledMax).ToListAsync(ct);
        foreach (var doubt in left)
            await SettleAsync(site, MacAddress.Parse(doubt.RowKey[SiteKeys.MacDoubtsFrom.Length..]), ct);
        return left.Count;
    }

    /// <summary>Writes a row for each address, also where we have one: its version is new in any case.</summary>
    /// <returns>The versions; none where the row is another's.</returns>
    async Task<Dictionary<MacAddress, ETag>> TakeAsync(
        ITable table, IReadOnlyCollection<MacAddress> macs, Func<MacAddress, TableEntity> make,
        Func<TableEntity, bool> isOurs, CancellationToken ct)
    {
        List<(MacAddress Mac, RowChange Change)> wanted = [.. macs.Select(mac =>
            (mac, (RowChange)new RowChange.Insert(make(mac))))];
        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            if (wanted.Count == 0)
                return [];
            var rows = wanted.ConvertAll(one => one.Change);
            if (await table.CommitAsync(rows[0].Row.PartitionKey, rows, ct)
                is CommitResult.Committed { ETags: var now })
            {
                return wanted.Select((one, index) => (one.Mac, now[index])).ToDictionary();
            }

            if (attempt > 1)
                await Rivals.PauseAsync(attempt, clock, ct);
            wanted = [];
            foreach (var row in macs.Select(make))
            {
                var found = await table.FindAsync(row.PartitionKey, row.RowKey, ct);
                row.ETag = found?.ETag ?? default;
                if (found is null || isOurs(found))
                    wanted.Add((MacOf(row), found is null ? new RowChange.Insert(row) : new RowChange.Replace(row)));
            }
        }

        throw new SiteBusyException($"Other claims of addresses won {Rivals.AttemptsMax} tries in a row.");
    }

    TableEntity DoubtRow(Id<Site> site, MacAddress mac) =>
        new(SiteKeys.Partition(site), SiteKeys.MacDoubt(mac)) { [At] = clock.GetUtcNow() };

    static RowChange.Delete End(Id<Site> site, MacAddress mac, ETag etag) => new(
        new TableEntity(SiteKeys.Partition(site), SiteKeys.MacDoubt(mac)) { ETag = etag });

    static TableEntity ClaimRow(Id<Site> site, MacAddress mac) =>
        new(Partition, mac.Key) { [SiteProperty] = site.Value };

    static bool IsOf(Id<Site> site, TableEntity claim) => claim.GetString(SiteProperty) == site.Value;

    static MacAddress MacOf(TableEntity row) => MacAddress.Parse(row.RowKey[^12..]);
}
