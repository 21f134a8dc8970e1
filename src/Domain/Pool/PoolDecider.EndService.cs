using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Services;

namespace Telephony.Domain.Pool;

/// <summary>Ending a voice service, and giving back what services took and no longer need.</summary>
public static partial class PoolDecider
{
    /// <summary>
    /// The service ends, unless more numbers are in service than the remaining ones allow; then as many as fit one
    /// transaction of those that services took, and now need no more, go back to the pool.
    /// </summary>
    public static PoolDecision Decide(SiteState site, EndService command)
    {
        if (NotManaged(site) is { } refused)
            return refused;

        var before = site.Holding(command.Account);
        var version = before.Service(command.Service)?.Version;
        if (version is null || version != command.ExpectedVersion)
            return new PoolDecision.Refused(new Refusal.ServiceChanged(command.Service, version));

        var holding = before.Without(command.Service);
        if (TooManyInService(site, holding) is { } inService)
            return new PoolDecision.Refused(inService);

        var draft = new Draft(site);
        draft.Put(holding);
        return GiveBack(site, draft, holding, command.Order);
    }

    /// <summary>What is still to be given back after a service ended.</summary>
    public static PoolDecision Decide(SiteState site, GiveBack command) => NotManaged(site)
        ?? GiveBack(site, new Draft(site), site.Holding(command.Account), command.Order);

    static PoolDecision GiveBack(SiteState site, Draft draft, Holding holding, Order order)
    {
        var surplus = Math.Max(0, holding.DirectNumbers - holding.Required(site.Rules));
        var direct = Descending(site, holding.Account, IsUnused).Take(surplus);
        // Nothing needs a main number where there is no service.
        var main = holding is { Services.IsEmpty: true, Main: { } number } && IsUnusedMain(site.Pool.Find(number)!)
            ? [number]
            : Array.Empty<E164>();

        var (fitting, isPart) = Fitting(main.Concat(direct), BlocksMax);
        draft.Apply(fitting, Releasing(site, holding.Account, order));
        return Bounded(draft, isPart: isPart);
    }

    static NumberCommand.Release Releasing(SiteState site, Id<Account> account, Order order) =>
        new(order, account, site.Rules.CooldownDays, site.Rules.CooldownDaysMain);

    /// <summary>Taken by a service and never in service, so nobody misses it.</summary>
    static bool IsUnused(Number number) => number is
    {
        State: NumberState.Reserved, Role: NumberRole.Direct, Source: NumberSource.ByService, EverActive: false,
    };

    static bool IsUnusedMain(Number number) => number is
    {
        State: NumberState.Reserved, Role: NumberRole.NominatedMain, Source: NumberSource.ByService, EverActive: false,
    };

    /// <summary>Null while no more are Activating or Active than these services allow.</summary>
    static Refusal.NumbersInService? TooManyInService(SiteState site, Holding holding)
    {
        var inService = Descending(site, holding.Account, IsInService).Order().ToList();
        var direct = inService.Where(number => site.Pool.Find(number)!.Role is NumberRole.Direct).ToList();
        var allowed = holding.Required(site.Rules);
        return holding is { IsEntitledToMain: false } && inService.Count > direct.Count
            ? new(allowed, [.. inService])
            : direct.Count > allowed ? new(allowed, [.. direct]) : null;
    }

    static bool IsInService(Number number) => number.State is NumberState.Activating or NumberState.Active;

    /// <summary>Numbers of an account that fit, highest first.</summary>
    static IEnumerable<E164> Descending(SiteState site, Id<Account> account, Func<Number, bool> fits) =>
        from block in site.Pool.Blocks.Reverse()
        from slot in block.Where(block.Of(account), fits).Reverse()
        select block.Id[slot];

    /// <summary>The first of these numbers that lie in so many blocks, and whether others are left.</summary>
    static (NumberSet Numbers, bool IsPart) Fitting(IEnumerable<E164> numbers, int blocksMax)
    {
        var blocks = new Dictionary<BlockId, Slots>();
        foreach (var number in numbers)
        {
            if (blocks.Count == blocksMax && !blocks.ContainsKey(number.Block))
                return (Set(), true);
            blocks[number.Block] = blocks.GetValueOrDefault(number.Block).Union(Slots.Of(number.Slot));
        }

        return (Set(), false);

        NumberSet Set() => NumberSet.Of(blocks.Select(block => new BlockSlots(block.Key, block.Value)));
    }
}
