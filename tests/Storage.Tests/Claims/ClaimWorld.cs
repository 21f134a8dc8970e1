using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Provisioning;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Storage.Tests.Claims;

/// <summary>
/// Sites and numbers of their own for one test. Sites and claims share a table: their partitions never have the same
/// name, and one plan of faults then counts the requests to both.
/// </summary>
sealed class ClaimWorld(Store store)
{
    const long NumbersApart = 100_000;
    static int worlds;

    readonly int index = Interlocked.Increment(ref worlds);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ITable Table => store.Table;

    public Id<Site> Ours => Id<Site>.Parse($"claims-{index}-ours");

    public Id<Site> Theirs => Id<Site>.Parse($"claims-{index}-theirs");

    /// <summary>The one at 9,999 is the last of its partition of claims.</summary>
    public E164 Number(int offset) => E164.FromDigits(441_000_000_000 + (index * NumbersApart) + offset);

    public NumberSet Range(int first, int count) => NumberSet.Of(Enumerable.Range(first, count).Select(Number));

    /// <summary>A process of its own, which remembers nothing yet.</summary>
    public ClaimProcess Process(ITable? through = null) => new(through ?? store.Table);

    /// <summary>
    /// Nothing is in doubt any more: each site has claimed its live numbers, in their generation, and nothing else.
    /// </summary>
    public async Task AssertInStepAsync()
    {
        foreach (var site in (Id<Site>[])[Ours, Theirs])
        {
            Assert.Empty(await store.Table.RangeAsync(
                SiteKeys.Partition(site), SiteKeys.IntentsFrom, SiteKeys.IntentsTo, ct: Ct).ToListAsync(Ct));
            Assert.Equal((await LiveAsync(site)).ToString(), (await ClaimedAsync(site)).ToString());
        }
    }

    public async Task<NumberLives> LiveAsync(Id<Site> site)
    {
        var blocks = await new SiteQueries(store.Table).BlocksAsync(site, null, 1_000, Ct).ToListAsync(Ct);
        return NumberLives.Of(blocks, block => block.Live);
    }

    public async Task<NumberLives> ClaimedAsync(Id<Site> site)
    {
        var lives = new List<Life>();
        foreach (var partition in Enumerable.Range(0, (int)(NumbersApart / 10_000)))
        {
            var rows = await store.Table.RangeAsync(
                ClaimRow.Partition(Number(partition * 10_000).Block), "0", "9", ct: Ct).ToListAsync(Ct);
            lives.AddRange(from row in rows
                           from claim in ClaimRow.Read(row).Claims
                           where claim.Site == site
                           select new Life(ClaimRow.Block(row), claim.Generation, claim.Slots));
        }

        return NumberLives.Of(lives);
    }
}

/// <summary>What a process does with numbers of sites, as functions do it.</summary>
sealed class ClaimProcess
{
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly SitePartition sites;
    readonly NumberImport import;
    readonly NumberChange change;
    readonly ClaimBackfill backfill;

    public ClaimProcess(ITable table)
    {
        sites = new(table, new SiteCache(), TimeProvider.System);
        Claims = new(table, TimeProvider.System);
        SiteClaims = new(table, Claims, TimeProvider.System);
        import = new(sites, Claims, SiteClaims, TimeProvider.System);
        change = new(sites, SiteClaims, TimeProvider.System);
        backfill = new(table, new SiteQueries(table), Claims, SiteClaims);
    }

    public ClaimTable Claims { get; }

    public SiteClaims SiteClaims { get; }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static NumberSet Changed(SiteOutcome outcome) => Assert.IsType<SiteOutcome.Done>(outcome).Operation.Changed;

    /// <summary>All of them or none; or the good ones, each on a line of its own.</summary>
    public Task<SiteOutcome> ImportAsync(Id<Site> site, string name, NumberSet numbers, bool allOrNone = true)
    {
        var operation = Operation(site, name, OperationKind.Import);
        return import.ImportAsync(operation, Noon, Wish(operation, Lines(numbers, allOrNone), allOrNone), null, Ct);
    }

    /// <summary>The good lines, each of them whole.</summary>
    public Task<SiteOutcome> ImportLinesAsync(Id<Site> site, string name, params NumberSet[] lines)
    {
        var operation = Operation(site, name, OperationKind.Import);
        return import.ImportAsync(operation, Noon, Wish(operation, lines, allOrNone: false), null, Ct);
    }

    public Task<PoolDecision> PreviewAsync(Id<Site> site, NumberSet numbers, bool allOrNone = true) =>
        import.PreviewAsync(
            site, Wish(Operation(site, "preview", OperationKind.Import), Lines(numbers, allOrNone), allOrNone), Ct);

    /// <summary>As imports did before numbers were claimed.</summary>
    public async Task ImportUnclaimedAsync(Id<Site> site, string name, NumberSet numbers)
    {
        var operation = Operation(site, name, OperationKind.Import);
        Changed(await sites.TransactAsync(
            new(operation, "import", Noon, Wish(operation, [numbers], true).DecideAlone), Ct));
    }

    public Task<SiteOutcome> RetireAsync(Id<Site> site, string name, NumberSet numbers)
    {
        var operation = Operation(site, name, OperationKind.Retirement);
        return change.ChangeAsync(
            new(operation, NumberChange.Step, Noon, state => PoolDecider.Decide(
                state, new MoveNumbers(numbers, new NumberCommand.Retire(operation.Order(Noon))))), Ct);
    }

    public Task<int> ReconcileAsync(Id<Site> site) => SiteClaims.ReconcileAsync(site, TimeSpan.Zero, Ct);

    public Task<int> BackfillAsync(Id<Site> site) => backfill.BackfillAsync(site, Ct);

    static IEnumerable<NumberSet> Lines(NumberSet numbers, bool allOrNone) =>
        allOrNone ? [numbers] : numbers.Select(number => NumberSet.Of([number]));

    static ImportWish Wish(Operation operation, IEnumerable<NumberSet> lines, bool allOrNone)
    {
        var command = new Provision(
            operation.Order(Noon),
            [.. lines.Select(line => new ProvisionLine(line, NumberKind.Standard, false, null))],
            allOrNone ? BadLines.RefuseAll : BadLines.LeaveOut);
        return new((state, elsewhere) => PoolDecider.Decide(state, command with { Elsewhere = elsewhere }), allOrNone);
    }

    static Operation Operation(Id<Site> site, string name, OperationKind kind) => new()
    {
        Id = new(site, name.PadRight(26, '2')),
        Kind = kind,
        Actor = new("user-1", Role.Platform, null),
        Arguments = name,
        At = Noon,
    };
}
