using System.Diagnostics;
using static Telephony.Domain.Numbers.NumberCommand;
using static Telephony.Domain.Numbers.NumberRefusal;
using static Telephony.Domain.Numbers.NumberState;

namespace Telephony.Domain.Numbers;

/// <summary>
/// The life of a number as a table: who may want what, and what leads from where to where. The first line that fits
/// wins; what no line allows is refused.
/// </summary>
public static partial class NumberDecider
{
    public static NumberDecision Decide(Number? number, NumberCommand command) =>
        !MayWant(command).Contains(command.Order.By) ? No(NotTheirs)
        : command is Provision provision ? Provisioned(number, provision)
        : number is null ? No(NotProvisioned)
        : Next(number.At(command.Order.Now), command);

    /// <summary>
    /// Something else about a number, which stays in service: who has it, where it rings, how it is set. Who may want
    /// that is not a matter of numbers.
    /// </summary>
    /// <param name="number">As it is at the time.</param>
    /// <param name="assigned">Whether it is assigned afterwards; null when that stays as it is.</param>
    /// <param name="isHandedOver">Whether the user who had it does not have it afterwards.</param>
    public static NumberDecision Amend(Number? number, bool? assigned, bool isHandedOver = false) => number switch
    {
        null or { State: NumberState.Retired } => No(NotProvisioned),
        { State: not Active } => No(NotInService),
        { Role: NumberRole.Main } when assigned is true => No(IsMain),
        _ => new NumberDecision.Accepted(number with
        {
            IsAssigned = assigned ?? number.IsAssigned,
            Handovers = number.Handovers + (isHandedOver ? 1 : 0),
            Version = number.Version + 1,
        }),
    };

    /// <summary>Who may want it at all; where it also depends on the number, the table below says so.</summary>
    static ReadOnlySpan<Party> MayWant(NumberCommand command) => command switch
    {
        Provision or Offer or ConfirmPortIn or CancelPortIn or Retire => [Party.Platform],
        NumberCommand.Block or PortOut or ConfirmPortOut or CancelPortOut => [Party.Platform],
        EndCooldown or Unblock => [Party.Platform, Party.Timer],
        Hold or Restore or Deactivate or WithdrawNomination => [Party.Operator, Party.Platform],
        EndHold => [Party.Operator, Party.Platform, Party.Timer],
        Reserve or Activate or Release or Nominate => [Party.Operator, Party.Platform, Party.System],
        ConfirmActivation or FailActivation or ConfirmDeactivation or FailDeactivation =>
            [Party.Platform, Party.System],
        _ => throw new UnreachableException($"Nobody is named for {command.GetType().Name}."),
    };

    // The numbers in front are those of the table of transitions in docs/number-states.md.
    static NumberDecision Next(Number number, NumberCommand command) => (number.State, command) switch
    {
        /*  2 */ (Staged, Offer) => Yes(number, Available, command),
        (Available, Offer) => Unchanged,

        /*  3 */ (PortingIn, ConfirmPortIn { For: { } account }) when MayHave(number, account) is { } no => No(no),
        (PortingIn, ConfirmPortIn { For: { } account }) => Yes(Given(number, account, NumberSource.ByHand), command),
        (PortingIn, ConfirmPortIn) => Yes(number, Available, command),
        (Available, ConfirmPortIn { For: null }) => Unchanged,
        (Reserved, ConfirmPortIn { For: { } account }) when number.Account == account => Unchanged,
        /* 22 */ (PortingIn, CancelPortIn) => Gone(number, command),

        /*  4 */ (Available or Held, Hold hold) => OnHold(number, hold),
        /*  6 */ (Held, EndHold { Order.By: Party.Timer }) => No(NotDue),
        (Held, EndHold) => Yes(number with { Account = null, Until = null }, Available, command),
        (Available, EndHold) => Unchanged,

        /*  5 */ (Held, Reserve { Order.By: Party.System }) => No(NotTheirs),
        (Held, Reserve reserve) when number.Account != reserve.Account => No(HeldForAnother),
        (Held, Reserve { AsMain: true }) => No(NotNominated),
        (Held, Reserve reserve) => Yes(Given(number, reserve.Account, reserve.Source), command),
        /*  7 */ (_, Reserve reserve) => Allocated(number, reserve),

        /*  8 */ (Reserved, Activate) => Yes(number, Activating, command),
        (Activating or Active, Activate) => Unchanged,
        /*  9 */ (Activating, ConfirmActivation) => Yes(InService(number), command),
        (Active, ConfirmActivation) => Unchanged,
        /* 10 */ (Activating, FailActivation) => Yes(number, Reserved, command),
        (Reserved, FailActivation) => Unchanged,

        /* 11 */ (Active, Deactivate) when number.IsAssigned => No(Assigned),
        (Active, Deactivate { RemovesMain: false }) when number.Role is NumberRole.Main => No(IsMain),
        (Active, Deactivate) => Yes(number, Deactivating, command),
        (Reserved or Deactivating, Deactivate) => Unchanged,
        /* 12 */ (Deactivating, ConfirmDeactivation) =>
            Yes(number with { Role = NumberRole.Direct, Handovers = 0 }, Reserved, command),
        (Reserved, ConfirmDeactivation) => Unchanged,
        /* 24 */ (Deactivating, FailDeactivation) => Yes(number, Active, command),
        (Active, FailDeactivation) => Unchanged,

        (_, Release release) => Released(number, release),

        /* 15 */ (Cooldown, EndCooldown { Order: { By: Party.Timer, Now: var now } })
            when !(number.RestsUntil <= now) => No(NotDue),
        /* 17 */ (Cooldown, EndCooldown) => Yes(Rested(number), Available, command),
        (Available, EndCooldown) => Unchanged,
        /* 16 */ (Cooldown, Restore restore) when number.Former != restore.Account => No(NotTheFormer),
        (Cooldown, Restore restore) => Yes(
            number with { State = Reserved, Account = restore.Account, Former = null, RestsUntil = null },
            command),
        (Reserved, Restore restore) when number.Account == restore.Account => Unchanged,

        /* 18 */ (Blocked, NumberCommand.Block block) when number.Until == block.Until => Unchanged,
        (Available or Staged or Cooldown, NumberCommand.Block block) when IsOver(block.Until, command) => No(InThePast),
        (Available or Staged or Cooldown, NumberCommand.Block block) =>
            Yes(number with { Before = number.State, Until = block.Until }, Blocked, command),
        (Blocked, Unblock { Order: { By: Party.Timer, Now: var now } }) when !(number.Until <= now) => No(NotDue),
        (Blocked, Unblock) => Yes(number with { Before = null, Until = null }, number.Before!.Value, command),

        /* 19 */ (Active, PortOut) when number.IsAssigned => No(Assigned),
        (Active, PortOut) when number.Role is NumberRole.Main => No(IsMain),
        (Reserved or Active, PortOut) => Yes(number with { Before = number.State }, PortingOut, command),
        (PortingOut, PortOut) => Unchanged,
        /* 20 */ (PortingOut, ConfirmPortOut) => Gone(number, command),
        /* 21 */ (PortingOut, CancelPortOut) => Yes(number with { Before = null }, number.Before!.Value, command),

        /* 23 */ (Available or Staged or Blocked, Retire) => Gone(number, command),
        (Retired, Retire or ConfirmPortOut or CancelPortIn) => Unchanged,

        (_, Nominate or WithdrawNomination) => Nominated(number, command),

        _ => No(NoTransition),
    };

    /* 1 */
    static NumberDecision Provisioned(Number? number, Provision command) => number switch
    {
        { State: not Retired } => No(AlreadyProvisioned),
        _ when command.As is not (Staged or PortingIn or Available) => No(NoTransition),
        _ => new NumberDecision.Accepted(
            new Number(command.Kind, command.Nominated ? NumberRole.NominatedMain : NumberRole.Direct)
            {
                State = command.As,
                Earmark = command.Earmark,
                Generation = (number?.Generation ?? 0) + 1,
                Term = number?.Term ?? 0,
                Version = (number?.Version ?? 0) + 1,
            }),
    };

    static NumberDecision OnHold(Number number, Hold hold) => number switch
    {
        { State: Held } when number.Account != hold.Account => No(HeldForAnother),
        { State: Held } when number.Until == hold.Until => Unchanged,
        { Role: not NumberRole.Direct } => No(NumberRefusal.NominatedMain),
        _ when IsOver(hold.Until, hold) => No(InThePast),
        _ when MayHave(number, hold.Account) is { } no => No(no),
        // A hold that is prolonged is still the same hold: its operation names it.
        { State: Held } => new NumberDecision.Accepted(number with
        {
            Until = hold.Until, Version = number.Version + 1,
        }),
        _ => Yes(number with { Account = hold.Account, Until = hold.Until }, Held, hold),
    };

    static NumberDecision Allocated(Number number, Reserve reserve) => number switch
    {
        _ when number.IsAllocated && number.Account != reserve.Account => No(Taken),
        { State: not Available, IsAllocated: false } => No(NoTransition),
        { Role: not NumberRole.Direct } when !reserve.AsMain => No(NumberRefusal.NominatedMain),
        { Role: NumberRole.Direct } when reserve.AsMain => No(NotNominated),
        { IsAllocated: true } => Unchanged,
        _ when MayHave(number, reserve.Account) is { } no => No(no),
        _ => Yes(Given(number, reserve.Account, reserve.Source), reserve),
    };

    static NumberDecision Released(Number number, Release release) => number switch
    {
        { State: Available } => Unchanged,
        { State: Cooldown } when number.Former == release.Account => Unchanged,
        { State: Cooldown } => No(Taken),
        _ when number.IsAllocated && number.Account != release.Account => No(Taken),
        { State: not Reserved } => No(NoTransition),
        /* 13 */ { EverActive: false } when release.Order.By is Party.System => No(NotTheirs),
        { EverActive: false } =>
            Yes(Unsaid(number, release.Account) with { Account = null, Source = null }, Available, release),
        /* 14 */ _ => Yes(Unsaid(number, release.Account) with
        {
            Account = null,
            Former = release.Account,
            RestsUntil = release.Order.Now.AddDays(number.EverMain ? release.DaysMain : release.Days),
        }, Cooldown, release),
    };

    static NumberDecision Nominated(Number number, NumberCommand command) => (number, command) switch
    {
        ({ State: not (Available or Reserved) }, _) => No(NoTransition),
        ({ Role: NumberRole.NominatedMain }, Nominate) or ({ Role: NumberRole.Direct }, WithdrawNomination) =>
            Unchanged,
        (_, Nominate) => new NumberDecision.Accepted(As(NumberRole.NominatedMain, number)),
        _ => new NumberDecision.Accepted(As(NumberRole.Direct, number)),
    };
}
