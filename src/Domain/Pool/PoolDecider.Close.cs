using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;

namespace Telephony.Domain.Pool;

/// <summary>An account leaves a site.</summary>
public static partial class PoolDecider
{
    /// <summary>
    /// All its services end, and of its numbers as many leave as fit one transaction, each in the way that its state
    /// allows. Those that cannot leave now are left out, each with its reason; so are those that the platform has to
    /// take out of service first, which it is asked for.
    /// </summary>
    public static PoolDecision Decide(SiteState site, CloseAtSite command)
    {
        if (NotManaged(site) is { } refused)
            return refused;

        var draft = new Draft(site);
        var holding = site.Holding(command.Account);
        draft.Put(holding with { Services = holding.Services.Clear(), LacksMain = false });

        var numbers = Descending(site, command.Account, _ => true).Order().ToList();
        var staying = numbers.Where(number => WhyStays(site.Pool.Find(number)!, command) is not null).ToList();
        var (fitting, isPart) = Fitting(
            numbers.Except(staying), command.InFull ? int.MaxValue : BlocksMax);
        foreach (var number in fitting)
        {
            if (site.Pool.Find(number)!.IsAssigned)
                draft.Amend(number, new(EventTypes.Unassigned, []), assigned: false);
            foreach (var step in Leaving(site, site.Pool.Find(number)!, command))
                draft.Apply(number, step);
        }

        staying.AddRange(fitting.Where(number => draft.Find(number)!.Waits));
        var change = draft.Change() with
        {
            IsPart = isPart,
            LeftOut =
            [
                .. staying.Order().Select(number => (Id: number, Number: draft.Find(number)!)).Select(left =>
                    new Refusal.OfNumber(left.Id, WhyStays(left.Number, command)!.Value) { From = left.Number.State }),
            ],
        };
        return draft.Refusals.Count > 0 ? new PoolDecision.Refused([.. draft.Refusals])
            : command.InFull ? new PoolDecision.Accepted(change)
            : Bounded(change);
    }

    /// <summary>Assigned ones were unassigned before; one that is assigned meanwhile stays, with who has it.</summary>
    static NumberRefusal? WhyStays(Number number, CloseAtSite command) => number switch
    {
        { IsAssigned: true } when !command.InFull => NumberRefusal.Assigned,
        { State: NumberState.Deactivating or NumberState.PortingOut } => NumberRefusal.UnderWay,
        _ => null,
    };

    /// <summary>The transitions that lead out of an account, one after the other.</summary>
    static IEnumerable<NumberCommand> Leaving(SiteState site, Number number, CloseAtSite command)
    {
        var (order, system) = (command.Order, command.Order with { By = Party.System });
        var release = Releasing(site, command.Account, order);
        return number.State switch
        {
            NumberState.Held => [new NumberCommand.EndHold(order)],
            NumberState.Activating => [new NumberCommand.FailActivation(system), release],
            NumberState.Active when number.Role is NumberRole.Direct
                && site.Rules.DirectActivation is DirectActivation.PlatformConfirms =>
                [new NumberCommand.Deactivate(order)],
            NumberState.Active =>
            [
                new NumberCommand.Deactivate(order, RemovesMain: number.Role is NumberRole.Main),
                new NumberCommand.ConfirmDeactivation(system),
                release,
            ],
            _ => [release],
        };
    }
}
