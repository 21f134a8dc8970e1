using System.Collections.Immutable;
using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Audits;

/// <summary>What can be wrong with a site, a check for each; none of them changes anything.</summary>
public static class SiteChecks
{
    /// <summary>What a timer does can be late by as long as an outage lasts that nobody was woken for.</summary>
    public static readonly TimeSpan OverdueAfter = TimeSpan.FromHours(1);

    /// <summary>Three rounds of the five-minute timers that drive operations and move events.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(15);

    static readonly ImmutableArray<Func<AuditedSite, IEnumerable<Finding>>> All =
    [
        PoolRunsOut, CountsDisagree, OwnersUnknown, CooldownsOverdue, HoldsOverdue, BlocksOverdue, ReservedIdle,
        OperationsStuck, WaitsOrphaned, EventsNotMoved, MainsMissing,
        LineChecks.AssignmentsDisagree, LineChecks.UsersGone, LineChecks.LocationsUnknown, LineChecks.HandsetsNowhere,
        NotRead,
    ];

    /// <summary>All that is wrong, what matters most first.</summary>
    public static ImmutableArray<Finding> Of(AuditedSite site) =>
        [.. All.SelectMany(check => check(site)).OrderByDescending(finding => finding.Severity)];

    /// <summary>Whether something is said of numbers that may have changed while they were read.</summary>
    public static bool Doubts(AuditedSite site) => LineChecks.Doubts(site);

    /// <summary>
    /// Of the numbers that anyone may have, how many an occupier could be given now: those kept for the operator are
    /// none of these. A number that was never offered yet is no part of the pool; one that somebody has, or that rests,
    /// is.
    /// </summary>
    static IEnumerable<Finding> PoolRunsOut(AuditedSite site)
    {
        var (rules, blocks) = (site.State.Rules, site.State.Pool.Blocks);
        var all = blocks.Sum(block => block.Where(block.Live, IsForAnyone).Except(
            PremiumNumbers.In(block.Id, rules.PremiumPatterns)).Count);
        var left = blocks.Sum(block => Candidates.General(block, rules.PremiumPatterns).Count);
        var free = Math.Max(0, left - rules.KeepForOperator);
        if (free * 100 < rules.CriticalPercent * all)
            yield return new Finding.PoolCritical(free, all);
        else if (free * 100 < rules.LowWaterPercent * all || free < rules.LowWaterCount)
            yield return new Finding.PoolLow(free, all);
    }

    static bool IsForAnyone(Number number) =>
        number is { Kind: NumberKind.Standard, Role: NumberRole.Direct, Earmark: null }
            and { State: not (NumberState.Staged or NumberState.PortingIn) };

    static IEnumerable<Finding> CountsDisagree(AuditedSite site)
    {
        var had = site.Numbers.Where(at => at.Number is { IsAllocated: true, Account: not null })
            .ToLookup(at => at.Number.Account!.Value);
        foreach (var account in site.State.Holdings.Keys.Union(had.Select(numbers => numbers.Key)).Order())
        {
            var (holding, numbers) = (site.State.Holding(account), had[account].ToList());
            var direct = numbers.Count(at => at.Number.CountsAsDirect);
            var inService = numbers.Count(at => at.Number.CountsAsInService);
            var mains = numbers.Where(at => !at.Number.CountsAsDirect).Select(at => at.Id).ToList();
            var namesIt = holding.Main is { } main ? mains.Contains(main) : mains.Count == 0;
            if (direct != holding.DirectNumbers || inService != holding.InService || !namesIt)
            {
                yield return new Finding.CountsDisagree(
                    holding.DirectNumbers, direct, holding.Main, holding.InService, inService)
                {
                    Account = account, Numbers = NumberSet.Of(numbers.Select(at => at.Id)),
                };
            }
        }
    }

    static IEnumerable<Finding> OwnersUnknown(AuditedSite site) =>
        from at in site.Numbers
        where at.Number.Account is { } account && !site.Accounts.GetValueOrDefault(account)
            && !site.IsUnread(AuditPart.Accounts)
        group at.Id by at.Number.Account!.Value into numbers
        select new Finding.OwnerUnknown(site.Accounts.ContainsKey(numbers.Key))
        {
            Account = numbers.Key, Numbers = NumberSet.Of(numbers),
        };

    static IEnumerable<Finding> CooldownsOverdue(AuditedSite site) => Overdue(
        site, NumberState.Cooldown, number => number.RestsUntil, since => new Finding.CooldownOverdue(since));

    static IEnumerable<Finding> HoldsOverdue(AuditedSite site) => Overdue(
        site, NumberState.Held, number => number.Until, since => new Finding.HoldOverdue(since));

    static IEnumerable<Finding> BlocksOverdue(AuditedSite site) => Overdue(
        site, NumberState.Blocked, number => number.Until, since => new Finding.BlockOverdue(since));

    /// <summary>One finding for all numbers whose time in a state was over long ago.</summary>
    static IEnumerable<Finding> Overdue(
        AuditedSite site, NumberState state, Func<Number, DateTimeOffset?> end, Func<DateTimeOffset, Finding> finding)
    {
        var overdue = site.Numbers
            .Where(at => at.Number.State == state && end(at.Number) + OverdueAfter < site.Now).ToList();
        if (overdue.Count > 0)
        {
            yield return finding(overdue.Min(at => end(at.Number)!.Value)) with
            {
                Numbers = NumberSet.Of(overdue.Select(at => at.Id)),
            };
        }
    }

    static IEnumerable<Finding> ReservedIdle(AuditedSite site)
    {
        var days = site.State.Rules.ReservedIdleWarnDays;
        return
            from at in site.Numbers
            where at.Number is { State: NumberState.Reserved, EverActive: false, Account: not null }
                && at.Number.Since?.AddDays(days) < site.Now
            group at by at.Number.Account!.Value into numbers
            select new Finding.ReservedIdle(numbers.Min(at => at.Number.Since!.Value), days)
            {
                Account = numbers.Key, Numbers = NumberSet.Of(numbers.Select(at => at.Id)),
            };
    }

    static IEnumerable<Finding> OperationsStuck(AuditedSite site) =>
        from operation in site.Operations
        where (operation.WaitsUntil ?? operation.AcceptedAt) + StuckAfter < site.Now
        orderby operation.AcceptedAt
        select new Finding.OperationStuck(operation.Id, operation.AcceptedAt) { Account = operation.Account };

    /// <summary>
    /// Numbers that wait for the platform and for which no operation waits, so that nobody will give up: an account
    /// that closed leaves such numbers on purpose, until the deadline that others have.
    /// </summary>
    static IEnumerable<Finding> WaitsOrphaned(AuditedSite site)
    {
        var open = site.Operations.Select(operation => operation.Id).ToHashSet();
        var deadline = TimeSpan.FromDays(site.State.Rules.ActivationDeadlineDays);
        return
            from at in site.Numbers
            where at.Number is { Waits: true, Account: not null }
                && at.Number.Since + (at.Number.State is NumberState.Activating ? StuckAfter : deadline) < site.Now
                && !(at.Number.Operation is { } begun && open.Contains(begun))
                && !site.IsUnread(AuditPart.Operations)
            group at by (at.Number.Account!.Value, at.Number.State, at.Number.Role is NumberRole.Direct) into numbers
            let since = numbers.Min(at => at.Number.Since!.Value)
            select (numbers.Key.State, numbers.Key.Item3) switch
            {
                (NumberState.Deactivating, _) => new Finding.DeactivationOrphaned(since),
                (_, true) => new Finding.DirectOrphaned(since),
                _ => (Finding)new Finding.ActivationOrphaned(since),
            } with
            {
                Account = numbers.Key.Value, Numbers = NumberSet.Of(numbers.Select(at => at.Id)),
            };
    }

    static IEnumerable<Finding> EventsNotMoved(AuditedSite site)
    {
        var late = site.Events.Where(at => at + StuckAfter < site.Now).ToList();
        if (late.Count > 0)
            yield return new Finding.EventsNotMoved(late.Count, late.Min());
    }

    static IEnumerable<Finding> MainsMissing(AuditedSite site) =>
        from holding in site.State.Holdings.Values
        where holding.LacksMain
        orderby holding.Account
        select new Finding.MainMissing { Account = holding.Account };

    static IEnumerable<Finding> NotRead(AuditedSite site) =>
        site.Unread.Select(unread => new Finding.Incomplete(unread.Part, unread.Limit));
}
