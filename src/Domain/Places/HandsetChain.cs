using System.Collections.Immutable;

namespace Telephony.Domain.Places;

/// <summary>What keeps a handset from being one that a number can be assigned to.</summary>
public enum ChainGap
{
    /// <summary>It stands nowhere.</summary>
    NoSpace,

    /// <summary>It is plugged into no port.</summary>
    NoPort,

    /// <summary>Its port is patched to no outlet.</summary>
    NotPatched,

    /// <summary>Its port is patched to an outlet of another space.</summary>
    OtherSpace,
}

/// <summary>From a handset to where it stands, and to its switch: what there is of it.</summary>
public sealed record HandsetChain(Handset Handset, Port? Port, Switch? Switch, Space? Space)
{
    /// <summary>What is missing; empty when the handset can be found and reached.</summary>
    public ImmutableArray<ChainGap> Gaps => [.. Found()];

    IEnumerable<ChainGap> Found()
    {
        if (Handset.Space is null)
            yield return ChainGap.NoSpace;
        if (Port is null)
            yield return ChainGap.NoPort;
        else if (Port.Space is null)
            yield return ChainGap.NotPatched;
        else if (Handset.Space is { } space && Port.Space != space)
            yield return ChainGap.OtherSpace;
    }
}
