namespace Telephony.Domain.Access;

/// <summary>Who a caller is.</summary>
/// <remarks>What each may do is in <see cref="AccessTable"/>.</remarks>
public enum Role
{
    /// <summary>
    /// essensys: provisions numbers, runs the back office, may act for an operator when the site allows it.
    /// </summary>
    Platform,
    OperatorAdmin,
    OperatorUser,
    OccupierAdmin,
    OccupierUser,
}

/// <summary>Whose people a role is of.</summary>
public static class RoleOwners
{
    /// <summary>Whether an occupier's own people have it: of who else did something no occupier is told who.</summary>
    public static bool IsOccupiers(this Role? role) => role is Role.OccupierAdmin or Role.OccupierUser;
}
