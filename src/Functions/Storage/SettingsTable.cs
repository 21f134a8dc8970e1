using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>How the numbers of a site are set: always read from the table.</summary>
public sealed class SettingsTable(ITable sites)
{
    /// <summary>Rows that one call removes, and somewhat more: what is left is for the next one.</summary>
    public const int ForgottenMax = 1_000;

    /// <param name="site">Where.</param>
    /// <param name="id">Which number.</param>
    /// <param name="number">As it is: settings hold in one term.</param>
    /// <param name="ct">Stops the read.</param>
    internal async Task<StoredSettings> FindAsync(
        Id<Site> site, E164 id, Number number, CancellationToken ct) => SettingsRow.Read(
            await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.Settings(id), ct), number);

    /// <summary>
    /// Removes what was said of numbers that are no longer in service, or in another term. It stops after
    /// <see cref="ForgottenMax"/>.
    /// </summary>
    /// <remarks>
    /// Rows are read before the numbers, so a number that is in a later term by then never comes back to the row's. Who
    /// writes the row in between keeps it by its ETag.
    /// </remarks>
    /// <returns>How many were removed.</returns>
    public async Task<int> ForgetAsync(Id<Site> site, CancellationToken ct)
    {
        var removed = 0;
        var rows = sites.RangeAsync(SiteKeys.Partition(site), SiteKeys.SettingsFrom, SiteKeys.SettingsTo, ct: ct);
        await foreach (var page in rows.Chunk(TableLimits.PageRowsMax).WithCancellation(ct))
        {
            var blocks = await BlocksAsync(site, page, ct);
            var over = page.Where(row => IsOver(row, blocks));
            foreach (var part in over.Chunk(TableLimits.TransactionRowsMax))
                removed += await RemoveAsync(site, part, ct);
            if (removed >= ForgottenMax)
                break;
        }

        return removed;
    }

    static bool IsOver(TableEntity row, Dictionary<BlockId, Block> blocks)
    {
        var id = SiteKeys.Settings(row.RowKey);
        return !SettingsRow.IsOf(row, blocks.GetValueOrDefault(id.Block)?[id.Slot]);
    }

    /// <summary>From the block of the first of them to that of the last.</summary>
    async Task<Dictionary<BlockId, Block>> BlocksAsync(
        Id<Site> site, IReadOnlyList<TableEntity> settings, CancellationToken ct)
    {
        var wanted = settings.Select(row => SiteKeys.Settings(row.RowKey).Block).ToHashSet();
        return await sites.RangeAsync(
                SiteKeys.Partition(site), SiteKeys.Block(wanted.Min()), SiteKeys.After(SiteKeys.Block(wanted.Max())),
                ct: ct)
            .Select(BlockRow.Read)
            .Where(block => wanted.Contains(block.Id))
            .ToDictionaryAsync(block => block.Id, cancellationToken: ct);
    }

    /// <summary>All of them at once; one by one where somebody else wrote one meanwhile.</summary>
    async Task<int> RemoveAsync(Id<Site> site, IReadOnlyList<TableEntity> rows, CancellationToken ct)
    {
        var deletes = rows.Select(row => new RowChange.Delete(row)).ToList();
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
