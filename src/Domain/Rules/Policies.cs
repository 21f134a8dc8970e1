namespace Telephony.Domain.Rules;

/// <summary>
/// Permissions that a site grants on top of the fixed ones. All are off by default; only the platform sets them.
/// </summary>
/// <param name="OperatorAdminEditsRules">Admins of the operator may change the site's rules.</param>
/// <param name="OperatorUserAllocates">Users of the operator may allocate numbers.</param>
/// <param name="OperatorUserAssignsServices">Users of the operator may assign voice services.</param>
/// <param name="OperatorUserRequestsSpecial">Users of the operator may ask for special and ported numbers.</param>
/// <param name="OperatorUserConfiguresMain">Users of the operator may configure main numbers.</param>
/// <param name="OperatorUserEditsNetwork">
/// Users of the operator may change spaces, switches, ports and handsets.
/// </param>
/// <param name="OccupierAdminAssigns">Admins of an occupier may assign its numbers.</param>
/// <param name="OccupierAdminEditsSettings">Admins of an occupier may set its numbers.</param>
/// <param name="OccupierUserEditsOwnSettings">Users of an occupier may set the numbers that they have.</param>
/// <param name="OccupierEditsCallerId">
/// Who of an occupier may set a number may also set which number it shows to those who are called.
/// </param>
/// <param name="OperatorUserActivates">Users of the operator may activate and deactivate direct numbers.</param>
public sealed record Policies(
    bool OperatorAdminEditsRules = false,
    bool OperatorUserAllocates = false,
    bool OperatorUserAssignsServices = false,
    bool OperatorUserRequestsSpecial = false,
    bool OperatorUserConfiguresMain = false,
    bool OperatorUserEditsNetwork = false,
    bool OccupierAdminAssigns = false,
    bool OccupierAdminEditsSettings = false,
    bool OccupierUserEditsOwnSettings = false,
    bool OccupierEditsCallerId = false,
    bool OperatorUserActivates = false);
