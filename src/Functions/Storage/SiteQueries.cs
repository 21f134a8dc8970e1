using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Services;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Storage;

/// <summary>What people are shown of a site: always read from the table, never from what a process remembers.</summary>
public sealed class SiteQueries(ITable sites)
{
    /// <summary>Blocks from the one that holds <paramref name="from"/>, ascending.</summary>
    public IAsyncEnumerable<Block> BlocksAsync(Id<Site> site, BlockId? from, int pageSize, CancellationToken ct) =>
        sites.RangeAsync(
            SiteKeys.Partition(site),
            from is { } first ? SiteKeys.Block(first) : SiteKeys.BlocksFrom,
            SiteKeys.BlocksTo,
            pageSize, ct).Select(BlockRow.Read);

    /// <summary>The number, or null when the site has no such number.</summary>
    public async Task<Number?> NumberAsync(Id<Site> site, E164 number, CancellationToken ct) =>
        (await BlockAsync(site, number.Block, ct))?[number.Slot];

    /// <summary>The block, or null when the site has none of its numbers.</summary>
    public async Task<Block?> BlockAsync(Id<Site> site, BlockId block, CancellationToken ct) =>
        await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.Block(block), ct) is { } row
            ? BlockRow.Read(row)
            : null;

    /// <summary>The numbers that are assigned to a user at the site.</summary>
    public async Task<IReadOnlySet<E164>> NumbersOfAsync(Id<Site> site, Id<User> user, CancellationToken ct)
    {
        var from = SiteKeys.UserNumbersFrom(user);
        return await sites.RangeAsync(SiteKeys.Partition(site), from, from + "~", ct: ct)
            .Select(row => E164.Parse(row.RowKey[from.Length..])).ToHashSetAsync(cancellationToken: ct);
    }

    /// <summary>Whether a number is assigned to a user at the site.</summary>
    public async Task<bool> HasNumberAsync(Id<Site> site, Id<User> user, E164 number, CancellationToken ct) =>
        await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.UserNumber(user, number), ct) is not null;

    /// <summary>What the account has at the site; empty when it has nothing.</summary>
    public async Task<Holding> HoldingAsync(Id<Site> site, Id<Account> account, CancellationToken ct) =>
        await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.Holding(account), ct) is { } row
            ? HoldingRow.Read(row)
            : Holding.Empty(account);

    /// <summary>What every account has at the site, in the order of their ids.</summary>
    public IAsyncEnumerable<Holding> HoldingsAsync(Id<Site> site, CancellationToken ct) => sites.RangeAsync(
        SiteKeys.Partition(site), SiteKeys.HoldingsFrom, SiteKeys.HoldingsTo, ct: ct).Select(HoldingRow.Read);

    /// <summary>
    /// The site's operations after the one named, in the order of their ids, which is no order in time.
    /// </summary>
    public IAsyncEnumerable<Operation> OperationsAsync(Id<Site> site, OperationId? after, CancellationToken ct) =>
        sites.RangeAsync(
            SiteKeys.Partition(site),
            after is { } last ? SiteKeys.After(SiteKeys.Operation(last)) : SiteKeys.OperationsFrom,
            SiteKeys.OperationsTo, ct: ct).Select(OperationRow.Read);

    /// <summary>The task with this id within the site, the hash of the operation that opened it.</summary>
    public async Task<StoredTask?> TaskAsync(Id<Site> site, string id, CancellationToken ct) =>
        OperationId.TryParse($"{site}~{id}", out var task)
        && await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.Task(task), ct) is { } row
            ? TaskRow.Read(site, row)
            : null;

    /// <summary>The site's tasks after the one named, in the order of their ids, which is no order in time.</summary>
    public IAsyncEnumerable<StoredTask> TasksAsync(Id<Site> site, OperationId? after, CancellationToken ct) =>
        sites.RangeAsync(
            SiteKeys.Partition(site),
            after is { } last ? SiteKeys.After(SiteKeys.Task(last)) : SiteKeys.TasksFrom,
            SiteKeys.TasksTo, ct: ct).Select(row => TaskRow.Read(site, row));

    /// <summary>When each change was made whose event still waits for the mover, in no order in time.</summary>
    public IAsyncEnumerable<DateTimeOffset> EventTimesAsync(Id<Site> site, CancellationToken ct) => sites.RangeAsync(
        SiteKeys.Partition(site), SiteKeys.EventsFrom, SiteKeys.EventsTo, ct: ct)
        .Select(row => row.GetDateTimeOffset("At")!.Value);

    /// <summary>The report with this id within the site, the hash of the operation that made it.</summary>
    internal async Task<StoredReport?> AuditAsync(Id<Site> site, string id, CancellationToken ct) =>
        OperationId.TryParse($"{site}~{id}", out var audit)
        && await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.Audit(audit), ct) is { } row
            ? AuditRow.Read(site, row)
            : null;

    /// <summary>All reports that are kept, newest first: few.</summary>
    internal async Task<IReadOnlyList<StoredReport>> AuditsAsync(Id<Site> site, CancellationToken ct) =>
        await sites.RangeAsync(SiteKeys.Partition(site), SiteKeys.AuditsFrom, SiteKeys.AuditsTo, ct: ct)
            .Select(row => AuditRow.Read(site, row))
            .OrderByDescending(stored => stored.Report.At)
            .ThenBy(stored => stored.Report.Id.Hash, StringComparer.Ordinal)
            .ToListAsync(ct);
}
