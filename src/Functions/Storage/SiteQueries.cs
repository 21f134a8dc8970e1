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
        await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.Block(number.Block), ct) is { } row
            ? BlockRow.Read(row)[number.Slot]
            : null;

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
}
