using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;

namespace Telephony.Domain.Pool;

/// <summary>
/// Direct numbers are put in service and taken out of it: at once, or when the platform has said so, as the site's
/// rules have it.
/// </summary>
public static partial class PoolDecider
{
    public static PoolDecision Decide(SiteState site, ActivateDirect command) =>
        EachDirect(site, command.Numbers, (draft, number) =>
        {
            if (WhyNotActivated(draft, site.Rules, number) is { } refused)
                draft.Refuse(number, draft.Find(number)?.State, refused, NumberState.Active);
            else
                Activate(draft, site.Rules, number, command.Order);
        });

    public static PoolDecision Decide(SiteState site, DeactivateDirect command) =>
        EachDirect(site, command.Numbers, (draft, number) =>
        {
            if (WhyNotDeactivated(draft.Find(number)) is { } refused)
                draft.Refuse(number, draft.Find(number)?.State, refused, NumberState.Reserved);
            else
                Deactivate(draft, site.Rules, number, command.Order);
        });

    /// <summary>
    /// Those that still wait for the platform stay where they were before; those that went on meanwhile do not change.
    /// </summary>
    public static PoolDecision Decide(SiteState site, GiveUpDirect command)
    {
        var (draft, order) = (new Draft(site), command.Order with { By = Party.System });
        foreach (var number in command.Numbers)
        {
            if (site.Pool.Find(number) is not { Waits: true } waiting || waiting.Operation != command.Begun)
                continue;
            draft.Apply(number, waiting.State is NumberState.Activating
                ? new NumberCommand.FailActivation(order)
                : new NumberCommand.FailDeactivation(order));
        }

        return Bounded(draft);
    }

    /// <summary>Each number for itself; refused when every one of them is in the way.</summary>
    static PoolDecision EachDirect(SiteState site, NumberSet numbers, Action<Draft, E164> decide)
    {
        if (NotManaged(site) is { } notManaged)
            return notManaged;
        if (numbers.Blocks.Length > BlocksMax)
            return new PoolDecision.Refused(new Refusal.TooManyBlocks(numbers.Blocks.Length));

        var draft = new Draft(site);
        foreach (var number in numbers)
            decide(draft, number);
        var refusals = draft.Refusals.Cast<Refusal.OfNumber>().ToList();
        return refusals.Count == numbers.Count
            ? new PoolDecision.Refused([.. refusals])
            : Bounded(draft.Change() with { LeftOut = [.. refusals] });
    }

    /// <summary>
    /// What a service has just taken is put in service as a consequence, by the system. It is never more than the
    /// account is entitled to: with it the account has no more direct numbers, in service or not, than its services
    /// require.
    /// </summary>
    static void ActivateTaken(Draft draft, SiteRules rules, NumberSet numbers, Order order)
    {
        if (!rules.AutoActivateAfterAuto)
            return;
        if (rules.DirectActivation is DirectActivation.PlatformConfirms)
        {
            draft.AskToActivate(numbers);
            return;
        }

        foreach (var number in numbers)
            Activate(draft, rules, number, order with { By = Party.System });
    }

    static void Activate(Draft draft, SiteRules rules, E164 number, Order order)
    {
        draft.Apply(number, new NumberCommand.Activate(order));
        if (rules.DirectActivation is DirectActivation.Immediate && draft.Find(number) is { Waits: true })
            draft.Apply(number, new NumberCommand.ConfirmActivation(order with { By = Party.System }));
    }

    static void Deactivate(Draft draft, SiteRules rules, E164 number, Order order)
    {
        draft.Apply(number, new NumberCommand.Deactivate(order));
        if (rules.DirectActivation is DirectActivation.Immediate && draft.Find(number) is { Waits: true })
            draft.Apply(number, new NumberCommand.ConfirmDeactivation(order with { By = Party.System }));
    }

    /// <summary>What numbers themselves do not know; null when nothing is in the way.</summary>
    static NumberRefusal? WhyNotActivated(Draft draft, SiteRules rules, E164 number) => draft.Find(number) switch
    {
        { Role: not NumberRole.Direct } main => NotDirect(main),
        { State: NumberState.Deactivating } => NumberRefusal.UnderWay,
        { State: NumberState.Reserved, Account: { } account }
            when draft.Holding(account).EntitlementLeft(rules) == 0 => NumberRefusal.NoEntitlement,
        _ => null,
    };

    static NumberRefusal? WhyNotDeactivated(Number? number) => number switch
    {
        { Role: not NumberRole.Direct } => NotDirect(number),
        { State: NumberState.Activating } => NumberRefusal.UnderWay,
        _ => null,
    };

    static NumberRefusal NotDirect(Number number) =>
        number.Role is NumberRole.Main ? NumberRefusal.IsMain : NumberRefusal.NominatedMain;
}
