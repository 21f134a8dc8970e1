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
/// <param name="State">What decisions see, with the rules of one time.</param>
/// <param name="Rules">The rules of every time.</param>
/// <param name="ETags">By row key.</param>
/// <param name="ReadAt">
/// A timestamp of the clock: what is not written with a change is not checked by it, so its age is limited instead.
/// </param>
sealed record SiteSnapshot(
    SiteState State, RuleBook Rules, ImmutableDictionary<string, ETag> ETags, long ReadAt)
{
    public static SiteSnapshot Read(IEnumerable<TableEntity> rows, long now)
    {
        var blocks = new List<Block>();
        var holdings = ImmutableDictionary.CreateBuilder<Id<Account>, Holding>();
        var etags = ImmutableDictionary.CreateBuilder<string, ETag>(StringComparer.Ordinal);
        var rules = RuleBook.Default;
        foreach (var row in rows)
        {
            etags[row.RowKey] = row.ETag;
            if (SiteKeys.IsBlock(row.RowKey))
                blocks.Add(BlockRow.Read(row));
            else if (SiteKeys.IsHolding(row.RowKey))
                holdings[SiteKeys.Account(row.RowKey)] = HoldingRow.Read(row);
            else if (row.RowKey == SiteKeys.Rules)
                rules = RulesRow.Read(row);
        }

        var state = new SiteState(rules.Last.Rules, NumberPool.Empty.With(blocks), holdings.ToImmutable());
        return new(state, rules, etags.ToImmutable(), now);
    }

    /// <summary>With the rules that are in force at a time: a version takes effect though nobody reads again.</summary>
    public SiteSnapshot At(DateTimeOffset time)
    {
        var rules = Rules.At(time).Rules;
        return ReferenceEquals(rules, State.Rules) ? this : this with { State = State with { Rules = rules } };
    }

    public SiteSnapshot After(SiteChange change, IEnumerable<KeyValuePair<string, ETag>> written) =>
        this with { State = State.After(change), ETags = ETags.SetItems(written) };

    /// <summary>
    /// The rows of a change, each guarded by the version it was decided on. A block whose numbers were found to be as
    /// asked is written again as it is: else what this process remembers would have decided that, and not the block's
    /// row.
    /// </summary>
    public IEnumerable<RowChange> RowsOf(Id<Site> site, SiteChange change)
    {
        if (change.CountsPool)
            yield return Guarded(PoolCountRow(site));
        if (change.Holding is { } holding)
            yield return Guarded(HoldingRow.Write(site, holding, ETagOf(SiteKeys.Holding(holding.Account))));
        var written = change.Blocks.Select(block => block.Id).ToHashSet();
        var found = change.Unchanged.Blocks
            .Where(part => !written.Contains(part.Block))
            .Select(part => State.Pool[part.Block]!);
        foreach (var block in change.Blocks.Concat(found))
            yield return Guarded(BlockRow.Write(site, block, State.Pool[block.Id], ETagOf(SiteKeys.Block(block.Id))));
    }

    TableEntity PoolCountRow(Id<Site> site) =>
        new(SiteKeys.Partition(site), SiteKeys.PoolCount) { ETag = ETagOf(SiteKeys.PoolCount) };

    // What the row itself says of its version cannot be asked: a row that was given the default answers an empty one.
    RowChange Guarded(TableEntity row) =>
        ETags.ContainsKey(row.RowKey) ? new RowChange.Merge(row) : new RowChange.Insert(row);

    ETag ETagOf(string key) => ETags.GetValueOrDefault(key);
}
