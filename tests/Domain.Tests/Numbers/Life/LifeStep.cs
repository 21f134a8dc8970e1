using CsCheck;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using static Telephony.Domain.Numbers.NumberCommand;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Numbers.Life;

/// <summary>One command of a walk: to which numbers, by whom, and how long after the one before.</summary>
sealed record LifeStep(NumberSet Numbers, Party By, TimeSpan After, Func<Order, NumberCommand> Command)
{
    static readonly Gen<NumberSet> FewNumbers = Gen.Frequency(
        (5, Gen.Const(1)), (1, Gen.Const(2))).SelectMany(count => Gen.OneOf(0, 1, 100).Array[count])
        .Select(places => Set(places));

    /// <summary>Mostly the platform, which may do almost all, so that walks come far.</summary>
    static readonly Gen<Party> Parties = Gen.Frequency(
        (6, Gen.Const(Party.Platform)), (3, Gen.Const(Party.Operator)), (2, Gen.Const(Party.System)),
        (2, Gen.Const(Party.Timer)), (1, Gen.Const(Party.Occupier)));

    static readonly Gen<TimeSpan> Waits = Gen.Frequency((3, Gen.Const(0)), (2, Gen.Int[1, 30])).Select(
        hours => TimeSpan.FromHours(hours));

    static readonly Gen<Func<Order, NumberCommand>> Commands = Gen.Select(
        Gen.Int[0, 28], Gen.Frequency((4, Gen.Const(Ours)), (1, Gen.Const(Theirs))), Gen.Int[1, 3], Gen.Bool,
        (which, account, days, flag) => new Func<Order, NumberCommand>(
            order => Of(which, order, account, days, flag)));

    public static Gen<LifeStep> Any => Gen.Select(FewNumbers, Parties, Waits, Commands, (numbers, by, wait, command) =>
        new LifeStep(numbers, by, wait, command));

    public PoolDecision On(SiteState site, DateTimeOffset now) =>
        PoolDecider.Decide(site, new MoveNumbers(Numbers, Command(Order(now))));

    public override string ToString() => $"{Command(Order(Noon))} to {Numbers} after {After}";

    public Order Order(DateTimeOffset now) => new(Second, By, now);

    static NumberCommand Of(int which, Order order, Id<Account> account, int days, bool flag) => which switch
    {
        0 or 1 => new NumberCommand.Provision(
            order, (NumberState)(days - 1), NumberKind.Standard, flag, which == 0 ? null : account),
        2 => new Offer(order),
        3 => new ConfirmPortIn(order, flag ? account : null),
        4 => new CancelPortIn(order),
        5 => new NumberCommand.Hold(order, account, order.Now.AddDays(days)),
        6 => new NumberCommand.EndHold(order),
        7 or 8 or 9 => new Reserve(order, account, flag ? NumberSource.ByHand : NumberSource.ByService),
        10 => new Reserve(order, account, NumberSource.ByHand, AsMain: true),
        11 or 12 => new Activate(order),
        13 or 14 => new ConfirmActivation(order),
        15 => new FailActivation(order),
        16 => new Deactivate(order, flag),
        17 => flag ? new ConfirmDeactivation(order) : new FailDeactivation(order),
        18 or 19 => new Release(order, account, days, days + 4),
        20 => new EndCooldown(order),
        21 => new Restore(order, account),
        22 => new NumberCommand.Block(order, flag ? order.Now.AddDays(days) : null),
        23 => new Unblock(order),
        24 => days == 1 ? new PortOut(order) : new Activate(order),
        25 => days == 1 ? new Retire(order) : flag ? new ConfirmPortOut(order) : new CancelPortOut(order),
        26 or 27 => new ConfirmDeactivation(order),
        _ => flag ? new Nominate(order) : new WithdrawNomination(order),
    };
}
