using System.Collections.Immutable;
using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Domain.Services;

namespace Telephony.Functions.Storage;

/// <summary>
/// A site's state as it was read, with the version of each row. Deciding on it is safe because writing checks them.
/// </summary>
/// <param name="State">What decisions see at one time: its rules, and no hold that has lapsed.</param>
/// <param name="Stored">The pool as its rows say it.</param>
/// <param name="Rules">The rules of every time.</param>
/// <param name="ETags">By row key.</param>
/// <param name="ReadAt">
/// A timestamp of the clock: what is not written with a change is not checked by it, so its age is limited instead.
/// </param>
sealed record SiteSnapshot(
    SiteState State, NumberPool Stored, RuleBook Rules, ImmutableDictionary<string, ETag> ETags, long ReadAt)
{
    public static SiteSnapshot Read(IEnumerable<TableEntity> rows, long now)
    {
        var blocks = new List<Block>();
        var holdings = ImmutableDictionary.CreateBuilder<Id<Account>, Holding>();
        var etags = ImmutableDictionary.CreateBuilder<string, ETag>(StringComparer.Ordinal);
        var (rules, uncounted) = (RuleBook.Default, new List<Id<Account>>());
        foreach (var row in rows)
        {
            etags[row.RowKey] = row.ETag;
            if (SiteKeys.IsBlock(row.RowKey))
                blocks.Add(BlockRow.Read(row));
            else if (SiteKeys.IsHolding(row.RowKey))
            {
                var holding = HoldingRow.Read(row);
                holdings[holding.Account] = holding;
                if (HoldingRow.CountsNoService(row))
                    uncounted.Add(holding.Account);
            }
            else if (row.RowKey == SiteKeys.Rules)
                rules = RulesRow.Read(row);
        }

        // Whoever changes what is counted here writes the account's row, so that its version guards the count.
        foreach (var account in uncounted)
            holdings[account] = holdings[account] with { InService = blocks.Sum(block => InService(block, account)) };
        var pool = NumberPool.Empty.With(blocks);
        return new(new(rules.Last.Rules, pool, holdings.ToImmutable()), pool, rules, etags.ToImmutable(), now);
    }

    static int InService(Block block, Id<Account> account) =>
        block.Where(block.Of(account), number => number.CountsAsInService).Count;

    /// <summary>As it is at a time: rules take effect and holds lapse though nobody reads again.</summary>
    public SiteSnapshot At(DateTimeOffset time)
    {
        var (rules, pool) = (Rules.At(time).Rules, Stored.At(time));
        return ReferenceEquals(rules, State.Rules) && ReferenceEquals(pool, State.Pool)
            ? this
            : this with { State = State with { Rules = rules, Pool = pool } };
    }

    public SiteSnapshot After(SiteChange change, IEnumerable<KeyValuePair<string, ETag>> etags)
    {
        var stored = Stored.With(Written(change).Select(block => block.Written()));
        return this with
        {
            State = State.After(change) with { Pool = stored },
            Stored = stored,
            ETags = ETags.SetItems(etags),
        };
    }

    /// <summary>What happened to numbers: to those of the change, and to the lapsed ones of its blocks.</summary>
    /// <param name="change">What is written.</param>
    /// <param name="at">When it was asked for: a hold that lapsed since then is dated as the change is.</param>
    public ImmutableArray<Move> MovesOf(SiteChange change, DateTimeOffset at)
    {
        var lapsed = new MoveLog();
        foreach (var block in Written(change).Select(block => State.Pool[block.Id]).OfType<Block>())
        {
            foreach (var slot in block.Lapsed)
            {
                var held = Stored[block.Id]![slot]!;
                lapsed.Add(block.Id[slot], held, block[slot]!, held.Until < at ? held.Until : null);
            }
        }

        return [.. lapsed.Moves, .. change.Moves];
    }

    /// <summary>
    /// The rows of a change, each guarded by the version it was decided on. A block whose numbers were found to be as
    /// asked is written again as it is: else what this process remembers would have decided that, and not the block's
    /// row.
    /// </summary>
    public IEnumerable<RowChange> RowsOf(Id<Site> site, SiteChange change)
    {
        if (change.CountsPool)
            yield return Guarded(PoolCountRow(site));
        foreach (var holding in change.Holdings)
            yield return Guarded(HoldingRow.Write(site, holding, ETagOf(SiteKeys.Holding(holding.Account))));
        foreach (var block in Written(change))
            yield return Guarded(BlockRow.Write(site, block, Stored[block.Id], ETagOf(SiteKeys.Block(block.Id))));
    }

    /// <summary>The blocks of a change as they are afterwards, those included that were found to be as asked.</summary>
    IEnumerable<Block> Written(SiteChange change)
    {
        var changed = change.Blocks.Select(block => block.Id).ToHashSet();
        return change.Blocks.Concat(change.Unchanged.Blocks
            .Where(part => !changed.Contains(part.Block))
            .Select(part => State.Pool[part.Block]!));
    }

    TableEntity PoolCountRow(Id<Site> site) =>
        new(SiteKeys.Partition(site), SiteKeys.PoolCount) { ETag = ETagOf(SiteKeys.PoolCount) };

    // What the row itself says of its version cannot be asked: a row that was given the default answers an empty one.
    RowChange Guarded(TableEntity row) =>
        ETags.ContainsKey(row.RowKey) ? new RowChange.Merge(row) : new RowChange.Insert(row);

    ETag ETagOf(string key) => ETags.GetValueOrDefault(key);
}
