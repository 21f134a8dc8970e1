using System.Diagnostics;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Provisioning;

/// <summary>The states that a number can come in with.</summary>
enum ImportedAs
{
    /// <summary>In the pool at once.</summary>
    Available,

    /// <summary>Not yet offered.</summary>
    Staged,

    /// <summary>Still to arrive from another carrier.</summary>
    PortingIn,
}

static class ImportedStates
{
    public static NumberState Of(this ImportedAs imported) => imported switch
    {
        ImportedAs.Available => NumberState.Available,
        ImportedAs.Staged => NumberState.Staged,
        ImportedAs.PortingIn => NumberState.PortingIn,
        _ => throw new UnreachableException($"No state for {imported}."),
    };
}
