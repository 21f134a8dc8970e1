using Telephony.Domain.Directory;

namespace Telephony.Domain.Numbers;

/// <summary>Where a number is in its life. <see cref="NumberDecider"/> says what leads from one to another.</summary>
public enum NumberState
{
    /// <summary>Imported, not yet offered.</summary>
    Staged,

    /// <summary>Arriving from another carrier.</summary>
    PortingIn,

    /// <summary>In the site's pool.</summary>
    Available,

    /// <summary>Kept for a future starter of one account, until a date.</summary>
    Held,

    /// <summary>Allocated to one account; nobody else can take it.</summary>
    Reserved,

    /// <summary>Activation is under way, or waits for the platform.</summary>
    Activating,

    /// <summary>In service.</summary>
    Active,

    /// <summary>Being taken out of service.</summary>
    Deactivating,

    /// <summary>Resting after use; nobody can have it before its release date.</summary>
    Cooldown,

    /// <summary>Withheld by the platform.</summary>
    Blocked,

    /// <summary>Leaving for another carrier.</summary>
    PortingOut,

    /// <summary>Gone. Its history stays, and it may be provisioned again.</summary>
    Retired,
}

/// <summary>What a number is for.</summary>
public enum NumberRole
{
    Direct,

    /// <summary>Nominated as a main number, so it is never given out for direct use.</summary>
    NominatedMain,

    /// <summary>In service as an account's main number: inbound only, assigned to nobody.</summary>
    Main,
}

/// <summary>
/// What sort of number it is. All but Standard are chosen automatically only for the account they are earmarked for.
/// </summary>
public enum NumberKind
{
    Standard,
    Premium,
    Special,
    PortedIn,
}

/// <summary>How an account came by a number.</summary>
public enum NumberSource
{
    /// <summary>Someone allocated it, by its number or as one of a count.</summary>
    ByHand,

    /// <summary>A voice service took it as part of its shortfall.</summary>
    ByService,
}

/// <summary>
/// The platform activated a number as a main number before it was nominated and reserved: its word is kept, and holds
/// from the moment that the number is.
/// </summary>
/// <param name="Message">What follows the site in the id of the message's operation.</param>
/// <param name="Account">Whose main number it is to be.</param>
/// <param name="Until">For how long it is kept.</param>
public sealed record EarlyActivation(string Message, Id<Account> Account, DateTimeOffset Until);

/// <summary>One number of a site. Which number it is follows from its place in a <see cref="Block"/>.</summary>
public sealed record Number(NumberKind Kind = NumberKind.Standard, NumberRole Role = NumberRole.Direct)
{
    public NumberState State { get; init; } = NumberState.Available;

    /// <summary>Who has it, or whose future starter it is held for; null in the pool.</summary>
    public Id<Account>? Account { get; init; }

    /// <summary>Who had it, while it rests: the only account that can have it back.</summary>
    public Id<Account>? Former { get; init; }

    public NumberSource? Source { get; init; }

    /// <summary>
    /// The operation that brought it into its present state; null when that was its import, or the end of a hold that
    /// nobody ended.
    /// </summary>
    public OperationId? Operation { get; init; }

    /// <summary>Since when it has been in its present state; null since its import.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the hold or the block ends; null for a block without an end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When its rest ends. The clock runs on while it is blocked.</summary>
    public DateTimeOffset? RestsUntil { get; init; }

    /// <summary>The state that a block, or a port that is cancelled, leads back to.</summary>
    public NumberState? Before { get; init; }

    /// <summary>Whether it has been in service since it was allocated: then it has to rest after its release.</summary>
    public bool EverActive { get; init; }

    /// <summary>Whether it has been a main number since it was allocated: then it rests longer.</summary>
    public bool EverMain { get; init; }

    /// <summary>
    /// How often it came into service here: what was said of it in an earlier term, a setting or its place in a group,
    /// does not hold in the next one.
    /// </summary>
    public int Term { get; init; }

    /// <summary>
    /// How often in this term a user had to give it up: what was set for one of them is not the next one's. None when
    /// it is out of service.
    /// </summary>
    public int Handovers { get; init; }

    /// <summary>
    /// Whether what was said of it in its term may hold: it is in service, or may come back to it in the same one.
    /// </summary>
    public bool IsInTerm => State is NumberState.Active or NumberState.Deactivating or NumberState.PortingOut;

    /// <summary>Whether it is assigned to a user, a handset or a space; only while Active.</summary>
    public bool IsAssigned { get; init; }

    /// <summary>The only account that may have it; null for any.</summary>
    public Id<Account>? Earmark { get; init; }

    /// <summary>The platform's word that it is an account's main number, while it cannot be; null for none.</summary>
    public EarlyActivation? Early { get; init; }

    /// <summary>
    /// 1 for the first time the number is provisioned at the site; more each time it comes back after retiring.
    /// </summary>
    public int Generation { get; init; } = 1;

    /// <summary>Counts its changes, so that a reader of events can drop an older one.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Whether an account has it: it is that account's alone, and in its lists.</summary>
    public bool IsAllocated => State is NumberState.Reserved or NumberState.Activating or NumberState.Active
        or NumberState.Deactivating;

    /// <summary>Whether an account has it to become its main number.</summary>
    public bool IsNextMain => Role is NumberRole.NominatedMain && IsAllocated;

    /// <summary>Whether what was said of it too early holds now.</summary>
    public bool IsAwaited(DateTimeOffset now) =>
        IsNextMain && Early is { } early && early.Account == Account && now < early.Until;

    /// <summary>Whether it counts as one of the account's direct numbers.</summary>
    public bool CountsAsDirect => IsAllocated && Role is NumberRole.Direct;

    /// <summary>Whether it uses up what the account's services entitle it to.</summary>
    public bool CountsAsInService => CountsAsDirect && State is not NumberState.Reserved;

    /// <summary>Whether it waits for the platform's word.</summary>
    public bool Waits => State is NumberState.Activating or NumberState.Deactivating;

    /// <summary>Whether its hold has ended, though nobody has written that down yet.</summary>
    public bool HasLapsed(DateTimeOffset now) => State is NumberState.Held && Until <= now;

    /// <summary>As every decision sees it: a hold past its end is none.</summary>
    public Number At(DateTimeOffset now) => HasLapsed(now)
        ? this with
        {
            State = NumberState.Available, Account = null, Operation = null, Since = Until, Until = null,
            Version = Version + 1,
        }
        : this;
}
