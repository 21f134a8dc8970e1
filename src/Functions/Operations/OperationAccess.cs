using Telephony.Domain.Access;
using Telephony.Functions.Access;

namespace Telephony.Functions.Operations;

/// <summary>Which operations of a site a caller sees and may steer.</summary>
static class OperationAccess
{
    /// <summary>All, or those of its own account, or of these those that it started, in the role that it has.</summary>
    public static bool MaySee(Admitted admitted, Operation operation) =>
        (admitted.OnlyAccount is not { } own || operation.Account == own)
        && (admitted.OnlyUser is not { } self
            || (operation.Actor.User == self.Value && operation.Actor.Role == admitted.Caller.Role));

    /// <summary>All that it sees; a user of the operator those that it started.</summary>
    public static bool MaySteer(Admitted admitted, Operation operation) =>
        admitted.Caller.Role is not Role.OperatorUser || operation.Actor.User == admitted.Caller.Id.Value;
}
