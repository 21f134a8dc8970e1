using System.Globalization;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;
using Telephony.Functions.MainNumber;
using Telephony.Functions.Operations;

namespace Telephony.Functions.DirectNumbers;

/// <summary>What became of numbers for which an operation waited, one by one and in all.</summary>
static class DirectOutcome
{
    const string NotDeactivated = "deactivation-failed";
    const string NotDeactivatedInTime = "deactivation-deadline";

    /// <summary>Whether a number is where it was to go, as far as it shows itself.</summary>
    public static bool IsThere(Operation operation, Number? number) => DirectRequest.Activates(operation)
        ? number?.State is NumberState.Active or NumberState.Deactivating or NumberState.Cooldown
            or NumberState.PortingOut
        : number?.State is not (NumberState.Active or NumberState.Deactivating);

    /// <summary>The numbers that did not get there, each with the reason.</summary>
    /// <param name="site">As it is when the waiting ends.</param>
    /// <param name="operation">Which waited.</param>
    /// <param name="cause">Why the waiting ends.</param>
    /// <param name="said">The operations that last moved numbers.</param>
    public static IEnumerable<ProblemError> Failed(
        SiteState site, Operation operation, Cause cause, IReadOnlyDictionary<E164, Operation> said)
    {
        foreach (var number in operation.Changed)
        {
            var found = site.Pool.Find(number);
            if (found.IsAwaitedBy(operation))
                yield return GivenUp(operation, number, cause);
            else if (!IsThere(operation, found) && !WasThere(operation, said.GetValueOrDefault(number)))
                yield return Refused(operation, number, said.GetValueOrDefault(number));
        }
    }

    /// <summary>The operation with what its numbers came to.</summary>
    public static Operation Note(Operation operation, Cause cause, IReadOnlyList<ProblemError> failed)
    {
        operation = operation with { Wait = null };
        if (failed.Count == 0)
            return operation;

        var activates = DirectRequest.Activates(operation);
        return operation with
        {
            Errors = operation.Errors.And(failed),
            Reason = cause is Cause.Cancel ? StepFailures.Cancelled : new(Code(operation, cause), string.Create(
                CultureInfo.InvariantCulture,
                $"Numbers that were not {(activates ? "put in service" : "taken out of service")}: {failed.Count} of "
                + $"{operation.Changed.Count}; 'errors' says why each was not. Retry the operation for those.")),
        };
    }

    /// <summary>How it ended, as its row says it: a repeat answers the same.</summary>
    public static Settled Of(Operation settled, Cause cause)
    {
        var leftOut = settled.Numbers.Except(settled.Changed).Except(settled.Unchanged).Count;
        var failed = settled.Errors.Count - leftOut;
        return failed == 0 ? new(OperationState.Succeeded, null)
            : failed < settled.Changed.Count ? new(OperationState.Partial, settled.Reason)
            : new(cause is Cause.Cancel ? OperationState.Cancelled : OperationState.Failed, settled.Reason);
    }

    /// <summary>It had been there, and somebody moved it on before anybody looked.</summary>
    static bool WasThere(Operation operation, Operation? last) => DirectRequest.Activates(operation)
        ? last?.Kind is OperationKind.Deactivation or OperationKind.DirectDeactivation
        : last?.Kind is OperationKind.Activation or OperationKind.DirectActivation;

    static ProblemError GivenUp(Operation operation, E164 number, Cause cause) => ProblemError.OfNumber(
        number.ToString(), cause is Cause.Cancel ? StepFailures.Cancelled.Code : Code(operation, cause),
        cause switch
        {
            Cause.Cancel => "It was called off.",
            Cause.Deadline => "The platform did not answer in time.",
            _ => "A step of the operation failed for good.",
        },
        cause is Cause.Deadline ? "Ask the platform why, then retry." : "Retry the operation.");

    static ProblemError Refused(Operation operation, E164 number, Operation? last) => ProblemError.OfNumber(
        number.ToString(), Code(operation, Cause.Look),
        last switch
        {
            { Kind: OperationKind.ActivationFailure or OperationKind.DeactivationFailure, Note: { } note } => note,
            { Kind: OperationKind.Closing } => "Its account left the site.",
            _ => "It went another way.",
        },
        "See its history, then retry.");

    static string Code(Operation operation, Cause cause) => (DirectRequest.Activates(operation), cause) switch
    {
        (true, Cause.Deadline) => SettleMainNumber.GivenUp,
        (true, _) => SettleMainNumber.PlatformFailed,
        (false, Cause.Deadline) => NotDeactivatedInTime,
        _ => NotDeactivated,
    };
}
