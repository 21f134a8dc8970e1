using Telephony.Functions.Access;

namespace Telephony.Functions.Operations;

/// <summary>Which operations of a site a caller sees: all, or those of its own account.</summary>
static class OperationAccess
{
    public static bool MaySee(Admitted admitted, Operation operation) =>
        admitted.OnlyAccount is not { } own || operation.Account == own;
}
