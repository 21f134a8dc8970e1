using Azure;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>
/// Which site has which number, over all sites. A number is claimed before the site's rows are written and freed after
/// it has left them; the rows of sites are the truth, so a claim without a number is harmless.
/// </summary>
public sealed class ClaimTable(ITable claims, TimeProvider clock)
{
    sealed record Stored(BlockClaims Claims, ETag ETag);

    /// <summary>The site that has the number or is about to; null when none.</summary>
    public async Task<Id<Site>?> SiteOfAsync(E164 number, CancellationToken ct) =>
        await claims.FindAsync(ClaimRow.Partition(number.Block), ClaimRow.Key(number.Block), ct) is { } row
            ? ClaimRow.Read(row).SiteOf(number.Slot)
            : null;

    /// <summary>What is claimed of some blocks of one partition, without those of which nothing is.</summary>
    public async Task<IReadOnlyDictionary<BlockId, BlockClaims>> FindAsync(
        IReadOnlyCollection<BlockId> blocks, CancellationToken ct) =>
        (await ReadAsync(blocks, ct)).ToDictionary(row => row.Key, row => row.Value.Claims);

    /// <summary>Those of some numbers that other sites have.</summary>
    public async Task<NumberSet> ElsewhereAsync(Id<Site> site, NumberSet numbers, CancellationToken ct)
    {
        var elsewhere = NumberSet.Empty;
        foreach (var part in numbers.Blocks.GroupBy(part => ClaimRow.Partition(part.Block)))
        {
            var stored = await ReadAsync([.. part.Select(block => block.Block)], ct);
            elsewhere = elsewhere.Union(NumberSet.Of(part.Select(block => block with
            {
                Slots = block.Slots.Intersect(Claims(stored, block.Block).Elsewhere(site)),
            })));
        }

        return elsewhere;
    }

    /// <summary>Claims numbers for a site, and answers those that another site has.</summary>
    /// <param name="site">Which site.</param>
    /// <param name="lives">Which numbers.</param>
    /// <param name="allOrNone">
    /// Whether nothing more is claimed once another site has one. Partitions are claimed in their order, so of two
    /// sites that want the same numbers the one that has the first of them gets all.
    /// </param>
    /// <param name="ct">Stops between requests.</param>
    public async Task<NumberSet> ClaimAsync(
        Id<Site> site, NumberLives lives, bool allOrNone, CancellationToken ct)
    {
        var elsewhere = NumberSet.Empty;
        foreach (var part in Partitions(lives))
        {
            elsewhere = elsewhere.Union(allOrNone && elsewhere.Count > 0
                ? await ElsewhereAsync(site, part.Numbers, ct)
                : await ClaimPartAsync(site, part, allOrNone, ct));
        }

        return elsewhere;
    }

    /// <summary>Frees what the site has of numbers, in their generation, but for what it is to keep.</summary>
    /// <param name="site">Which site.</param>
    /// <param name="lives">Which numbers.</param>
    /// <param name="kept">
    /// Which of some numbers the site keeps. It is asked after the claims were read: whoever claims one of them
    /// meanwhile is met.
    /// </param>
    /// <param name="ct">Stops between requests.</param>
    public async Task FreeAsync(
        Id<Site> site, NumberLives lives, Func<NumberLives, CancellationToken, Task<NumberLives>> kept,
        CancellationToken ct)
    {
        foreach (var part in Partitions(lives))
            await FreePartAsync(site, part, kept, ct);
    }

    async Task<NumberSet> ClaimPartAsync(Id<Site> site, NumberLives lives, bool allOrNone, CancellationToken ct)
    {
        // Most numbers that come in lie in blocks of which nothing is claimed: to write them first saves a read.
        IReadOnlyDictionary<BlockId, Stored> stored = new Dictionary<BlockId, Stored>();
        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            var elsewhere = NumberSet.Of(lives.Lives.Select(life => new BlockSlots(
                life.Block, life.Slots.Intersect(Claims(stored, life.Block).Elsewhere(site)))));

            // Also what the site has already is written, for its new version: who is about to free it has to see it.
            var wanted = lives.Except(elsewhere);
            List<RowChange> rows = [.. wanted.Lives.GroupBy(life => life.Block).Select(block => Row(
                block.Key, stored, block.Aggregate(Claims(stored, block.Key), (all, life) =>
                    all.With(new(site, life.Generation, life.Slots)))))];
            if (rows.Count == 0 || (allOrNone && elsewhere.Count > 0)
                || await CommitAsync(rows, ct) is CommitResult.Committed)
            {
                return elsewhere;
            }

            if (attempt > 1)
                await Rivals.PauseAsync(attempt, clock, ct);
            stored = await ReadAsync([.. lives.Lives.Select(life => life.Block)], ct);
        }

        throw Contended(site);
    }

    async Task FreePartAsync(
        Id<Site> site, NumberLives lives, Func<NumberLives, CancellationToken, Task<NumberLives>> kept,
        CancellationToken ct)
    {
        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            var stored = await ReadAsync([.. lives.Lives.Select(life => life.Block)], ct);
            var free = lives.Except(await kept(lives, ct));
            List<RowChange> rows = [.. from block in free.Lives.GroupBy(life => life.Block)
                                       let before = Claims(stored, block.Key)
                                       let after = block.Aggregate(before, (all, life) =>
                                           all.Without(new(site, life.Generation, life.Slots)))
                                       where !after.Equals(before)
                                       select Row(block.Key, stored, after)];
            if (rows.Count == 0 || await CommitAsync(rows, ct) is CommitResult.Committed)
                return;
            await Rivals.PauseAsync(attempt, clock, ct);
        }

        throw Contended(site);
    }

    async Task<IReadOnlyDictionary<BlockId, Stored>> ReadAsync(
        IReadOnlyCollection<BlockId> blocks, CancellationToken ct)
    {
        var (first, last) = (blocks.Min(), blocks.Max());
        return await claims
            .RangeAsync(
                ClaimRow.Partition(first), ClaimRow.Key(first), SiteKeys.After(ClaimRow.Key(last)), ct: ct)
            .ToDictionaryAsync(ClaimRow.Block, row => new Stored(ClaimRow.Read(row), row.ETag), cancellationToken: ct);
    }

    Task<CommitResult> CommitAsync(List<RowChange> rows, CancellationToken ct) =>
        claims.CommitAsync(rows[0].Row.PartitionKey, rows, ct);

    static RowChange Row(BlockId block, IReadOnlyDictionary<BlockId, Stored> stored, BlockClaims after) =>
        !stored.TryGetValue(block, out var before) ? new RowChange.Insert(ClaimRow.Write(block, after))
        : after.IsEmpty ? new RowChange.Delete(ClaimRow.Write(block, after, before.ETag))
        : new RowChange.Merge(ClaimRow.Write(block, after, before.ETag));

    static BlockClaims Claims(IReadOnlyDictionary<BlockId, Stored> stored, BlockId block) =>
        stored.GetValueOrDefault(block)?.Claims ?? BlockClaims.None;

    /// <summary>In their order; each is one transaction, for it has no more than 100 blocks.</summary>
    static IEnumerable<NumberLives> Partitions(NumberLives lives) =>
        lives.Lives.GroupBy(life => ClaimRow.Partition(life.Block)).Select(NumberLives.Of);

    static SiteBusyException Contended(Id<Site> site) =>
        new($"Other claims won {Rivals.AttemptsMax} tries of {site} in a row.");
}
