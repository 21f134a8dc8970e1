namespace Telephony.Domain.Lines;

/// <summary>What keeps a number from being assigned, moved or logged in.</summary>
public enum LineRefusal
{
    /// <summary>It names neither a user nor a handset nor a space.</summary>
    NothingNamed,

    /// <summary>It names a handset, which has a place, and a space as well.</summary>
    TwoPlaces,

    /// <summary>The account has no such user.</summary>
    UserUnknown,

    /// <summary>The user is another account's.</summary>
    UserOfAnother,
    HandsetUnknown,

    /// <summary>Another number rings on it.</summary>
    HandsetBusy,

    /// <summary>It stands nowhere.</summary>
    HandsetNowhere,

    /// <summary>It is plugged into no port.</summary>
    NoPort,

    /// <summary>Its port is patched to no outlet.</summary>
    PortNotPatched,

    /// <summary>Its port is patched to another space than the one that it stands in.</summary>
    PortElsewhere,
    SpaceUnknown,

    /// <summary>The space is leased to another account.</summary>
    SpaceOfAnother,

    /// <summary>The site's country demands to know more of where the handset is.</summary>
    LocationIncomplete,

    /// <summary>It is assigned to nobody.</summary>
    NotAssigned,

    /// <summary>It is no longer as the caller saw it.</summary>
    LineChanged,

    /// <summary>Nobody logs in to a handset that is not shared.</summary>
    HandsetNotShared,

    /// <summary>Somebody is logged in to it.</summary>
    HandsetInSession,

    /// <summary>A number without a user cannot be logged in.</summary>
    NoUser,

    /// <summary>The number's settings do not allow it.</summary>
    HotDeskOff,

    /// <summary>The number's settings do not allow it for so long.</summary>
    TooLong,

    /// <summary>Nobody is logged in.</summary>
    NoSession,

    /// <summary>Neither of two handsets has a number.</summary>
    NothingToSwap,

    /// <summary>The handset, or the space, is not the caller's account's.</summary>
    HandsetOfAnother,

    /// <summary>A handset cannot be swapped with itself.</summary>
    SameHandset,

    /// <summary>The number is somewhere else than was confirmed.</summary>
    LocationDiffers,

    /// <summary>A user was removed while its number was being assigned.</summary>
    UserGone,
}
