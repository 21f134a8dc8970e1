namespace Telephony.Domain.Numbers;

/// <summary>What a command does to one number.</summary>
public abstract record NumberDecision
{
    NumberDecision() { }

    public sealed record Accepted(Number Next) : NumberDecision;

    /// <summary>It already is as asked; a repeat adds no history.</summary>
    public sealed record Unchanged : NumberDecision;

    public sealed record Refused(NumberRefusal Reason) : NumberDecision;
}

/// <summary>What keeps a number from being moved.</summary>
public enum NumberRefusal
{
    /// <summary>The site has no such number.</summary>
    NotProvisioned,

    /// <summary>Another account has it.</summary>
    Taken,

    /// <summary>It is nominated as a main number, and direct use was asked for.</summary>
    NominatedMain,

    /// <summary>It is not nominated, and use as a main number was asked for.</summary>
    NotNominated,

    /// <summary>It is kept for another account.</summary>
    EarmarkedForAnother,

    /// <summary>The site already has it.</summary>
    AlreadyProvisioned,

    /// <summary>The request names it more than once.</summary>
    NamedTwice,

    /// <summary>Nothing leads from the state that it is in to the one that was asked for.</summary>
    NoTransition,

    /// <summary>Somebody else may do this, not who asked.</summary>
    NotTheirs,

    /// <summary>It is held for another account's future starter.</summary>
    HeldForAnother,

    /// <summary>It is assigned to somebody.</summary>
    Assigned,

    /// <summary>It is an account's main number.</summary>
    IsMain,

    /// <summary>Another account had it, and no other can have it back.</summary>
    NotTheFormer,

    /// <summary>Its time has not come.</summary>
    NotDue,

    /// <summary>Another site has it.</summary>
    LiveElsewhere,

    /// <summary>The end that was asked for has passed.</summary>
    InThePast,

    /// <summary>A hold has it already.</summary>
    HeldAlready,

    /// <summary>The hold does not have it, or has it no more.</summary>
    NotInHold,

    /// <summary>Something that was begun with it has to end first.</summary>
    UnderWay,

    /// <summary>It is not in service.</summary>
    NotInService,

    /// <summary>Its account has as many numbers in service as its voice services allow.</summary>
    NoEntitlement,

    /// <summary>It changed after it was looked at.</summary>
    ChangedSince,
}
