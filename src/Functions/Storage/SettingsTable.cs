using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>How the numbers of a site are set: always read from the table.</summary>
public sealed class SettingsTable(ITable sites)
{
    /// <summary>Rows that one call removes or cuts, and somewhat more: what is left is for the next one.</summary>
    public const int ForgottenMax = 1_000;

    /// <param name="site">Where.</param>
    /// <param name="id">Which number.</param>
    /// <param name="number">As it is: settings hold in one term.</param>
    /// <param name="ct">Stops the read.</param>
    internal async Task<StoredSettings> FindAsync(
        Id<Site> site, E164 id, Number number, CancellationToken ct) => SettingsRow.Read(
            await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.Settings(id), ct), number);

    /// <summary>
    /// Removes what was said of numbers that are no longer in service, or in another term, and what was set for users
    /// who do not have them any more. It stops after <see cref="ForgottenMax"/>.
    /// </summary>
    /// <remarks>
    /// Rows are read before the numbers, so a number that is in a later term by then never comes back to the row's. Who
    /// writes the row in between keeps it by its ETag.
    /// </remarks>
    /// <returns>How many rows were removed or cut.</returns>
    public async Task<int> ForgetAsync(Id<Site> site, CancellationToken ct)
    {
        var removed = 0;
        var rows = sites.RangeAsync(SiteKeys.Partition(site), SiteKeys.SettingsFrom, SiteKeys.SettingsTo, ct: ct);
        await foreach (var page in rows.Chunk(TableLimits.PageRowsMax).WithCancellation(ct))
        {
            var blocks = await BlocksAsync(site, page, ct);
            var changes = page.Select(row => Forgotten(site, row, blocks)).OfType<RowChange>();
            foreach (var part in changes.Chunk(TableLimits.TransactionRowsMax))
                removed += await CommitAsync(site, part, ct);
            if (removed >= ForgottenMax)
                break;
        }

        return removed;
    }

    static RowChange? Forgotten(Id<Site> site, TableEntity row, Dictionary<BlockId, Block> blocks)
    {
        var id = SiteKeys.Settings(row.RowKey);
        return SettingsRow.Forgotten(site, id, row, blocks.GetValueOrDefault(id.Block)?[id.Slot]);
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
    async Task<int> CommitAsync(Id<Site> site, RowChange[] changes, CancellationToken ct)
    {
        if (await sites.CommitAsync(SiteKeys.Partition(site), changes, ct) is CommitResult.Committed)
            return changes.Length;

        var done = 0;
        foreach (var change in changes)
        {
            if (await sites.CommitAsync(SiteKeys.Partition(site), [change], ct) is CommitResult.Committed)
                done++;
        }

        return done;
    }
}
