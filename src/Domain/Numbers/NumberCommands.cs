using System.Diagnostics;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;

namespace Telephony.Domain.Numbers;

/// <summary>Who moves a number.</summary>
public enum Party
{
    Platform,
    Operator,
    Occupier,

    /// <summary>An orchestration, as a consequence of what somebody asked for.</summary>
    System,

    /// <summary>The clock.</summary>
    Timer,
}

/// <summary>Which party people belong to.</summary>
public static class Parties
{
    /// <param name="role">Null for what nobody asked for.</param>
    public static Party Of(Role? role) => role switch
    {
        null => Party.System,
        Role.Platform => Party.Platform,
        Role.OperatorAdmin or Role.OperatorUser => Party.Operator,
        Role.OccupierAdmin or Role.OccupierUser => Party.Occupier,
        _ => throw new UnreachableException($"No party for {role}."),
    };
}

/// <summary>Who wants it, as part of which operation, and when.</summary>
public readonly record struct Order(OperationId Operation, Party By, DateTimeOffset Now);

/// <summary>What can be wanted of one number. The goal is the state that it leads to.</summary>
/// <param name="Order">Who wants it and when.</param>
/// <param name="Goal">Where it leads; null where it leads back to the state before.</param>
public abstract record NumberCommand(Order Order, NumberState? Goal)
{
    /// <summary>Put a number into the site's list, for the first time or again after it had retired.</summary>
    public sealed record Provision(
        Order Order, NumberState As, NumberKind Kind, bool Nominated, Id<Account>? Earmark)
        : NumberCommand(Order, As);

    /// <summary>Offer a staged number.</summary>
    public sealed record Offer(Order Order) : NumberCommand(Order, NumberState.Available);

    /// <summary>The number has arrived, for anybody or for one account.</summary>
    public sealed record ConfirmPortIn(Order Order, Id<Account>? For)
        : NumberCommand(Order, For is null ? NumberState.Available : NumberState.Reserved);

    public sealed record CancelPortIn(Order Order) : NumberCommand(Order, NumberState.Retired);

    /// <summary>Keep it for a future starter of an account.</summary>
    public sealed record Hold(Order Order, Id<Account> Account, DateTimeOffset Until)
        : NumberCommand(Order, NumberState.Held);

    public sealed record EndHold(Order Order) : NumberCommand(Order, NumberState.Available);

    /// <summary>Allocate it to an account, for direct use or as its main number.</summary>
    public sealed record Reserve(Order Order, Id<Account> Account, NumberSource Source, bool AsMain = false)
        : NumberCommand(Order, NumberState.Reserved);

    public sealed record Activate(Order Order) : NumberCommand(Order, NumberState.Activating);

    public sealed record ConfirmActivation(Order Order) : NumberCommand(Order, NumberState.Active);

    public sealed record FailActivation(Order Order) : NumberCommand(Order, NumberState.Reserved);

    /// <param name="Order">Who wants it and when.</param>
    /// <param name="RemovesMain">Whether the account is to have no main number afterwards.</param>
    public sealed record Deactivate(Order Order, bool RemovesMain = false)
        : NumberCommand(Order, NumberState.Deactivating);

    public sealed record ConfirmDeactivation(Order Order) : NumberCommand(Order, NumberState.Reserved);

    public sealed record FailDeactivation(Order Order) : NumberCommand(Order, NumberState.Active);

    /// <summary>The account gives it up; it rests when it was in service.</summary>
    /// <param name="Order">Who wants it and when.</param>
    /// <param name="Account">Whose it is.</param>
    /// <param name="Days">How long it rests when it was in service.</param>
    /// <param name="DaysMain">How long it rests when it was a main number.</param>
    public sealed record Release(Order Order, Id<Account> Account, int Days, int DaysMain)
        : NumberCommand(Order, null);

    /// <summary>Its rest is over, or the platform ends it early.</summary>
    public sealed record EndCooldown(Order Order) : NumberCommand(Order, NumberState.Available);

    /// <summary>Give it back to the account that gave it up by mistake.</summary>
    public sealed record Restore(Order Order, Id<Account> Account) : NumberCommand(Order, NumberState.Reserved);

    /// <param name="Order">Who wants it and when.</param>
    /// <param name="Until">When it ends by itself; null for never.</param>
    public sealed record Block(Order Order, DateTimeOffset? Until) : NumberCommand(Order, NumberState.Blocked);

    public sealed record Unblock(Order Order) : NumberCommand(Order, null);

    public sealed record PortOut(Order Order) : NumberCommand(Order, NumberState.PortingOut);

    public sealed record ConfirmPortOut(Order Order) : NumberCommand(Order, NumberState.Retired);

    public sealed record CancelPortOut(Order Order) : NumberCommand(Order, null);

    public sealed record Retire(Order Order) : NumberCommand(Order, NumberState.Retired);

    public sealed record Nominate(Order Order) : NumberCommand(Order, null);

    public sealed record WithdrawNomination(Order Order) : NumberCommand(Order, null);
}
