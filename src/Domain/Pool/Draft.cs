using System.Collections.Immutable;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Services;

namespace Telephony.Domain.Pool;

/// <summary>
/// A change of a site in the making: commands are put to its numbers, and what they did, what was in the way, and what
/// the accounts then have is collected. The counts of an account change with its numbers, here and nowhere else.
/// </summary>
sealed class Draft(SiteState site)
{
    readonly SortedDictionary<BlockId, Dictionary<int, Number>> changes = [];
    readonly Dictionary<BlockId, Slots> same = [];
    readonly Dictionary<Id<Account>, Holding> holdings = [];
    readonly List<Refusal> refusals = [];
    readonly MoveLog moves = new();

    public IReadOnlyList<Refusal> Refusals => refusals;

    public Number? Find(E164 number) =>
        changes.TryGetValue(number.Block, out var block) && block.TryGetValue(number.Slot, out var changed)
            ? changed
            : site.Pool.Find(number);

    public Holding Holding(Id<Account> account) => holdings.GetValueOrDefault(account) ?? site.Holding(account);

    public void Put(Holding holding) => holdings[holding.Account] = holding;

    /// <summary>The same command to all of them; each that is in the way becomes a refusal.</summary>
    public void Apply(NumberSet numbers, NumberCommand command)
    {
        foreach (var (block, slots) in numbers.Blocks)
        {
            foreach (var slot in slots)
                Apply(block[slot], command);
        }
    }

    public void Apply(E164 number, NumberCommand command)
    {
        var before = Find(number);
        switch (NumberDecider.Decide(before, command))
        {
            case NumberDecision.Accepted accepted:
                Change(number, before, accepted.Next);
                break;
            case NumberDecision.Refused refused:
                refusals.Add(new Refusal.OfNumber(number, refused.Reason) { From = before?.State, To = command.Goal });
                break;
            default:
                same[number.Block] = same.GetValueOrDefault(number.Block).Union(Slots.Of(number.Slot));
                break;
        }
    }

    /// <summary>What one transaction writes.</summary>
    public SiteChange Change()
    {
        List<Block> blocks = [.. changes.Select(block => site.Pool[block.Key] is { } there
            ? there.With(block.Value)
            : new Block(block.Key, block.Value))];
        var changed = changes.Select(block => new BlockSlots(block.Key, Slots.Of(block.Value.Keys)));
        var retired = NumberLives.Of(blocks, block => block.Where(
            Slots.Of(changes[block.Id].Keys), number => number.State is NumberState.Retired));
        return new(
            [.. blocks],
            [.. holdings.Values.Where(holding => holding != site.Holding(holding.Account)).OrderBy(h => h.Account)],
            NumberSet.Of(changed),
            NumberSet.Of(same.Select(block => new BlockSlots(block.Key, block.Value))))
        {
            Moves = moves.Moves,
            Retired = retired,
            // A row beside says which are gone, until nothing claims them any more.
            OtherRows = retired.IsEmpty ? 0 : 1,
        };
    }

    void Change(E164 number, Number? before, Number after)
    {
        if (!changes.TryGetValue(number.Block, out var block))
            changes.Add(number.Block, block = []);
        block[number.Slot] = after;
        moves.Add(number, before, after);
        Count(number, before, after);
    }

    void Count(E164 number, Number? before, Number after)
    {
        if (before is { IsAllocated: true, Account: { } loser })
        {
            var holding = Holding(loser);
            Put(holding with
            {
                DirectNumbers = holding.DirectNumbers - (before.CountsAsDirect ? 1 : 0),
                Main = holding.Main == number && !IsMain(after) ? null : holding.Main,
            });
        }

        if (after is { IsAllocated: true, Account: { } winner })
        {
            var holding = Holding(winner);
            Put(holding with
            {
                DirectNumbers = holding.DirectNumbers + (after.CountsAsDirect ? 1 : 0),
                Main = IsMain(after) ? holding.Main ?? number : holding.Main,
            });
        }
    }

    static bool IsMain(Number number) => number is { IsAllocated: true, Role: not NumberRole.Direct };
}
