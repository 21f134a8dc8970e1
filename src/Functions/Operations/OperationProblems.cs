using Microsoft.AspNetCore.Http;
using Telephony.Functions.Http;

namespace Telephony.Functions.Operations;

/// <summary>Why an operation cannot be cancelled or retried.</summary>
static class OperationProblems
{
    public static Problem NotYours() => Problems.Forbidden(
        "Another user started the operation.", "Ask that user, or an admin of the operator.");

    public static Problem Occupiers() => Problems.Forbidden(
        "An occupier's people started the operation: others could do more by it than they could ask for.",
        "Ask them to send the request again for what is left, with a new Idempotency-Key.");

    public static Problem Ended(Operation operation) => Conflict(
        "operation-ended", $"It has ended already: {operation.State}. What it did can only be undone by another "
        + "request, such as a release.");

    public static Problem NotEnded(Operation operation) => Conflict(
        "operation-open", $"It has not ended: it is {operation.State}. Wait for its end, or cancel it first.");

    public static Problem Succeeded() => Conflict(
        "operation-succeeded", "It succeeded, so there is nothing to do again.");

    public static Problem NotRetryable(Operation operation) => Conflict(
        "operation-not-retryable",
        $"Its request alone carries out an operation of kind {operation.Kind}. Send that again, with a new "
        + "Idempotency-Key.");

    static Problem Conflict(string code, string text) =>
        new(StatusCodes.Status409Conflict, code, "The operation cannot be steered so", text);
}
