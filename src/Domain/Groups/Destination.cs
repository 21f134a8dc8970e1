using Telephony.Domain.Numbers;

namespace Telephony.Domain.Groups;

/// <summary>Where a call can be sent.</summary>
public abstract record Destination
{
    Destination() { }

    /// <summary>The main number's own group rings.</summary>
    public sealed record HuntGroup : Destination;

    /// <summary>The number that is named for it, or else the operator's main number at the site.</summary>
    public sealed record Reception : Destination;

    public sealed record Voicemail : Destination;

    /// <summary>Any number that can be dialled.</summary>
    public sealed record Forward(E164 Number) : Destination;

    /// <summary>The caller hears the greeting, and that is all.</summary>
    public sealed record Announcement : Destination;
}
