using Telephony.Domain.Access;
using Telephony.Functions.Access;

namespace Telephony.Functions.Operations;

/// <summary>Whose operations a caller sees, beyond those of a site it may see at all.</summary>
static class OperationAccess
{
    public static bool MaySee(Admitted admitted, Operation operation) => admitted.Caller.Role switch
    {
        Role.Platform or Role.OperatorAdmin => true,
        Role.OperatorUser => operation.Actor.User == admitted.Caller.Id.Value,
        _ => operation.Account is not null && operation.Account == admitted.Caller.Account,
    };
}
