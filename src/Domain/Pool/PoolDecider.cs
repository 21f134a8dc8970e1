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
    public static PoolDecision Decide(SiteState site, Provision command) => command.BadLines switch
    {
        BadLines.LeaveOut => ProvisionGood(site, command.Lines),
        _ => ProvisionAll(site, command.Lines),
    };

    static PoolDecision ProvisionAll(SiteState site, ImmutableArray<ProvisionLine> lines)
    {
        var named = lines.SelectMany(line => line.Numbers.Blocks).ToLookup(part => part.Block);
        if (named.Count > BlocksMax)
            return new PoolDecision.Refused(new Refusal.TooManyBlocks(named.Count));

        var refusals = named.OrderBy(parts => parts.Key)
            .SelectMany(parts => RefusedInBlock(site.Pool[parts.Key], parts))
            .ToImmutableArray();
        return refusals.Length > 0
            ? new PoolDecision.Refused(refusals)
            : new PoolDecision.Accepted(Added(site.Pool, lines));
    }

    static PoolDecision ProvisionGood(SiteState site, ImmutableArray<ProvisionLine> lines)
    {
        var good = ImmutableArray.CreateBuilder<ProvisionLine>();
        var leftOut = ImmutableArray.CreateBuilder<Refusal.OfNumber>();
        var taken = new Dictionary<BlockId, Slots>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (InTheWay(site.Pool, taken, lines[i].Numbers) is { } refusal)
            {
                leftOut.Add(refusal with { Line = i });
                continue;
            }

            good.Add(lines[i]);
            foreach (var (block, slots) in lines[i].Numbers.Blocks)
                taken[block] = slots.Union(taken.GetValueOrDefault(block));
        }

        if (good.Count == 0)
            return new PoolDecision.Refused([.. leftOut]);
        return taken.Count > BlocksMax
            ? new PoolDecision.Refused(new Refusal.TooManyBlocks(taken.Count))
            : new PoolDecision.Accepted(
                Added(site.Pool, good.DrainToImmutable()) with { LeftOut = leftOut.DrainToImmutable() });
    }

    /// <summary>The lowest of the numbers that cannot come in; null when all can.</summary>
    static Refusal.OfNumber? InTheWay(NumberPool pool, Dictionary<BlockId, Slots> taken, NumberSet numbers)
    {
        foreach (var (block, slots) in numbers.Blocks)
        {
            var present = slots.Intersect(pool[block]?.Provisioned ?? Slots.None);
            var inTheWay = present.Union(slots.Intersect(taken.GetValueOrDefault(block))).Lowest(1);
            if (!inTheWay.IsEmpty)
            {
                return new(block[inTheWay.Single()], present.Intersect(inTheWay).IsEmpty
                    ? NumberRefusal.NamedTwice
                    : NumberRefusal.AlreadyProvisioned);
            }
        }

        return null;
    }

    static SiteChange Added(NumberPool pool, ImmutableArray<ProvisionLine> lines)
    {
        var added = lines
            .SelectMany(line => line.Numbers.Blocks.Select(part => (part.Block, part.Slots, Number: Fresh(line))))
            .GroupBy(part => part.Block)
            .Select(parts => Put(pool, parts.Key, parts.SelectMany(part =>
                part.Slots.Select(slot => KeyValuePair.Create(slot, part.Number)))));
        var all = NumberSet.Of(lines.SelectMany(line => line.Numbers.Blocks));
        return new([.. added], null, all, NumberSet.Empty);
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
