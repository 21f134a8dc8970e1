using System.Diagnostics;
using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;
using Telephony.Domain.Services;

namespace Telephony.Domain.Pool;

/// <summary>Giving numbers out: by name, by count, and because a service needs them.</summary>
public static partial class PoolDecider
{
    /// <summary>The numbers that were asked for by name, or the reason for each that cannot be had.</summary>
    public static PoolDecision Decide(SiteState site, Allocate command)
    {
        if (!site.Rules.ManagedByPlatform)
            return new PoolDecision.Refused(new Refusal.SiteNotManaged());
        if (command.Numbers.Blocks.Length > BlocksMax)
            return new PoolDecision.Refused(new Refusal.TooManyBlocks(command.Numbers.Blocks.Length));

        return Reserve(
            site, new Draft(site), command.To, command.Numbers,
            Reserving(command.To, NumberSource.ByHand, command.Order));
    }

    /// <summary>So many numbers as the site's rules choose them.</summary>
    public static PoolDecision Decide(SiteState site, AllocateCount command)
    {
        if (!site.Rules.ManagedByPlatform)
            return new PoolDecision.Refused(new Refusal.SiteNotManaged());

        return Take(
            site, new Draft(site), command.To, NumberChooser.Choose(site, command.To, command.Count),
            Reserving(command.To, NumberSource.ByHand, command.Order));
    }

    /// <summary>
    /// The service, and what the account lacks with it: exactly the shortfall of direct numbers, and with its first
    /// service a main number where that is needed.
    /// </summary>
    public static PoolDecision Decide(SiteState site, AssignService command)
    {
        if (Refused(site, command) is { } refusal)
            return new PoolDecision.Refused(refusal);

        var before = site.Holding(command.To.Account);
        var holding = before.Assign(command.Service, command.Code, command.Quantity);
        var draft = new Draft(site);
        draft.Put(holding);
        foreach (var reserved in new[] { holding.Main, holding.NextMain }.OfType<E164>())
            draft.TakeUpWord(reserved, command.Order);
        var reserve = Reserving(command.To, NumberSource.ByService, command.Order);
        var shortfall = holding.Shortfall(site.Rules);
        var needsMain = before.Main is null && (before.Services.IsEmpty || before.LacksMain)
            && site.Rules.Service(command.Code)!.NeedsMain;
        if (!site.Rules.AutoAllocate && (shortfall > 0 || needsMain))
        {
            return Take(site, draft, command.To, new ChoiceDecision.Chosen(
                [], new Refusal.AutoAllocateOff(shortfall, needsMain)), reserve);
        }

        var choice = NumberChooser.Choose(site, command.To, shortfall);
        if (!needsMain)
            return Take(site, draft, command.To, choice, reserve);
        return choice is ChoiceDecision.Chosen chosen
            ? WithMain(site, draft, command.To, chosen, reserve)
            : Take(site, draft, command.To, choice, reserve);
    }

    static Refusal? Refused(SiteState site, AssignService command)
    {
        if (!site.Rules.ManagedByPlatform)
            return new Refusal.SiteNotManaged();
        if (site.Rules.Service(command.Code) is null)
        {
            return new Refusal.UnknownService(
                command.Code, [.. site.Rules.Services.Select(service => service.Code)]);
        }

        var holding = site.Holding(command.To.Account);
        var version = holding.Service(command.Service)?.Version;
        return version != command.ExpectedVersion ? new Refusal.ServiceChanged(command.Service, version)
            : version is null && holding.Services.Count >= Holding.ServicesMax ? new Refusal.TooManyServices()
            : null;
    }

    static NumberCommand.Reserve Reserving(Recipient to, NumberSource source, Order order) =>
        new(order, to.Account, source);

    /// <summary>The choice with a main number besides, or with the word that there is none.</summary>
    static PoolDecision WithMain(
        SiteState site, Draft draft, Recipient to, ChoiceDecision.Chosen direct, NumberCommand.Reserve reserve)
    {
        // Direct numbers are chosen from those that are not nominated, so the site as it was still shows all of those.
        var main = NumberChooser.ChooseMain(site, to);
        if (main is null && site.Rules.MainNomination is MainNomination.AutomaticOnFirstService
            && NumberChooser.ChooseToNominate(site, to, Piece.Set(direct.Pieces)) is { } free)
        {
            draft.Apply(free.First, new NumberCommand.Nominate(reserve.Order with { By = Party.System }));
            // That none is nominated is true of the whole pool only.
            (main, draft.CountsPool) = (free, true);
        }

        if (main is null)
        {
            if (site.Rules.OnNoNominatedMain is MissingMain.Fail)
                return new PoolDecision.Refused(new Refusal.NoNominatedMain());
            draft.LackMain(to.Account);
            Refusal none = new Refusal.NoNominatedMain();
            return Take(site, draft, to, direct with
            {
                Missing = direct.Missing is { } few ? new Refusal.Both(few, none) : none,
            }, reserve);
        }

        draft.Put(draft.Holding(to.Account) with { LacksMain = false });
        draft.Apply(main.First, reserve with { AsMain = true });
        draft.AskToActivate(main.First);
        return Take(site, draft, to, direct, reserve) switch
        {
            PoolDecision.Accepted { Change: var change } =>
                new PoolDecision.Accepted(change with { Choice = change.Choice.Add(main) }),
            var refused => refused,
        };
    }

    static PoolDecision Take(
        SiteState site, Draft draft, Recipient to, ChoiceDecision decision, NumberCommand.Reserve reserve) =>
        decision switch
        {
            ChoiceDecision.Refused refused => new PoolDecision.Refused(refused.Reason),
            ChoiceDecision.Chosen chosen => Reserve(site, draft, to, Piece.Set(chosen.Pieces), reserve) switch
            {
                PoolDecision.Accepted accepted => new PoolDecision.Accepted(
                    accepted.Change with { Choice = chosen.Pieces, Missing = chosen.Missing }),
                var refused => refused,
            },
            _ => throw new UnreachableException($"No answer for {decision}."),
        };

    /// <summary>All of these numbers for the account, or a reason for each that cannot be had.</summary>
    static PoolDecision Reserve(
        SiteState site, Draft draft, Recipient to, NumberSet numbers, NumberCommand.Reserve command)
    {
        var holding = draft.Holding(to.Account);
        draft.Apply(numbers, command);
        if (draft.Refusals.Count > 0)
            return new PoolDecision.Refused([.. draft.Refusals]);
        if (command.Source is NumberSource.ByService)
            ActivateTaken(draft, site.Rules, numbers, command.Order);

        var change = draft.Change();
        var taken = change.Changed.Intersect(numbers);
        return OverLimit(site, to, holding, taken) is { } limit
            ? new PoolDecision.Refused(limit)
            : Bounded(change with
            {
                CountsPool = change.CountsPool || (site.Rules.KeepForOperator > 0 && change.Changed.Count > 0),
            });
    }

    /// <summary>What the site keeps an account from having, whether it asked by name or by count.</summary>
    static Refusal? OverLimit(SiteState site, Recipient to, Holding holding, NumberSet taken)
    {
        if (site.Rules.MaxPerAccount is { } max && taken.Count > Math.Max(0, max - holding.DirectNumbers))
            return new Refusal.AccountFull(max, holding.DirectNumbers, taken.Count);
        if (to.IsOperator || site.Rules.KeepForOperator == 0)
            return null;

        var general = site.Pool.Blocks.Sum(block => Candidates.General(block, site.Rules.PremiumPatterns).Count);
        var wanted = taken.Blocks.Sum(part =>
            part.Slots.Intersect(Candidates.General(site.Pool[part.Block]!, site.Rules.PremiumPatterns)).Count);
        var takeable = Math.Max(0, general - site.Rules.KeepForOperator);
        return wanted > takeable ? new Refusal.KeptForOperator(site.Rules.KeepForOperator, takeable, wanted) : null;
    }
}
