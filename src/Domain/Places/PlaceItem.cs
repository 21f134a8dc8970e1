using System.Collections.Immutable;

namespace Telephony.Domain.Places;

public enum PlaceKind
{
    Space,
    Switch,
    Port,
    Handset,
}

/// <summary>One thing of a site.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id, or a handset's address in digits; unique within its kind at the site.</param>
public readonly record struct PlaceRef(PlaceKind Kind, string Id);

/// <summary>What a thing stands on: it cannot go while the thing is there.</summary>
/// <param name="Field">Where the thing names it.</param>
/// <param name="To">What it names.</param>
public readonly record struct PlaceLink(string Field, PlaceRef To);

/// <summary>A space, a switch, a port or a handset, as people describe it.</summary>
public abstract record PlaceItem
{
    public abstract PlaceRef Ref { get; }

    public virtual ImmutableArray<PlaceLink> Links => [];
}
