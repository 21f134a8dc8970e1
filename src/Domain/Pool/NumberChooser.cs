using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Pool;

/// <summary>
/// Which numbers an account gets that asked for none by name: the lowest that may be chosen for it. Never chosen are
/// nominated main numbers, and Premium, Special, PortedIn and earmarked numbers unless they are earmarked for this
/// account.
/// </summary>
public static class NumberChooser
{
    /// <summary>The lowest <paramref name="count"/> candidates, or all there are when that is fewer.</summary>
    public static NumberSet Choose(NumberPool pool, Id<Account> account, int count)
    {
        var chosen = new List<BlockSlots>();
        foreach (var block in pool.Blocks)
        {
            if (count <= 0)
                break;
            var slots = Candidates(block, account).Lowest(count);
            count -= slots.Count;
            chosen.Add(new(block.Id, slots));
        }

        return NumberSet.Of(chosen);
    }

    static Slots Candidates(Block block, Id<Account> account) =>
        block.Open.Union(Slots.Of(block.Earmarked.Where(slot => block[slot]!.Earmark == account)));
}
