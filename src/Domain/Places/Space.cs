using Telephony.Domain.Directory;

namespace Telephony.Domain.Places;

public enum SpaceKind
{
    Desk,
    MeetingRoom,
    SharedArea,
}

/// <summary>Somewhere at a site where a handset can stand.</summary>
/// <param name="Id">Unique within the site.</param>
/// <param name="Kind">What it is used as.</param>
/// <param name="Floor">As the building calls it.</param>
/// <param name="Room">As the building calls it.</param>
/// <param name="Label">What stands on the desk or the door.</param>
/// <param name="LeasedTo">Whose it is; null when it is shared by all.</param>
public sealed record Space(
    Id<Space> Id, SpaceKind Kind, string Floor, string? Room, string Label, Id<Account>? LeasedTo) : PlaceItem
{
    public override PlaceRef Ref => RefOf(Id);

    public static PlaceRef RefOf(Id<Space> id) => new(PlaceKind.Space, id.Value);

    /// <summary>Whether people of this account have it, alone or with others.</summary>
    public bool IsFor(Id<Account> account) => LeasedTo is not { } tenant || tenant == account;
}
