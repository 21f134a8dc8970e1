using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Azure;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Places;
using Telephony.Functions.Http;
using Telephony.Functions.Places;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;

namespace Telephony.Storage.Tests.Places;

/// <summary>
/// Two sites and addresses of their own for one test. Sites and claims share a table: their partitions never have the
/// same name, and one plan of faults then counts the requests to both.
/// </summary>
sealed class PlaceWorld(Store store)
{
    static int worlds;

    readonly int index = Interlocked.Increment(ref worlds);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ITable Table => store.Table;

    public Id<Site> Ours => Id<Site>.Parse($"places-{index}-ours");

    public Id<Site> Theirs => Id<Site>.Parse($"places-{index}-theirs");

    public MacAddress Mac(int phone) => MacAddress.Parse(
        string.Create(CultureInfo.InvariantCulture, $"02{index:x6}{phone:x4}"));

    public Handset Phone(int phone, string? space = null, string? port = null) => new(
        Mac(phone), "T58", null, null, space is null ? null : Id<Space>.Parse(space), null,
        port is null ? null : Id<Port>.Parse(port), Shared: false);

    public static Space Desk(string id) => new(Id<Space>.Parse(id), SpaceKind.Desk, "2", null, id, null);

    public static Port Port(string id, string? space = null) => new(
        Id<Port>.Parse(id), Id<Switch>.Parse("core"), id, space is null ? null : Id<Space>.Parse(space), null);

    public static Switch Core => new(Id<Switch>.Parse("core"), "core", null, null, null, 48);

    /// <summary>A process of its own, which knows nothing of the others.</summary>
    public PlaceProcess Process(ITable? through = null) => new(through ?? store.Table);

    /// <summary>Desks a and b, a port at each, and a handset at a; theirs has one of its own.</summary>
    public async Task FurnishAsync()
    {
        var setUp = Process();
        foreach (var item in (PlaceItem[])[Desk("a"), Desk("b"), Core, Port("pa", "a"), Port("pb", "b")])
            Assert.IsType<PlaceOutcome.Stored>(await setUp.CreateAsync(Ours, item));
        Assert.IsType<PlaceOutcome.Stored>(await setUp.CreateAsync(Ours, Phone(1, "a", "pa")));
        Assert.IsType<PlaceOutcome.Stored>(await setUp.CreateAsync(Theirs, Phone(2)));
    }

    public async Task<SitePlaces> ReadAsync(Id<Site> site) =>
        (await new PlaceTable(store.Table).LoadAllAsync(site, Ct)).Places;

    /// <summary>
    /// Everything that is named is there, counts what names it, and every handset's address is its site's. Nothing is
    /// in doubt any more when <paramref name="settled"/>.
    /// </summary>
    public async Task AssertInStepAsync(bool settled = true)
    {
        var claimed = new Dictionary<MacAddress, string>();
        await foreach (var row in store.Table.RangeAsync("mac", Mac(0).Key, Mac(0xffff).Key, ct: Ct))
            claimed.Add(MacAddress.Parse(row.RowKey), row.GetString("Site"));
        foreach (var site in (Id<Site>[])[Ours, Theirs])
        {
            var places = await ReadAsync(site);
            AssertInStep(places);
            var phones = places.Items.Values.Select(placed => placed.Item).OfType<Handset>()
                .Select(phone => phone.Mac).ToHashSet();
            Assert.All(phones, mac => Assert.Equal(site.Value, claimed.GetValueOrDefault(mac)));
            if (!settled)
                continue;
            Assert.Equal(phones, claimed.Where(claim => claim.Value == site.Value).Select(c => c.Key).ToHashSet());
            Assert.Empty(await store.Table.RangeAsync(
                SiteKeys.Partition(site), SiteKeys.MacDoubtsFrom, SiteKeys.MacDoubtsTo, ct: Ct).ToListAsync(Ct));
        }
    }

    /// <summary>What both sites have, in words that are the same in every world.</summary>
    public async Task<string> TextAsync()
    {
        var both = new List<string>();
        foreach (var site in (Id<Site>[])[Ours, Theirs])
        {
            var places = await ReadAsync(site);
            both.Add($"{places.Counts} " + string.Join('\n', places.Items.Values
                .Select(placed => $"{placed.Item} {placed.Uses}").Order(StringComparer.Ordinal)));
        }

        return string.Join("\n--\n", both)
            .Replace(Mac(0).ToString()[..12], "…", StringComparison.Ordinal)
            .Replace(Mac(0).Key[..8], "…", StringComparison.Ordinal);
    }

    static void AssertInStep(SitePlaces places)
    {
        var named = places.Items.Values
            .SelectMany(placed => placed.Item.Links.Select(link => (link.To, User: placed.Item))).ToList();
        Assert.All(named, link => Assert.NotNull(places.Find(link.To)));
        foreach (var (which, placed) in places.Items)
        {
            var users = named.Where(link => link.To == which).Select(link => link.User).ToList();
            Assert.Equal(
                (users.OfType<Port>().Count(), users.OfType<Handset>().Count()),
                (placed.Uses.Ports, placed.Uses.Handsets));
            if (which.Kind is PlaceKind.Port)
                Assert.Equal(users.OfType<Handset>().SingleOrDefault()?.Mac, placed.Uses.PluggedIn);
        }

        Assert.All(Enum.GetValues<PlaceKind>(), kind =>
            Assert.Equal(places.Items.Keys.Count(which => which.Kind == kind), places.Counts[kind]));
    }
}

/// <summary>What a process does with things of sites, as functions do it.</summary>
sealed class PlaceProcess(ITable table)
{
    readonly MacClaims claims = new(table, table, TimeProvider.System);
    readonly PlaceTable places = new(table);

    PlaceChanges Changes => new(places, claims, TimeProvider.System);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Task<PlaceOutcome> CreateAsync(Id<Site> site, PlaceItem item) =>
        Changes.PutAsync(site, item, new Precondition.Create(), mayLease: true, Ct);

    public Task<PlaceOutcome> ChangeAsync(Id<Site> site, PlaceItem item, ETag seen) =>
        Changes.PutAsync(site, item, new Precondition.Match(seen), mayLease: true, Ct);

    public Task<PlaceOutcome> RemoveAsync(Id<Site> site, PlaceRef which, ETag seen) =>
        Changes.RemoveAsync(site, which, new Precondition.Match(seen), mayLease: true, Ct);

    /// <summary>As whoever reads it first and then removes it.</summary>
    public async Task<PlaceOutcome> ReadAndRemoveAsync(Id<Site> site, PlaceRef which) =>
        await places.FindAsync(site, which, Ct) is { } found
            ? await RemoveAsync(site, which, found.ETag)
            : new PlaceOutcome.NotThere();

    public Task<int> SweepAsync(Id<Site> site) => claims.ReconcileAsync(site, TimeSpan.Zero, Ct);

    /// <summary>Each thing as it is to be, with all that it says or leaves empty.</summary>
    public async Task<PlaceTally> ImportAsync(Id<Site> site, params PlaceItem[] items) =>
        await new PlaceImport(places, claims, TimeProvider.System).RunAsync(
            site, items.Select(item => new PlaceEntry(item, MembersOf(item), "", null)), mayLease: true, dryRun: false,
            Ct);

    static ImmutableHashSet<string> MembersOf(PlaceItem item) =>
        [.. item.GetType().GetProperties().Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name))];
}
