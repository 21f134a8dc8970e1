using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Storage;

/// <summary>
/// Claims the numbers that a site had before numbers were claimed. Done once for each site: what comes in later is
/// claimed before.
/// </summary>
public sealed class ClaimBackfill(ITable sites, SiteQueries queries, ClaimTable claims, SiteClaims siteClaims)
{
    /// <summary>Partitions of 10,000 numbers that one call claims something in; the next call goes on.</summary>
    public const int PartitionsMax = 50;

    /// <returns>
    /// How many numbers it claimed. What another site has claimed by then stays that one's: two sites have it, and only
    /// people can say whose it is.
    /// </returns>
    public async Task<int> BackfillAsync(Id<Site> site, CancellationToken ct)
    {
        if (await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.AllClaimed, ct) is not null)
            return 0;

        var (partitions, claimed) = (0, 0);
        await foreach (var blocks in PartitionsAsync(site, ct))
        {
            var missing = await MissingAsync(site, blocks, ct);
            if (missing.IsEmpty)
                continue;
            if (++partitions > PartitionsMax)
                return claimed;
            claimed += await ClaimAsync(site, missing, ct);
        }

        await sites.CommitAsync(
            SiteKeys.Partition(site),
            [new RowChange.Insert(new TableEntity(SiteKeys.Partition(site), SiteKeys.AllClaimed))], ct);
        return claimed;
    }

    /// <summary>The site's blocks, those together whose claims are in one partition.</summary>
    async IAsyncEnumerable<List<Block>> PartitionsAsync(
        Id<Site> site, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var blocks = new List<Block>();
        await foreach (var block in queries.BlocksAsync(site, null, TableLimits.PageRowsMax, ct))
        {
            if (blocks is [var first, ..] && ClaimRow.Partition(first.Id) != ClaimRow.Partition(block.Id))
            {
                yield return blocks;
                blocks = [];
            }

            blocks.Add(block);
        }

        if (blocks.Count > 0)
            yield return blocks;
    }

    async Task<NumberLives> MissingAsync(Id<Site> site, List<Block> blocks, CancellationToken ct)
    {
        var known = await claims.FindAsync([.. blocks.Select(block => block.Id)], ct);
        var live = NumberLives.Of(blocks, block => block.Live);
        return NumberLives.Of(live.Lives.Select(life => life with
        {
            Slots = known.GetValueOrDefault(life.Block) is { } there
                ? life.Slots.Except(there.Of(site, life.Generation)).Except(there.Elsewhere(site))
                : life.Slots,
        }));
    }

    /// <summary>As an import does, so that a number which is retired meanwhile does not stay claimed.</summary>
    async Task<int> ClaimAsync(Id<Site> site, NumberLives lives, CancellationToken ct)
    {
        var operation = new OperationId(site, OperationIds.Hash("backfill"));
        await siteClaims.OpenAsync(operation, lives, ct);
        var elsewhere = await claims.ClaimAsync(site, lives, allOrNone: false, ct);
        await siteClaims.SettleAsync(operation, ct);
        return lives.Except(elsewhere).Numbers.Count;
    }
}
