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
