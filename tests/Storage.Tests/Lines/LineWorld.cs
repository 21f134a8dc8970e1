using System.Collections.Immutable;
using System.Globalization;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;
using Telephony.Functions.Assignment;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Places;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Storage.Tests.Lines;

/// <summary>
/// A site of its own for one test: two desks and a shared area, a port and a handset in each, four numbers of one
/// account in service, and its user ada. Sites and directory share a table, whose partitions never have the same name.
/// </summary>
sealed class LineWorld(Store store)
{
    static int worlds;

    readonly int index = Interlocked.Increment(ref worlds);

    public static readonly Id<User> Ada = Id<User>.Parse("ada");
    public static readonly Id<Account> Acme = Id<Account>.Parse("acme");

    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Site Site => new(
        Id<Site>.Parse($"lines-{index}"), Id<Operator>.Parse($"flexi-{index}"), "London", "GB", "Europe/London",
        "1 High St");

    public static E164 Number(int offset) => E164.FromDigits(442079460000 + offset);

    public MacAddress Mac(int phone) => MacAddress.Parse(
        string.Create(CultureInfo.InvariantCulture, $"06{index:x6}{phone:x4}"));

    public Handset Phone(int phone, string space, string port) => new(
        Mac(phone), null, null, null, Id<Space>.Parse(space), null, Id<Port>.Parse(port), Shared: phone == 3);

    /// <summary>A process of its own, which knows nothing of the others.</summary>
    public LineProcess Process(ITable? through = null) => new(through ?? store.Table, Site);

    public async Task OpenAsync()
    {
        foreach (var row in (TableEntity[])
        [
            DirectoryRows.Write(Site), DirectoryRows.Claim(DirectoryKeys.AllSites, Site.Id.Value, Site.Operator.Value),
        ])
        {
            await store.Table.CommitAsync(row.PartitionKey, [new RowChange.Insert(row)], Ct);
        }

        await EnterAsync(Ada);
        var changes = new PlaceChanges(
            new(store.Table), new MacClaims(store.Table, store.Table, TimeProvider.System), TimeProvider.System);
        PlaceItem[] things =
        [
            Room("a"), Room("b"), Room("sofa"),
            new Switch(Id<Switch>.Parse("core"), "Core", null, null, null, null),
            Outlet("pa", "a"), Outlet("pb", "b"), Outlet("ps", "sofa"), Outlet("pa2", "a"),
            Phone(1, "a", "pa"), Phone(2, "b", "pb"), Phone(3, "sofa", "ps"),
        ];
        foreach (var thing in things)
        {
            Assert.IsType<PlaceOutcome.Stored>(await changes.PutAsync(
                Site.Id, thing, new Precondition.Create(), mayLease: true, Ct));
        }

        await InServiceAsync();
    }

    /// <summary>The user comes into the directory.</summary>
    public Task EnterAsync(Id<User> user)
    {
        var claim = DirectoryRows.Claim(Site.Operator.Value, DirectoryKeys.UserClaimRow(user), Acme.Value);
        return store.Table.CommitAsync(claim.PartitionKey, [new RowChange.Insert(claim)], Ct);
    }

    /// <summary>The user is gone from the directory.</summary>
    public async Task LeaveAsync(Id<User> user)
    {
        var (partition, row) = (Site.Operator.Value, DirectoryKeys.UserClaimRow(user));
        var claim = await store.Table.FindAsync(partition, row, Ct);
        await store.Table.CommitAsync(partition, [new RowChange.Delete(claim!)], Ct);
    }

    public Operation Accepted(string name, params LineWish[] wishes) => OperationOf(name) with
    {
        Kind = OperationKind.Assignment, Wishes = [.. wishes], Account = Acme,
    };

    public Operation OperationOf(string name) => new()
    {
        Id = new(Site.Id, OperationIds.Hash(name)), Kind = OperationKind.HandsetMove,
        Actor = new("olivia", Role.OperatorAdmin, null), Arguments = name, At = Noon,
    };

    public static LineWish Wish(int number, Id<User>? user, MacAddress? mac) => new(Number(number), user, mac, null);

    /// <summary>All that a site has but operations, events and versions of rows; without its own names.</summary>
    public async Task<string> TextAsync()
    {
        var rows = await store.Table.RangeAsync(SiteKeys.Partition(Site.Id), "A", "~", ct: Ct).ToListAsync(Ct);
        return string.Join('\n', rows.Where(row => "BHLPUV".Contains(row.RowKey[0])).Select(row =>
            $"{row.RowKey} " + string.Join(' ', TransactionGuard.OwnProperties(row)
                .OrderBy(property => property.Key, StringComparer.Ordinal)
                .Select(property => $"{property.Key}={property.Value}"))))
            .Replace(Site.Id.Value, "…", StringComparison.Ordinal)
            .Replace(Mac(0).Key[..8], "…", StringComparison.Ordinal)
            .Replace(Mac(0).ToString()[..11], "…", StringComparison.Ordinal);
    }

    public async Task<LineState> ReadAsync()
    {
        var site = new SitePartition(store.Table, new SiteCache(), TimeProvider.System);
        var places = (await new PlaceTable(store.Table).LoadAllAsync(Site.Id, Ct)).Places;
        var lines = await new LineTable(store.Table, new(store.Table)).AllAsync(Site.Id, null, Ct)
            .ToDictionaryAsync(stored => stored.Line.Number, stored => stored.Line, cancellationToken: Ct);
        return new(Site, await site.ReadAsync(Site.Id, Ct), places, lines.ToImmutableDictionary());
    }

    async Task InServiceAsync()
    {
        var sites = new SitePartition(store.Table, new SiteCache(), TimeProvider.System);
        var numbers = NumberSet.Of(Enumerable.Range(0, 4).Select(Number));
        Order order = new(new(Site.Id, OperationIds.Hash("setup")), Party.Platform, Noon);
        Func<SiteState, PoolDecision>[] steps =
        [
            site => PoolDecider.Decide(site, new Provision(order, [new(numbers, NumberKind.Standard, false, null)])),
            Move(new NumberCommand.Reserve(order, Acme, NumberSource.ByHand)), Move(new NumberCommand.Activate(order)),
            Move(new NumberCommand.ConfirmActivation(order)),
        ];
        foreach (var (step, decide) in steps.Index())
        {
            Assert.IsType<SiteOutcome.Done>(await sites.TransactAsync(
                new(OperationOf($"setup-{step}"), "setup", Noon, decide), Ct));
        }

        Func<SiteState, PoolDecision> Move(NumberCommand command) =>
            site => PoolDecider.Decide(site, new MoveNumbers(numbers, command));
    }

    static Space Room(string id) => new(Id<Space>.Parse(id), SpaceKind.Desk, "2", null, id, null);

    static Port Outlet(string id, string space) => new(
        Id<Port>.Parse(id), Id<Switch>.Parse("core"), id, Id<Space>.Parse(space), null);
}

/// <summary>What a process does with assignments, as functions do it.</summary>
sealed class LineProcess
{
    readonly SitePartition sites;
    readonly LineTable lines;
    readonly LineWork work;
    readonly DirectoryTable directory;
    readonly Site site;

    public LineProcess(ITable table, Site site)
    {
        this.site = site;
        sites = new(table, new SiteCache(), TimeProvider.System);
        lines = new(table, new(table));
        directory = new(table, new DirectoryCache(TimeProvider.System));
        work = new(sites, directory, TimeProvider.System);
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>As when it is asked for over HTTP: what is in its way, or it is accepted.</summary>
    public async Task<ImmutableArray<Refusal>> AskAsync(Operation operation)
    {
        var assigning = new Assigning(sites, lines, work);
        var inTheWay = await assigning.InTheWayAsync(site, operation, Ct);
        if (inTheWay.IsEmpty)
            await AcceptAsync(operation);
        return inTheWay;
    }

    /// <summary>Its process remembers the site and the user from now on.</summary>
    public async Task LookAsync()
    {
        await sites.ReadAsync(site.Id, Ct);
        await directory.AccountOfUserAsync(site.Operator, LineWorld.Ada, Ct);
    }

    public Task AcceptAsync(Operation operation) => sites.AcceptAsync(operation, Ct);

    public Task<AssignedPart> AssignAsync(Operation operation, int part = 1) =>
        new AssignPart(sites, lines, work, directory).Run(new(operation.Id.Value, part, operation.At), Ct);

    public Task<UndonePart> UndoAsync(Operation operation, params Id<User>[] gone) =>
        new UndoAssignment(sites, lines, work, directory).Run(
            new(operation.Id.Value, 1, [.. gone.Select(user => user.Value)], operation.At), Ct);

    /// <summary>In one transaction, as a request over HTTP: a repeat finds the first result.</summary>
    public async Task<SiteOutcome> ChangeAsync(
        Operation operation, Func<CancellationToken, Task<LineSnapshot>> load, Func<LineState, LineDecision> decide) =>
        await sites.FindAsync(operation.Id, Ct) is { } earlier
            ? new SiteOutcome.Done(earlier, Replayed: true)
            : await work.TransactAsync(site, new(operation, NumberChange.Step, operation.At, load, decide), Ct);

    public Func<CancellationToken, Task<LineSnapshot>> Handsets(params MacAddress[] macs) =>
        ct => lines.LoadHandsetsAsync(site.Id, macs, [Port.RefOf(Id<Port>.Parse("pa2"))], ct);

    public Func<CancellationToken, Task<LineSnapshot>> Lines(E164 number, params MacAddress[] macs) =>
        ct => lines.LoadAsync(site.Id, [number], [.. macs.Select(Handset.RefOf)], ct);
}
