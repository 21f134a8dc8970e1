using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Pool;

/// <summary>
/// Main numbers: a nominated number is reserved for an account, waits for the platform's word, and takes the place of
/// the account's former one in the transaction that writes that word down.
/// </summary>
public static partial class PoolDecider
{
    /// <summary>
    /// The number is the account's and waits for the platform's word; or is in service at once, where that word came
    /// early.
    /// </summary>
    public static PoolDecision Decide(SiteState site, BeginMain command)
    {
        if (NotManaged(site) is { } refused)
            return refused;
        var (number, account) = (command.Number, command.To.Account);
        if (IsMainOf(site.Pool.Find(number), account))
            return AlreadySo(number);
        if (!site.Holding(account).IsEntitledToMain)
            return new PoolDecision.Refused(new Refusal.NoServiceForMain(account));

        var draft = new Draft(site);
        draft.Apply(number, new NumberCommand.Reserve(
            command.Order with { By = Party.System }, account, NumberSource.ByHand, AsMain: true));
        if (draft.Refusals.Count == 0)
        {
            TakeOver(draft, number, command.Order);
            draft.TakeUpWord(number, command.Order);
        }

        if (draft is { Refusals.Count: 0 } && draft.Find(number) is { State: NumberState.Reserved })
            draft.Apply(number, new NumberCommand.Activate(command.Order));
        return Bounded(draft);
    }

    /// <summary>
    /// The platform's word: the number is the account's main number from now on. Where it is not nominated and reserved
    /// for the account yet, the word is kept for a while; a request is refused instead.
    /// </summary>
    public static PoolDecision Decide(SiteState site, ActivateMain command)
    {
        if (NotManaged(site) is { } refused)
            return refused;
        var (number, account) = (command.Number, command.Account);
        var found = site.Pool.Find(number);
        if (IsMainOf(found, account))
            return AlreadySo(number);

        var draft = new Draft(site);
        if (found is { IsNextMain: true } next && next.Account == account)
        {
            if (!site.Holding(account).IsEntitledToMain)
                return new PoolDecision.Refused(new Refusal.NoServiceForMain(account));
            draft.PutInService(number, command.Order);
        }
        else if (command.KeptUntil is { } until && MayBecomeMain(found))
        {
            draft.Keep(number, new(command.Order.Operation.Hash, account, until));
        }
        else
        {
            return new PoolDecision.Refused(new Refusal.OfNumber(number, WhyNotNext(found, account))
            {
                From = found?.State, To = NumberState.Active,
            });
        }

        return Bounded(draft);
    }

    /// <summary>The platform could not put the number in service: it stays the account's, and a kept word is gone.
    /// </summary>
    public static PoolDecision Decide(SiteState site, RefuseActivation command)
    {
        if (NotManaged(site) is { } refused)
            return refused;

        var draft = new Draft(site);
        if (site.Pool.Find(command.Number) is { State: not NumberState.Activating, Early: not null })
            draft.Keep(command.Number, null);
        else
            draft.Apply(command.Number, new NumberCommand.FailActivation(command.Order));
        return Bounded(draft);
    }

    /// <summary>
    /// Gives up waiting for the platform, if the number still does; where it went on meanwhile, nothing changes.
    /// </summary>
    public static PoolDecision Decide(SiteState site, GiveUpActivation command)
    {
        var draft = new Draft(site);
        if (site.Pool.Find(command.Number) is { State: NumberState.Activating } waiting
            && waiting.Operation == command.Begun)
        {
            draft.Apply(command.Number, new NumberCommand.FailActivation(command.Order with { By = Party.System }));
        }

        return Bounded(draft);
    }

    /// <summary>The account has no main number from now on; it keeps the number, for direct use.</summary>
    public static PoolDecision Decide(SiteState site, RemoveMain command)
    {
        if (NotManaged(site) is { } refused)
            return refused;
        if (site.Holding(command.Account).Main is not { } number
            || !IsMainOf(site.Pool.Find(number), command.Account))
        {
            return new PoolDecision.Refused(new Refusal.NoMain(command.Account));
        }

        var draft = new Draft(site);
        draft.Apply(number, new NumberCommand.Deactivate(command.Order, RemovesMain: true));
        draft.Apply(number, new NumberCommand.ConfirmDeactivation(command.Order with { By = Party.System }));
        return Bounded(draft);
    }

    /// <summary>
    /// One operation at a time waits for an account's main number: a number that another one left waiting has lost it,
    /// and waits for this one from now on.
    /// </summary>
    static void TakeOver(Draft draft, E164 number, Order order)
    {
        if (draft.Find(number) is { State: NumberState.Activating } left && left.Operation != order.Operation)
            draft.Apply(number, new NumberCommand.FailActivation(order with { By = Party.System }));
    }

    static bool IsMainOf(Number? number, Id<Account> account) =>
        number is { Role: NumberRole.Main, State: NumberState.Active } && number.Account == account;

    /// <summary>Whether it can still be nominated and reserved, now or after something else.</summary>
    static bool MayBecomeMain(Number? number) => number is
    {
        Role: not NumberRole.Main, State: not (NumberState.PortingOut or NumberState.Retired),
    };

    static PoolDecision.Accepted AlreadySo(E164 number) =>
        new(SiteChange.None with { Unchanged = NumberSet.Of([number]) });

    static NumberRefusal WhyNotNext(Number? number, Id<Account> account) => number switch
    {
        null or { State: NumberState.Retired } => NumberRefusal.NotProvisioned,
        { Role: NumberRole.Main } => NumberRefusal.Taken,
        { Role: not NumberRole.NominatedMain } => NumberRefusal.NotNominated,
        _ when number.Account is { } owner && owner != account => NumberRefusal.Taken,
        _ => NumberRefusal.NoTransition,
    };
}
