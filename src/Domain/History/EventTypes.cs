using System.Collections.Immutable;
using Telephony.Domain.Numbers;
using static Telephony.Domain.Numbers.NumberState;

namespace Telephony.Domain.History;

/// <summary>
/// What events call that which happened to numbers. Consumers choose by these names: one that was given is never
/// changed, and never given to anything else.
/// </summary>
public static class EventTypes
{
    public const string Provisioned = "number.provisioned";
    public const string Offered = "number.offered";
    public const string PortedIn = "number.ported-in";
    public const string PortInCancelled = "port-in.cancelled";
    public const string Held = "number.held";
    public const string HoldEnded = "hold.ended";
    public const string Allocated = "number.allocated";
    public const string Restored = "number.restored";
    public const string ActivationRequested = "activation.requested";
    public const string Activated = "number.activated";
    public const string ActivationFailed = "activation.failed";
    public const string DeactivationRequested = "deactivation.requested";
    public const string Deactivated = "number.deactivated";
    public const string DeactivationFailed = "deactivation.failed";
    public const string MainNominated = "main.nominated";
    public const string NominationWithdrawn = "main.nomination-withdrawn";
    public const string MainReplaced = "main.replaced";
    public const string Assigned = "number.assigned";
    public const string Unassigned = "number.unassigned";

    /// <summary>It rings at another handset or place than before, for the same user.</summary>
    public const string Moved = "number.moved";
    public const string SessionStarted = "session.started";
    public const string SessionEnded = "session.ended";
    public const string LocationConfirmed = "location.confirmed";
    public const string SettingsChanged = "settings.changed";
    public const string PinReset = "pin.reset";

    /// <summary>What callers of a main number meet is set otherwise.</summary>
    public const string MainConfigured = "main.configured";
    public const string Released = "number.released";
    public const string CooldownEnded = "cooldown.ended";
    public const string Blocked = "number.blocked";
    public const string Unblocked = "number.unblocked";
    public const string PortOutRequested = "port-out.requested";
    public const string PortOutCancelled = "port-out.cancelled";
    public const string PortedOut = "number.ported-out";
    public const string Retired = "number.retired";

    /// <summary>No change of a number: when the site is open is set otherwise.</summary>
    public const string ScheduleChanged = "schedule.changed";

    /// <summary>
    /// For a way that has no name, which the decider has none of. It is told all the same: what cannot be named must
    /// not keep everything after it from being told, and a consumer still learns the state and the version.
    /// </summary>
    public const string Changed = "number.changed";

    /// <summary>No change of a number, but that one has not come in time.</summary>
    public const string ActivationOverdue = "activation.overdue";

    /// <summary>The same on the way out of service.</summary>
    public const string DeactivationOverdue = "deactivation.overdue";

    /// <summary>What happens to numbers that stay in service.</summary>
    public static readonly ImmutableArray<string> InService =
    [
        Assigned, Unassigned, Moved, SessionStarted, SessionEnded, LocationConfirmed, SettingsChanged, PinReset,
        MainConfigured,
    ];

    /// <summary>In the order of a number's life.</summary>
    public static readonly ImmutableArray<string> All =
    [
        Provisioned, Offered, PortedIn, PortInCancelled, Held, HoldEnded, Allocated, Restored, ActivationRequested,
        Activated, ActivationFailed, ActivationOverdue, DeactivationRequested, Deactivated, DeactivationFailed,
        DeactivationOverdue, .. InService, ScheduleChanged, MainNominated, NominationWithdrawn, MainReplaced, Released,
        CooldownEnded, Blocked, Unblocked, PortOutRequested, PortOutCancelled, PortedOut, Retired, Changed,
    ];

    /// <summary>Each way that <see cref="NumberDecider"/> leads has exactly one.</summary>
    public static string Of(Way way) =>
        way.What is { } what ? what.Event
        : way.From == way.To ? OfStaying(way)
        : OfGoing(way);

    static string OfGoing(Way way) => (way.From, way.To) switch
    {
        (null or NumberState.Retired, _) => Provisioned,
        (Staged, Available) => Offered,
        (PortingIn, Available or Reserved) => PortedIn,
        (PortingIn, NumberState.Retired) => PortInCancelled,
        (Available, NumberState.Held) => Held,
        (NumberState.Held, Available) => HoldEnded,
        (Available or NumberState.Held, Reserved) => Allocated,
        (Cooldown, Reserved) => Restored,
        (Reserved, Activating) => ActivationRequested,
        (Activating, Active) => Activated,
        (Activating, Reserved) => ActivationFailed,
        (Active, Deactivating) => DeactivationRequested,
        (Deactivating, Reserved) => Deactivated,
        (Deactivating, Active) => DeactivationFailed,
        (Reserved, Available or Cooldown) => Released,
        (Cooldown, Available) => CooldownEnded,
        (Available or Staged or Cooldown, NumberState.Blocked) => Blocked,
        (NumberState.Blocked, Available or Staged or Cooldown) => Unblocked,
        (Reserved or Active, PortingOut) => PortOutRequested,
        (PortingOut, Reserved or Active) => PortOutCancelled,
        (PortingOut, NumberState.Retired) => PortedOut,
        (Available or Staged or NumberState.Blocked, NumberState.Retired) => Retired,
        _ => Changed,
    };

    /// <summary>The state stays: a hold has another end, or a number is for something else.</summary>
    static string OfStaying(Way way) => (way.To, way.Role) switch
    {
        (NumberState.Held, _) => Held,
        (Active or Deactivating, NumberRole.Direct) => MainReplaced,
        (Available or Reserved, NumberRole.NominatedMain) => MainNominated,
        (Available or Reserved, NumberRole.Direct) => NominationWithdrawn,
        _ => Changed,
    };
}
