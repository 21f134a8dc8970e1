using System.Collections.Frozen;
using Telephony.Domain.Directory;
using Telephony.Domain.Places;

namespace Telephony.Domain.Lines;

/// <summary>Where emergency services are to go.</summary>
/// <param name="Address">The street address of the site.</param>
/// <param name="Floor">As the building calls it.</param>
/// <param name="Room">As the building calls it; null where it has none.</param>
public sealed record EmergencyLocation(string Address, string Floor, string? Room)
{
    /// <summary>
    /// Countries whose law wants more than the street address of a fixed handset: a dispatchable location, which is
    /// the floor and the room (United States: RAY BAUM's Act, section 506; 47 CFR 9.16).
    /// </summary>
    static readonly FrozenSet<string> WithRoom = FrozenSet.ToFrozenSet(["US"], StringComparer.Ordinal);

    public static EmergencyLocation Of(Site site, Space space) => new(site.Address, space.Floor, space.Room);

    /// <summary>Where a number is: where its user is logged in, else where it rings, else where it belongs.</summary>
    /// <param name="line">The number.</param>
    /// <param name="find">The site's handsets and spaces.</param>
    public static Space? SpaceOf(Line line, Func<PlaceRef, PlaceItem?> find)
    {
        var space = line.RingsAt is { } mac
            ? (find(Handset.RefOf(mac)) as Handset)?.Space
            : line.Space;
        return space is { } known ? find(Space.RefOf(known)) as Space : null;
    }

    /// <summary>Whether it says all that the site's country demands.</summary>
    public bool IsEnoughIn(string country) => Room is not null || !WithRoom.Contains(country);

    public override string ToString() =>
        Room is null ? $"{Address}, floor {Floor}" : $"{Address}, floor {Floor}, room {Room}";
}
