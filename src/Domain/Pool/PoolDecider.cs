using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;

namespace Telephony.Domain.Pool;

/// <summary>
/// What a request does to a site's pool. Each answer is a change that fits one transaction, or all that is in its way.
/// </summary>
public static partial class PoolDecider
{
    /// <summary>
    /// Blocks that one change may touch: a transaction holds 100 rows, of which the operation, its event and the
    /// account need three. 97 blocks are 9,600 numbers at any alignment.
    /// </summary>
    public const int BlocksMax = RowsMax - 1;

    /// <summary>Rows that a transaction has for accounts and blocks.</summary>
    const int RowsMax = 98;

    /// <summary>The same command to all of these numbers, or a reason for each that is in the way.</summary>
    public static PoolDecision Decide(SiteState site, MoveNumbers command)
    {
        if (!site.Rules.ManagedByPlatform)
            return new PoolDecision.Refused(new Refusal.SiteNotManaged());
        if (command.Numbers.Blocks.Length > BlocksMax)
            return new PoolDecision.Refused(new Refusal.TooManyBlocks(command.Numbers.Blocks.Length));

        if (!MayWant(site, command.Command))
        {
            return new PoolDecision.Refused(
                [.. command.Numbers.Select(number => new Refusal.OfNumber(number, NumberRefusal.NotTheirs))]);
        }

        var draft = new Draft(site);
        draft.Apply(command.Numbers, command.Command);
        return Bounded(draft);
    }

    /// <summary>Tells and counts what else changed about numbers in service.</summary>
    public static PoolDecision Decide(SiteState site, AmendNumbers command)
    {
        if (NotManaged(site) is { } refused)
            return refused;

        var draft = new Draft(site);
        foreach (var number in command.Numbers)
            draft.Amend(number, command.What, command.Assigned);
        return Bounded(draft);
    }

    /// <summary>Operators nominate where the site lets them; who else may want what, numbers themselves say.</summary>
    static bool MayWant(SiteState site, NumberCommand command) =>
        command is not (NumberCommand.Nominate or NumberCommand.WithdrawNomination)
        || command.Order.By is not Party.Operator
        || site.Rules.MainNomination is MainNomination.OperatorAllowed;

    /// <summary>A change that fits one transaction, or what is in its way.</summary>
    static PoolDecision Bounded(Draft draft, int otherRows = 0, bool isPart = false) => draft.Refusals.Count > 0
        ? new PoolDecision.Refused([.. draft.Refusals])
        : Bounded(draft.Change() with { OtherRows = otherRows, IsPart = isPart });

    /// <summary>A change that fits one transaction: the operation and its event take two of its rows.</summary>
    static PoolDecision Bounded(SiteChange change)
    {
        var touched = change.Changed.Union(change.Unchanged).Blocks.Length;
        var others = Math.Max(1, change.Holdings.Length) + (change.CountsPool ? 1 : 0) + change.OtherRows;
        return touched > RowsMax - others
            ? new PoolDecision.Refused(new Refusal.TooManyBlocks(touched))
            : new PoolDecision.Accepted(change);
    }
}
