using Telephony.Domain.Numbers;

namespace Telephony.Domain.Pool;

/// <summary>Writing down what time has brought about.</summary>
public static partial class PoolDecider
{
    /// <summary>
    /// Ends rests and blocks whose time has come, and notes the holds that have lapsed: of as many blocks as one
    /// transaction can hold, the lowest first. Nothing to do is a change of nothing.
    /// </summary>
    public static PoolDecision Decide(SiteState site, EndDue command)
    {
        if (!site.Rules.ManagedByPlatform)
            return new PoolDecision.Refused(new Refusal.SiteNotManaged());

        var (draft, lapsed) = (new Draft(site), new List<Block>());
        foreach (var block in site.Pool.Blocks.Where(block => IsDue(block, command.Order.Now)).Take(BlocksMax))
        {
            var due = block.Where(block.Provisioned, number => IsDue(number, command.Order.Now));
            foreach (var slot in due)
                End(draft, block.Id[slot], command.Order);
            if (due.IsEmpty)
                lapsed.Add(block);
        }

        var change = draft.Change();
        var holds = NumberSet.Of(site.Pool.Blocks
            .Where(block => lapsed.Contains(block) || change.Changed.In(block.Id) is { IsEmpty: false })
            .Select(block => new BlockSlots(block.Id, block.Lapsed)));
        return Bounded(change with
        {
            Blocks = [.. change.Blocks, .. lapsed],
            Changed = change.Changed.Union(holds),
        });
    }

    static bool IsDue(Block block, DateTimeOffset now) =>
        !block.Lapsed.IsEmpty || !block.Where(block.Provisioned, number => IsDue(number, now)).IsEmpty;

    static bool IsDue(Number number, DateTimeOffset now) => number.State switch
    {
        NumberState.Cooldown => number.RestsUntil <= now,
        NumberState.Blocked => number.Until <= now,
        _ => false,
    };

    /// <summary>The end of a block may show a rest that has ended meanwhile.</summary>
    static void End(Draft draft, E164 number, Order order)
    {
        if (draft.Find(number)!.State is NumberState.Blocked)
            draft.Apply(number, new NumberCommand.Unblock(order));
        if (draft.Find(number) is { State: NumberState.Cooldown } rests && IsDue(rests, order.Now))
            draft.Apply(number, new NumberCommand.EndCooldown(order));
    }
}
