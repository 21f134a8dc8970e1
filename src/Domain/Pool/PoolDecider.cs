using System.Collections.Immutable;
using Telephony.Domain.Numbers;
using Telephony.Domain.Services;

namespace Telephony.Domain.Pool;

/// <summary>
/// What a request does to a site's pool. Each answer is a change that fits one transaction, or all that is in its way.
/// </summary>
public static class PoolDecider
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

    /// <summary>The numbers that were asked for by name, or the reason for each that cannot be had.</summary>
    public static PoolDecision Decide(SiteState site, Allocate command)
    {
        if (!site.Rules.ManagedByPlatform)
            return new PoolDecision.Refused(new Refusal.SiteNotManaged());
        if (command.Numbers.Blocks.Length > BlocksMax)
            return new PoolDecision.Refused(new Refusal.TooManyBlocks(command.Numbers.Blocks.Length));

        return Reserve(
            site, site.Holding(command.Account), command.Numbers,
            new Reserve(command.Account, NumberSource.ByHand, command.Operation, command.Now));
    }

    /// <summary>
    /// The service, and the numbers that the account lacks with it: the shortfall, no more and no less.
    /// </summary>
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

        var holding = before.Assign(command.Service, command.Code, command.Quantity);
        var shortfall = holding.Shortfall(site.Rules);
        var chosen = NumberChooser.Choose(site.Pool, command.Account, shortfall);
        if (chosen.Count < shortfall)
            return new PoolDecision.Refused(new Refusal.PoolExhausted(shortfall, chosen.Count));
        if (chosen.Blocks.Length > BlocksMax)
            return new PoolDecision.Refused(new Refusal.TooManyBlocks(chosen.Blocks.Length));

        return Reserve(
            site, holding, chosen,
            new Reserve(command.Account, NumberSource.ByService, command.Operation, command.Now));
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

    /// <summary>All of these numbers for the account, or a reason for each that cannot be had.</summary>
    static PoolDecision Reserve(SiteState site, Holding holding, NumberSet numbers, Reserve command)
    {
        var refusals = ImmutableArray.CreateBuilder<Refusal>();
        var (blocks, taken, kept) = (new List<Block>(), new List<BlockSlots>(), new List<BlockSlots>());
        foreach (var (id, slots) in numbers.Blocks)
        {
            var (block, changes, same) = (site.Pool[id], new Dictionary<int, Number>(), Slots.None);
            foreach (var slot in slots)
            {
                switch (NumberDecider.Decide(block?[slot], command))
                {
                    case NumberDecision.Refused refused:
                        refusals.Add(new Refusal.OfNumber(id[slot], refused.Reason));
                        break;
                    case NumberDecision.Accepted accepted:
                        changes.Add(slot, accepted.Next);
                        break;
                    default:
                        same = same.Union(Slots.Of(slot));
                        break;
                }
            }

            kept.Add(new(id, same));
            taken.Add(new(id, slots.Intersect(Slots.Of(changes.Keys))));
            if (changes.Count > 0)
                blocks.Add(block!.With(changes));
        }

        if (refusals.Count > 0)
            return new PoolDecision.Refused(refusals.DrainToImmutable());

        var changed = NumberSet.Of(taken);
        var after = holding with { DirectNumbers = holding.DirectNumbers + changed.Count };
        return new PoolDecision.Accepted(new(
            [.. blocks], after == site.Holding(command.Account) ? null : after, changed, NumberSet.Of(kept)));
    }
}
