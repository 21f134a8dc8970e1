using System.Collections.Frozen;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>The holds of a site as people are shown them: always read from the table.</summary>
public sealed class HoldTable(ITable sites)
{
    /// <summary>
    /// Rows that one call removes, and somewhat more: what is left is for the next call, which the sweep makes.
    /// </summary>
    public const int ForgottenMax = 1_000;

    internal async Task<NamedHold?> FindAsync(OperationId hold, CancellationToken ct) =>
        await sites.FindAsync(SiteKeys.Partition(hold.Site), SiteKeys.Hold(hold), ct) is { } row
            ? HoldRow.Read(row)
            : null;

    /// <summary>The holds of a site after the one named, in the order of their ids, which is none in time.</summary>
    internal IAsyncEnumerable<NamedHold> AllAsync(Id<Site> site, OperationId? after, CancellationToken ct) =>
        sites.RangeAsync(
            SiteKeys.Partition(site),
            after is { } last ? SiteKeys.After(SiteKeys.Hold(last)) : SiteKeys.HoldsFrom,
            SiteKeys.HoldsTo, ct: ct).Select(HoldRow.Read);

    /// <summary>
    /// The blocks in which these holds began, as they are now: one range from the lowest to the highest of them.
    /// </summary>
    internal async Task<FrozenDictionary<BlockId, Block>> BlocksAsync(
        Id<Site> site, IReadOnlyCollection<NamedHold> holds, CancellationToken ct)
    {
        var wanted = holds.SelectMany(named => named.Hold.Numbers.Blocks).Select(part => part.Block).ToHashSet();
        if (wanted.Count == 0)
            return FrozenDictionary<BlockId, Block>.Empty;

        var rows = sites.RangeAsync(
            SiteKeys.Partition(site), SiteKeys.Block(wanted.Min()), SiteKeys.After(SiteKeys.Block(wanted.Max())),
            ct: ct);
        var blocks = await rows.Where(row => wanted.Contains(SiteKeys.Block(row.RowKey)))
            .Select(BlockRow.Read).ToListAsync(ct);
        return blocks.ToFrozenDictionary(block => block.Id);
    }

    /// <summary>
    /// Removes the names of those for whom nothing is held any more: the numbers were allocated by name, or two
    /// requests took the last of them at once. It stops after <see cref="ForgottenMax"/>.
    /// </summary>
    /// <remarks>
    /// Rows of holds are read before the blocks: numbers come into a hold only with its row, so one that has none by
    /// then never will. Who changes the row in between keeps it by its ETag.
    /// </remarks>
    /// <returns>How many were removed.</returns>
    public async Task<int> ForgetAsync(Id<Site> site, CancellationToken ct)
    {
        var removed = 0;
        await foreach (var holds in AllAsync(site, null, ct).Chunk(TableLimits.PageRowsMax).WithCancellation(ct))
        {
            var blocks = await BlocksAsync(site, holds, ct);
            var over = holds.Where(named => named.Hold.Left(blocks.GetValueOrDefault).Count == 0);
            foreach (var part in over.Chunk(TableLimits.TransactionRowsMax))
                removed += await RemoveAsync(site, part, ct);
            if (removed >= ForgottenMax)
                break;
        }

        return removed;
    }

    /// <summary>All of them at once; one by one where somebody else changed or removed one meanwhile.</summary>
    async Task<int> RemoveAsync(Id<Site> site, IReadOnlyList<NamedHold> holds, CancellationToken ct)
    {
        var deletes = holds.Select(named => new RowChange.Delete(HoldRow.Write(named))).ToList();
        if (await sites.CommitAsync(SiteKeys.Partition(site), deletes, ct) is CommitResult.Committed)
            return deletes.Count;

        var removed = 0;
        foreach (var delete in deletes)
        {
            if (await sites.CommitAsync(SiteKeys.Partition(site), [delete], ct) is CommitResult.Committed)
                removed++;
        }

        return removed;
    }
}
