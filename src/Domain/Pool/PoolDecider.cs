using System.Collections.Immutable;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Pool;

/// <summary>
/// What a request does to a site's pool. Each answer is a change that fits one transaction, or all that is in its way.
/// </summary>
public static partial class PoolDecider
{
    /// <summary>
    /// Blocks that one change may touch: a transaction holds 100 rows, of which the operation, its event and the
    /// account need three. 97 blocks are 9,600 numbers at any alignment.
    /// </summary>
    public const int BlocksMax = 97;

    /// <summary>
    /// New numbers, even where the platform does not manage the site: that is how a site is made ready.
    /// </summary>
    public static PoolDecision Decide(SiteState site, Provision command)
    {
        var named = command.Lines.SelectMany(line => line.Numbers.Blocks).ToLookup(part => part.Block);
        if (named.Count > BlocksMax)
            return new PoolDecision.Refused(new Refusal.TooManyBlocks(named.Count));

        var refusals = named.OrderBy(parts => parts.Key)
            .SelectMany(parts => RefusedInBlock(site.Pool[parts.Key], parts))
            .ToImmutableArray();
        if (refusals.Length > 0)
            return new PoolDecision.Refused(refusals);

        var added = command.Lines
            .SelectMany(line => line.Numbers.Blocks.Select(part => (part.Block, part.Slots, Number: Fresh(line))))
            .GroupBy(part => part.Block)
            .Select(parts => Put(site.Pool, parts.Key, parts.SelectMany(part =>
                part.Slots.Select(slot => KeyValuePair.Create(slot, part.Number)))));
        var all = NumberSet.Of(command.Lines.SelectMany(line => line.Numbers.Blocks));
        return new PoolDecision.Accepted(new([.. added], null, all, NumberSet.Empty));
    }

    static Number Fresh(ProvisionLine line) =>
        new(line.Kind, line.Nominated ? NumberRole.NominatedMain : NumberRole.Direct) { Earmark = line.Earmark };

    static IEnumerable<Refusal> RefusedInBlock(Block? block, IEnumerable<BlockSlots> parts)
    {
        var (seen, twice) = (Slots.None, Slots.None);
        foreach (var part in parts)
            (seen, twice) = (seen.Union(part.Slots), twice.Union(seen.Intersect(part.Slots)));

        var id = parts.First().Block;
        var present = seen.Intersect(block?.Provisioned ?? Slots.None);
        return twice.Union(present).Select(Refusal (slot) => new Refusal.OfNumber(
            id[slot], present.Contains(slot) ? NumberRefusal.AlreadyProvisioned : NumberRefusal.NamedTwice));
    }

    static Block Put(NumberPool pool, BlockId id, IEnumerable<KeyValuePair<int, Number>> numbers) =>
        pool[id] is { } block ? block.With(numbers) : new Block(id, numbers);
}
