using Telephony.Domain.Directory;

namespace Telephony.Domain.Numbers;

/// <summary>Where a number is in its life.</summary>
/// <remarks>A state is added with the first transition that leads to it.</remarks>
public enum NumberState
{
    /// <summary>In the site's pool.</summary>
    Available,

    /// <summary>Allocated to one account; nobody else can take it.</summary>
    Reserved,
}

/// <summary>What a number is for.</summary>
public enum NumberRole
{
    Direct,

    /// <summary>The platform nominated it as a main number, so it is never given out for direct use.</summary>
    NominatedMain,
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

/// <summary>One number of a site. Which number it is follows from its place in a <see cref="Block"/>.</summary>
public sealed record Number(NumberKind Kind = NumberKind.Standard, NumberRole Role = NumberRole.Direct)
{
    public NumberState State { get; init; } = NumberState.Available;

    /// <summary>Who has it; null in the pool.</summary>
    public Id<Account>? Account { get; init; }

    public NumberSource? Source { get; init; }

    /// <summary>The operation that brought it into its present state; null when that was its import.</summary>
    public OperationId? Operation { get; init; }

    /// <summary>Since when it has been in its present state; null since its import.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The only account that may have it; null for any.</summary>
    public Id<Account>? Earmark { get; init; }

    /// <summary>
    /// 1 for the first time the number is provisioned at the site; more each time it comes back after retiring.
    /// </summary>
    public int Generation { get; init; } = 1;

    /// <summary>Counts its changes, so that a reader of events can drop an older one.</summary>
    public int Version { get; init; } = 1;
}
