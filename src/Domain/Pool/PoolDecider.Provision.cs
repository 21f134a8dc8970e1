using System.Collections.Immutable;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Pool;

/// <summary>Putting numbers into a site's pool.</summary>
public static partial class PoolDecider
{
    /// <summary>
    /// New numbers, even where the platform does not manage the site: that is how a site is made ready.
    /// </summary>
    public static PoolDecision Decide(SiteState site, Provision command) => command.BadLines switch
    {
        BadLines.LeaveOut => ProvisionGood(site, command),
        _ => ProvisionAll(site, command),
    };

    static PoolDecision ProvisionAll(SiteState site, Provision command)
    {
        var named = command.Lines.SelectMany(line => line.Numbers.Blocks).ToLookup(part => part.Block);
        if (named.Count > BlocksMax)
            return new PoolDecision.Refused(new Refusal.TooManyBlocks(named.Count));

        var refusals = named.OrderBy(parts => parts.Key)
            .SelectMany(parts => RefusedInBlock(site.Pool[parts.Key], command.Elsewhere, parts))
            .ToImmutableArray();
        return refusals.Length > 0
            ? new PoolDecision.Refused(refusals)
            : new PoolDecision.Accepted(Added(site, command.Order, command.Lines));
    }

    static PoolDecision ProvisionGood(SiteState site, Provision command)
    {
        var lines = command.Lines;
        var good = ImmutableArray.CreateBuilder<ProvisionLine>();
        var leftOut = ImmutableArray.CreateBuilder<Refusal.OfNumber>();
        var taken = new Dictionary<BlockId, Slots>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (InTheWay(site.Pool, taken, command.Elsewhere, lines[i].Numbers) is { } refusal)
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
                Added(site, command.Order, good.DrainToImmutable()) with { LeftOut = leftOut.DrainToImmutable() });
    }

    /// <summary>The lowest of the numbers that cannot come in; null when all can.</summary>
    static Refusal.OfNumber? InTheWay(
        NumberPool pool, Dictionary<BlockId, Slots> taken, NumberSet elsewhere, NumberSet numbers)
    {
        foreach (var (block, slots) in numbers.Blocks)
        {
            var present = slots.Intersect(pool[block]?.Live ?? Slots.None);
            var twice = slots.Intersect(taken.GetValueOrDefault(block));
            var others = slots.Intersect(elsewhere.In(block));
            if (present.Union(twice).Union(others).Lowest(1) is { IsEmpty: false } first)
                return new(block[first.Single()], WhyNot(first, present, twice));
        }

        return null;
    }

    static IEnumerable<Refusal> RefusedInBlock(Block? block, NumberSet elsewhere, IEnumerable<BlockSlots> parts)
    {
        var (seen, twice) = (Slots.None, Slots.None);
        foreach (var part in parts)
            (seen, twice) = (seen.Union(part.Slots), twice.Union(seen.Intersect(part.Slots)));

        var id = parts.First().Block;
        var present = seen.Intersect(block?.Live ?? Slots.None);
        return twice.Union(present).Union(seen.Intersect(elsewhere.In(id))).Select(Refusal (slot) =>
            new Refusal.OfNumber(id[slot], WhyNot(Slots.Of(slot), present, twice)));
    }

    static NumberRefusal WhyNot(Slots slot, Slots present, Slots twice) =>
        !present.Intersect(slot).IsEmpty ? NumberRefusal.AlreadyProvisioned
        : !twice.Intersect(slot).IsEmpty ? NumberRefusal.NamedTwice
        : NumberRefusal.LiveElsewhere;

    static SiteChange Added(SiteState site, Order order, ImmutableArray<ProvisionLine> lines)
    {
        var draft = new Draft(site);
        foreach (var line in lines)
        {
            draft.Apply(
                line.Numbers, new NumberCommand.Provision(order, line.As, line.Kind, line.Nominated, line.Earmark));
        }

        return draft.Refusals.Count == 0
            ? draft.Change()
            : throw new InvalidOperationException($"{draft.Refusals[0]} was let in and cannot be.");
    }
}
