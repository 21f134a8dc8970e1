using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Numbers.Life;

/// <summary>A number for each column of <see cref="LifeTable"/>, and for each that a guard tells from it.</summary>
static class Samples
{
    public static readonly DateTimeOffset Tomorrow = Noon.AddDays(1);

    public static readonly IReadOnlyDictionary<string, Number?> Numbers = new Dictionary<string, Number?>
    {
        ["none"] = null,
        ["stag"] = Plain(NumberState.Staged),
        ["stag-nominated"] = Nominated(Plain(NumberState.Staged)),
        ["port"] = Plain(NumberState.PortingIn),
        ["port-for-us"] = Plain(NumberState.PortingIn) with { Earmark = Ours },
        ["port-for-them"] = Plain(NumberState.PortingIn) with { Earmark = Theirs },
        ["port-nominated"] = Nominated(Plain(NumberState.PortingIn)),
        ["free"] = Plain(NumberState.Available),
        ["nominated"] = Nominated(Plain(NumberState.Available)),
        ["nominated-for-them"] = Nominated(Plain(NumberState.Available)) with { Earmark = Theirs },
        ["for-us"] = Plain(NumberState.Available) with { Earmark = Ours },
        ["for-them"] = Plain(NumberState.Available) with { Earmark = Theirs },
        ["held"] = OnHold(Ours, Tomorrow),
        ["held-theirs"] = OnHold(Theirs, Tomorrow),
        ["laps"] = OnHold(Theirs, Noon),
        ["frsh"] = With(Ours),
        ["frsh-nominated"] = Nominated(With(Ours)),
        ["frsh-theirs"] = With(Theirs),
        ["used"] = Used(With(Ours)),
        ["used-nominated"] = Nominated(Used(With(Ours))),
        ["used-theirs"] = Used(With(Theirs)),
        ["used-as-main"] = Used(With(Ours)) with { EverMain = true },
        ["actg"] = With(Ours, NumberState.Activating),
        ["actg-nominated"] = Nominated(With(Ours, NumberState.Activating)),
        ["actg-theirs"] = With(Theirs, NumberState.Activating),
        ["actv"] = Used(With(Ours, NumberState.Active)),
        ["actv-assigned"] = Used(With(Ours, NumberState.Active)) with { IsAssigned = true },
        ["actv-main"] = AsMain(With(Ours, NumberState.Active)),
        ["actv-theirs"] = Used(With(Theirs, NumberState.Active)),
        ["deac"] = Used(With(Ours, NumberState.Deactivating)),
        ["deac-main"] = AsMain(With(Ours, NumberState.Deactivating)),
        ["deac-theirs"] = Used(With(Theirs, NumberState.Deactivating)),
        ["cool"] = Resting(Ours, Tomorrow),
        ["cool-theirs"] = Resting(Theirs, Tomorrow),
        ["cool-nominated"] = Nominated(Resting(Ours, Tomorrow)),
        ["cool-as-main"] = Resting(Ours, Tomorrow) with { EverMain = true },
        ["rest"] = Resting(Ours, Noon),
        ["blck"] = Withheld(Plain(NumberState.Available), null),
        ["blck-staged"] = Withheld(Plain(NumberState.Staged), null),
        ["blck-cooling"] = Withheld(Resting(Ours, Tomorrow), null),
        ["blck-for-now"] = Withheld(Plain(NumberState.Available), Tomorrow),
        ["blck-over"] = Withheld(Plain(NumberState.Available), Noon),
        ["blck-st-over"] = Withheld(Plain(NumberState.Staged), Noon),
        ["blck-co-over"] = Withheld(Resting(Ours, Tomorrow), Noon),
        ["leav"] = Leaving(With(Ours)),
        ["leav-nominated"] = Leaving(Nominated(With(Ours))),
        ["left"] = Leaving(Used(With(Ours, NumberState.Active))),
        ["reti"] = Plain(NumberState.Retired),
    };

    /// <summary>Every command, in each form that a guard tells apart.</summary>
    public static IReadOnlyDictionary<string, NumberCommand> Commands(Order order) =>
        new Dictionary<string, NumberCommand>
        {
            ["provision-staged"] = Provision(order, NumberState.Staged),
            ["provision-porting"] = Provision(order, NumberState.PortingIn),
            ["provision"] = Provision(order, NumberState.Available),
            ["provision-reserved"] = Provision(order, NumberState.Reserved),
            ["offer"] = new NumberCommand.Offer(order),
            ["arrive"] = new NumberCommand.ConfirmPortIn(order, null),
            ["arrive-ours"] = new NumberCommand.ConfirmPortIn(order, Ours),
            ["cancel-port-in"] = new NumberCommand.CancelPortIn(order),
            ["hold"] = new NumberCommand.Hold(order, Ours, Tomorrow),
            ["hold-longer"] = new NumberCommand.Hold(order, Ours, Tomorrow.AddDays(1)),
            ["hold-theirs"] = new NumberCommand.Hold(order, Theirs, Tomorrow),
            ["hold-past"] = new NumberCommand.Hold(order, Ours, order.Now),
            ["end-hold"] = new NumberCommand.EndHold(order),
            ["reserve"] = new NumberCommand.Reserve(order, Ours, NumberSource.ByService),
            ["reserve-theirs"] = new NumberCommand.Reserve(order, Theirs, NumberSource.ByHand),
            ["reserve-main"] = new NumberCommand.Reserve(order, Ours, NumberSource.ByHand, AsMain: true),
            ["activate"] = new NumberCommand.Activate(order),
            ["confirm-active"] = new NumberCommand.ConfirmActivation(order),
            ["fail-active"] = new NumberCommand.FailActivation(order),
            ["deactivate"] = new NumberCommand.Deactivate(order),
            ["remove-main"] = new NumberCommand.Deactivate(order, RemovesMain: true),
            ["confirm-inactive"] = new NumberCommand.ConfirmDeactivation(order),
            ["fail-inactive"] = new NumberCommand.FailDeactivation(order),
            ["release"] = new NumberCommand.Release(order, Ours, 90, 180),
            ["release-theirs"] = new NumberCommand.Release(order, Theirs, 90, 180),
            ["end-cooldown"] = new NumberCommand.EndCooldown(order),
            ["restore"] = new NumberCommand.Restore(order, Ours),
            ["restore-theirs"] = new NumberCommand.Restore(order, Theirs),
            ["block"] = new NumberCommand.Block(order, null),
            ["block-until"] = new NumberCommand.Block(order, Tomorrow),
            ["block-past"] = new NumberCommand.Block(order, order.Now),
            ["unblock"] = new NumberCommand.Unblock(order),
            ["port-out"] = new NumberCommand.PortOut(order),
            ["confirm-port-out"] = new NumberCommand.ConfirmPortOut(order),
            ["cancel-port-out"] = new NumberCommand.CancelPortOut(order),
            ["retire"] = new NumberCommand.Retire(order),
            ["nominate"] = new NumberCommand.Nominate(order),
            ["withdraw"] = new NumberCommand.WithdrawNomination(order),
        };

    static NumberCommand.Provision Provision(Order order, NumberState state) =>
        new(order, state, NumberKind.Premium, Nominated: true, Ours);

    static Number Plain(NumberState state) => new(NumberKind.PortedIn)
    {
        State = state, Version = 7, Generation = 2, Operation = First, Since = Noon.AddDays(-9),
    };

    static Number Nominated(Number number) => number with { Role = NumberRole.NominatedMain };

    static Number With(Id<Account> account, NumberState state = NumberState.Reserved) =>
        Plain(state) with { Account = account, Source = NumberSource.ByHand };

    static Number OnHold(Id<Account> account, DateTimeOffset until) =>
        Plain(NumberState.Held) with { Account = account, Until = until };

    static Number Used(Number number) => number with { EverActive = true };

    static Number AsMain(Number number) => Used(number) with { Role = NumberRole.Main, EverMain = true };

    static Number Resting(Id<Account> former, DateTimeOffset until) => Used(Plain(NumberState.Cooldown)) with
    {
        Former = former, RestsUntil = until, Source = NumberSource.ByHand,
    };

    static Number Withheld(Number number, DateTimeOffset? until) =>
        number with { State = NumberState.Blocked, Before = number.State, Until = until };

    static Number Leaving(Number number) => number with { State = NumberState.PortingOut, Before = number.State };
}
