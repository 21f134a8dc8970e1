using System.Collections.Immutable;
using System.Diagnostics;
using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;
using Telephony.Domain.Services;

namespace Telephony.Domain.Pool;

/// <summary>Giving numbers out: by name, by count, and because a service needs them.</summary>
public static partial class PoolDecider
{
    /// <summary>The numbers that were asked for by name, or the reason for each that cannot be had.</summary>
    public static PoolDecision Decide(SiteState site, Allocate command)
    {
        if (!site.Rules.ManagedByPlatform)
            return new PoolDecision.Refused(new Refusal.SiteNotManaged());
        if (command.Numbers.Blocks.Length > BlocksMax)
            return new PoolDecision.Refused(new Refusal.TooManyBlocks(command.Numbers.Blocks.Length));

        return Reserve(site, command.To, site.Holding(command.To.Account), command.Numbers, new Reserve(
            command.To.Account, NumberSource.ByHand, command.Operation, command.Now));
    }

    /// <summary>So many numbers as the site's rules choose them.</summary>
    public static PoolDecision Decide(SiteState site, AllocateCount command)
    {
        if (!site.Rules.ManagedByPlatform)
            return new PoolDecision.Refused(new Refusal.SiteNotManaged());

        var reserve = new Reserve(command.To.Account, NumberSource.ByHand, command.Operation, command.Now);
        return Take(
            site, command.To, site.Holding(command.To.Account),
            NumberChooser.Choose(site, command.To, command.Count), reserve);
    }

    /// <summary>
    /// The service, and what the account lacks with it: exactly the shortfall of direct numbers, and with its first
    /// service a main number where that is needed.
    /// </summary>
    public static PoolDecision Decide(SiteState site, AssignService command)
    {
        if (Refused(site, command) is { } refusal)
            return new PoolDecision.Refused(refusal);

        var before = site.Holding(command.To.Account);
        var holding = before.Assign(command.Service, command.Code, command.Quantity);
        var reserve = new Reserve(command.To.Account, NumberSource.ByService, command.Operation, command.Now);
        var shortfall = holding.Shortfall(site.Rules);
        var needsMain = before.Services.IsEmpty && before.Main is null
            && site.Rules.Service(command.Code)!.NeedsMain;
        if (!site.Rules.AutoAllocate && (shortfall > 0 || needsMain))
        {
            return Take(site, command.To, holding, new ChoiceDecision.Chosen(
                [], new Refusal.AutoAllocateOff(shortfall, needsMain)), reserve);
        }

        var direct = Take(
            site, command.To, holding, NumberChooser.Choose(site, command.To, shortfall), reserve);
        return needsMain && direct is PoolDecision.Accepted { Change: var change }
            ? WithMain(site, command.To, change, reserve)
            : direct;
    }

    static Refusal? Refused(SiteState site, AssignService command)
    {
        if (!site.Rules.ManagedByPlatform)
            return new Refusal.SiteNotManaged();
        if (site.Rules.Service(command.Code) is null)
        {
            return new Refusal.UnknownService(
                command.Code, [.. site.Rules.Services.Select(service => service.Code)]);
        }

        var holding = site.Holding(command.To.Account);
        var version = holding.Service(command.Service)?.Version;
        return version != command.ExpectedVersion ? new Refusal.ServiceChanged(command.Service, version)
            : version is null && holding.Services.Count >= Holding.ServicesMax ? new Refusal.TooManyServices()
            : null;
    }

    /// <summary>The change with a nominated main number besides, or with the word that there is none.</summary>
    static PoolDecision WithMain(SiteState site, Recipient to, SiteChange change, Reserve reserve)
    {
        // Choosing the direct numbers touched none that is nominated, so the site as it was still shows all of those.
        if (NumberChooser.ChooseMain(site, to) is not { } chosen)
        {
            return site.Rules.OnNoNominatedMain is MissingMain.Fail
                ? new PoolDecision.Refused(new Refusal.NoNominatedMain())
                : new PoolDecision.Accepted(change with { Missing = change.Missing ?? new Refusal.NoNominatedMain() });
        }

        var after = site.After(change);
        var block = after.Pool[chosen.First.Block]!;
        if (NumberDecider.Decide(block[chosen.First.Slot], reserve with { AsMain = true })
            is not NumberDecision.Accepted { Next: var number })
        {
            throw new UnreachableException($"{chosen.First} was chosen and cannot be had.");
        }

        block = block.With([KeyValuePair.Create(chosen.First.Slot, number)]);
        return Bounded(change with
        {
            Blocks = [.. change.Blocks.Where(other => other.Id != block.Id), block],
            Holding = after.Holding(to.Account) with { Main = chosen.First },
            Changed = change.Changed.Union(NumberSet.Of([chosen.First])),
            Choice = change.Choice.Add(chosen),
        });
    }

    static PoolDecision Take(
        SiteState site, Recipient to, Holding holding, ChoiceDecision decision, Reserve reserve) => decision switch
        {
            ChoiceDecision.Refused refused => new PoolDecision.Refused(refused.Reason),
            ChoiceDecision.Chosen chosen => Reserve(site, to, holding, Piece.Set(chosen.Pieces), reserve) switch
            {
                PoolDecision.Accepted accepted => new PoolDecision.Accepted(
                    accepted.Change with { Choice = chosen.Pieces, Missing = chosen.Missing }),
                var refused => refused,
            },
            _ => throw new UnreachableException($"No answer for {decision}."),
        };

    /// <summary>All of these numbers for the account, or a reason for each that cannot be had.</summary>
    static PoolDecision Reserve(SiteState site, Recipient to, Holding holding, NumberSet numbers, Reserve command)
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
        if (OverLimit(site, to, holding, changed) is { } limit)
            return new PoolDecision.Refused(limit);

        var after = holding with { DirectNumbers = holding.DirectNumbers + changed.Count };
        return Bounded(new(
            [.. blocks], after == site.Holding(to.Account) ? null : after, changed, NumberSet.Of(kept))
        {
            CountsPool = site.Rules.KeepForOperator > 0 && changed.Count > 0,
        });
    }

    /// <summary>What the site keeps an account from having, whether it asked by name or by count.</summary>
    static Refusal? OverLimit(SiteState site, Recipient to, Holding holding, NumberSet taken)
    {
        if (site.Rules.MaxPerAccount is { } max && taken.Count > Math.Max(0, max - holding.DirectNumbers))
            return new Refusal.AccountFull(max, holding.DirectNumbers, taken.Count);
        if (to.IsOperator || site.Rules.KeepForOperator == 0)
            return null;

        var general = site.Pool.Blocks.Sum(block => Candidates.General(block, site.Rules.PremiumPatterns).Count);
        var wanted = taken.Blocks.Sum(part =>
            part.Slots.Intersect(Candidates.General(site.Pool[part.Block]!, site.Rules.PremiumPatterns)).Count);
        var takeable = Math.Max(0, general - site.Rules.KeepForOperator);
        return wanted > takeable ? new Refusal.KeptForOperator(site.Rules.KeepForOperator, takeable, wanted) : null;
    }

    /// <summary>A change that fits one transaction; the row of the pool's count takes a block's place.</summary>
    static PoolDecision Bounded(SiteChange change)
    {
        var touched = change.Changed.Union(change.Unchanged).Blocks.Length;
        return touched > BlocksMax - (change.CountsPool ? 1 : 0)
            ? new PoolDecision.Refused(new Refusal.TooManyBlocks(touched))
            : new PoolDecision.Accepted(change);
    }
}
