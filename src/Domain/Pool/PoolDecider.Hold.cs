using System.Collections.Immutable;
using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Pool;

/// <summary>Keeping numbers for future starters. A hold past its end is none: its numbers are in the pool.</summary>
public static partial class PoolDecider
{
    /// <summary>All of these numbers, or a reason for each that cannot be held.</summary>
    public static PoolDecision Decide(SiteState site, HoldNumbers command) =>
        NotHoldable(site, command.Until, command.Order) ?? HeldAlready(site, command.Numbers)
        ?? Keep(site, command.To, command.Numbers, [], command.Until, command.Order);

    /// <summary>So many numbers as the site's rules choose them; all of them, or none.</summary>
    public static PoolDecision Decide(SiteState site, HoldCount command) =>
        NotHoldable(site, command.Until, command.Order)
        ?? NumberChooser.Choose(ForHolds(site), command.To, command.Count) switch
        {
            ChoiceDecision.Chosen { Pieces: var pieces } =>
                Keep(site, command.To, Piece.Set(pieces), pieces, command.Until, command.Order),
            ChoiceDecision.Refused refused => new PoolDecision.Refused(refused.Reason),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };

    /// <summary>Another end for what is left of a hold; the same end when only its name changes.</summary>
    public static PoolDecision Decide(SiteState site, ChangeHold command)
    {
        var left = command.Hold.Left(site.Pool);
        if (NotManaged(site) is { } refused)
            return refused;
        if (left.Count == 0)
            return new PoolDecision.Refused(new Refusal.HoldOver());
        if (command.Until is { } until && BadEnd(site, until, command.Order) is { } bad)
            return bad;

        var draft = new Draft(site);
        foreach (var number in left)
        {
            draft.Apply(number, new NumberCommand.Hold(
                command.Order, command.Hold.Account, command.Until ?? draft.Find(number)!.Until!.Value));
        }

        return Bounded(draft, otherRows: 1);
    }

    /// <summary>What is left of a hold goes back to the pool; a hold that is over just ends.</summary>
    public static PoolDecision Decide(SiteState site, EndHold command)
    {
        if (NotManaged(site) is { } refused)
            return refused;

        var draft = new Draft(site);
        draft.Apply(command.Hold.Left(site.Pool), new NumberCommand.EndHold(command.Order));
        return Bounded(draft, otherRows: 1);
    }

    /// <summary>
    /// The account gets what was kept for it: all that is left, or the numbers that are named. With the last one the
    /// hold ends.
    /// </summary>
    public static PoolDecision Decide(SiteState site, TakeHold command)
    {
        var left = command.Hold.Left(site.Pool);
        if (NotManaged(site) is { } refused)
            return refused;
        if (left.Count == 0)
            return new PoolDecision.Refused(new Refusal.HoldOver());
        if (command.Numbers?.Except(left) is { Count: > 0 } others)
        {
            return new PoolDecision.Refused(
                [.. others.Select(number => Because(site, number, NumberRefusal.NotInHold, NumberState.Reserved))]);
        }

        var wanted = command.Numbers ?? left;
        return Reserve(
            site, new Draft(site), command.To, wanted,
            Reserving(command.To, NumberSource.ByHand, command.Order)) switch
        {
            PoolDecision.Accepted { Change: var change } when wanted.Count == left.Count =>
                Bounded(change with { OtherRows = 1 }),
            var decision => decision,
        };
    }

    static PoolDecision Keep(
        SiteState site, Recipient to, NumberSet numbers, ImmutableArray<Piece> choice,
        DateTimeOffset until, Order order)
    {
        var draft = new Draft(site);
        draft.Apply(numbers, new NumberCommand.Hold(order, to.Account, until));
        if (draft.Refusals.Count > 0)
            return new PoolDecision.Refused([.. draft.Refusals]);

        var change = draft.Change();
        return OverLimit(ForHolds(site), to, site.Holding(to.Account), change.Changed) is { } limit
            ? new PoolDecision.Refused(limit)
            : Bounded(change with
            {
                Choice = choice,
                CountsPool = site.Rules.KeepForOperator > 0,
                OtherRows = 1,
            });
    }

    /// <summary>Held numbers do not count as the account's, and a hold in part would help nobody.</summary>
    static SiteState ForHolds(SiteState site) =>
        site with { Rules = site.Rules with { MaxPerAccount = null, AllOrNothing = true } };

    /// <summary>What one hold has, another cannot have too, be it for the same account.</summary>
    static PoolDecision.Refused? HeldAlready(SiteState site, NumberSet numbers)
    {
        var held = numbers.Where(number => site.Pool.Find(number) is { State: NumberState.Held }).ToList();
        return held.Count == 0 ? null : new(
            [.. held.Select(number => Because(site, number, NumberRefusal.HeldAlready, NumberState.Held))]);
    }

    static PoolDecision.Refused? NotHoldable(SiteState site, DateTimeOffset until, Order order) =>
        NotManaged(site) ?? BadEnd(site, until, order);

    static PoolDecision.Refused? BadEnd(SiteState site, DateTimeOffset until, Order order) =>
        until <= order.Now ? new(new Refusal.HoldEndsInThePast(until))
        : until > order.Now.AddDays(site.Rules.HoldMaxDays)
            ? new(new Refusal.HoldTooLong(until, site.Rules.HoldMaxDays))
            : null;

    static PoolDecision.Refused? NotManaged(SiteState site) =>
        site.Rules.ManagedByPlatform ? null : new(new Refusal.SiteNotManaged());

    static Refusal.OfNumber Because(SiteState site, E164 number, NumberRefusal reason, NumberState? to) =>
        new(number, reason) { From = site.Pool.Find(number)?.State, To = to };
}
