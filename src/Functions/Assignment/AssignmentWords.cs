using Telephony.Domain.Access;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Assignment;

/// <summary>Why an assignment ended as it did, for those who read it.</summary>
static class AssignmentWords
{
    public const string SomeNot = "some-not-assigned";

    /// <summary>Nobody may retry what an occupier's people asked for.</summary>
    public static OperationReason? ReasonOf(Operation operation) =>
        operation is { Reason.Code: SomeNot } && operation.Actor.Role.IsOccupiers()
            ? new(
                SomeNot, "Some numbers could not be assigned; 'errors' says why each could not. Do what it says, then "
                + "send the request again for those, with a new Idempotency-Key.")
            : operation.Reason;
}
