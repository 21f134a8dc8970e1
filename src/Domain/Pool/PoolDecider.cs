using System.Collections.Immutable;
using System.Diagnostics;
using Telephony.Domain.Numbers;
using Telephony.Domain.Services;

namespace Telephony.Domain.Pool;

/// <summary>What a request does to a site's pool. Each answer is a change that fits one transaction, or all that is in its way.</summary>
public static class PoolDecider
{
    /// <summary>
    /// Blocks that one change may touch: a transaction holds 100 rows, of which the operation, its event and the account
    /// need three. 97 blocks are 9,600 numbers at any alignment.
    /// </summary>
    public const int BlocksMax = 97;

    /// <summary>New numbers, even where the platform does not manage the site: that is how a site is made ready.</summary>
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

    /// <summary>The numbers that were asked for by name, or the reason for each that cannot be had.</summary>
    public static PoolDecision Decide(SiteState site, Allocate command)
    {
        if (!site.Rules.ManagedByPlatform)
            return new PoolDecision.Refused(new Refusal.SiteNotManaged());
        if (command.Numbers.Blocks.Length > BlocksMax)
            return new PoolDecision.Refused(new Refusal.TooManyBlocks(command.Numbers.Blocks.Length));

        var reserve = new Reserve(command.Account, NumberSource.ByHand, command.Operation, command.Now);
        var decisions = command.Numbers
            .Select(number => (Number: number, Decision: NumberDecider.Decide(site.Pool.Find(number), reserve)))
            .ToList();
        var refusals = decisions
            .Where(d => d.Decision is NumberDecision.Refused)
            .Select(Refusal (d) => new Refusal.OfNumber(d.Number, ((NumberDecision.Refused)d.Decision).Reason))
            .ToImmutableArray();
        if (refusals.Length > 0)
            return new PoolDecision.Refused(refusals);

        var unchanged = NumberSet.Of(decisions.Where(d => d.Decision is NumberDecision.Unchanged).Select(d => d.Number));
        var taken = NumberSet.Of(decisions.Where(d => d.Decision is NumberDecision.Accepted).Select(d => d.Number));
        var holding = site.Holding(command.Account);
        return new PoolDecision.Accepted(new(
            Reserved(site.Pool, taken, reserve),
            taken.Count == 0 ? null : holding with { DirectNumbers = holding.DirectNumbers + taken.Count },
            taken,
            unchanged));
    }

    /// <summary>The service, and the numbers that the account lacks with it: the shortfall, no more and no less.</summary>
    public static PoolDecision Decide(SiteState site, AssignService command)
    {
        if (!site.Rules.ManagedByPlatform)
            return new PoolDecision.Refused(new Refusal.SiteNotManaged());
        if (site.Rules.Service(command.Code) is null)
        {
            return new PoolDecision.Refused(new Refusal.UnknownService(
                command.Code, [.. site.Rules.Services.Select(service => service.Code)]));
        }

        var before = site.Holding(command.Account);
        var version = before.Service(command.Service)?.Version;
        if (version != command.ExpectedVersion)
            return new PoolDecision.Refused(new Refusal.ServiceChanged(command.Service, version));

        if (version is null && before.Services.Count >= Holding.ServicesMax)
            return new PoolDecision.Refused(new Refusal.TooManyServices());

        var holding = before.With(new(command.Service, command.Code, command.Quantity, (version ?? 0) + 1));
        var shortfall = holding.Shortfall(site.Rules);
        var chosen = NumberChooser.Choose(site.Pool, command.Account, shortfall);
        if (chosen.Count < shortfall)
            return new PoolDecision.Refused(new Refusal.PoolExhausted(shortfall, chosen.Count));
        if (chosen.Blocks.Length > BlocksMax)
            return new PoolDecision.Refused(new Refusal.TooManyBlocks(chosen.Blocks.Length));

        var reserve = new Reserve(command.Account, NumberSource.ByService, command.Operation, command.Now);
        return new PoolDecision.Accepted(new(
            Reserved(site.Pool, chosen, reserve),
            holding with { DirectNumbers = holding.DirectNumbers + chosen.Count },
            chosen,
            NumberSet.Empty));
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

    /// <summary>The blocks of numbers that may be reserved, with them reserved.</summary>
    static ImmutableArray<Block> Reserved(NumberPool pool, NumberSet numbers, Reserve reserve) =>
    [
        .. numbers.Blocks.Select(part => pool[part.Block]!.With(part.Slots.Select(slot => KeyValuePair.Create(
            slot,
            NumberDecider.Decide(pool[part.Block]![slot], reserve) is NumberDecision.Accepted accepted
                ? accepted.Next
                : throw new UnreachableException($"{part.Block[slot]} was chosen and cannot be reserved."))))),
    ];
}
