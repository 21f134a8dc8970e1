using System.Collections.Immutable;
using Telephony.Domain.Directory;

namespace Telephony.Domain.Places;

/// <summary>What is to become of a change to a site's things.</summary>
public abstract record PlaceDecision
{
    PlaceDecision() { }

    /// <param name="After">The things as they are then.</param>
    public sealed record Accepted(SitePlaces After) : PlaceDecision;

    /// <summary>It is so already.</summary>
    public sealed record Unchanged : PlaceDecision;

    /// <summary>There is nothing to remove.</summary>
    public sealed record NotThere : PlaceDecision;

    public sealed record Refused(ImmutableArray<PlaceRefusal> Refusals) : PlaceDecision;
}

/// <summary>Why a thing cannot be as asked for.</summary>
public abstract record PlaceRefusal
{
    PlaceRefusal() { }

    /// <summary>It names what is not there.</summary>
    public sealed record Missing(string Field, PlaceRef What) : PlaceRefusal;

    /// <summary>A port that is patched to nothing has no outlet.</summary>
    public sealed record OutletNowhere : PlaceRefusal;

    /// <summary>A port has one handset at most.</summary>
    public sealed record PortTaken(string Field, MacAddress By) : PlaceRefusal;

    /// <summary>The switch has as many ports as it says that it has.</summary>
    public sealed record SwitchFull(string Field, int PortCount) : PlaceRefusal;

    /// <summary>More ports of the switch are listed than it is to have.</summary>
    public sealed record FewerPorts(int Listed) : PlaceRefusal;

    /// <summary>Who leases a space is not this caller's to say.</summary>
    public sealed record LeaseNotTheirs(Id<Account>? Tenant) : PlaceRefusal;

    /// <summary>The site has as many things of a kind as a site may have.</summary>
    public sealed record TooMany(PlaceKind Kind, int Max) : PlaceRefusal;

    /// <summary>Numbers ring there, and their place must not change under them.</summary>
    public sealed record NumbersRing(string Field, int Count) : PlaceRefusal;

    /// <summary>Other things stand on it.</summary>
    public sealed record InUse(PlaceRef Which, Uses Uses) : PlaceRefusal;

    /// <summary>Another site has the handset with this address.</summary>
    public sealed record Elsewhere(MacAddress Mac) : PlaceRefusal;
}
