using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Operations;

/// <summary>How requests that become operations are answered.</summary>
static class OperationAnswers
{
    const string RetryAfterSeconds = "1";

    /// <summary>202 with where to look; 409 when another operation runs in its place.</summary>
    public static IResult Accepted(HttpRequest request, Operation operation)
    {
        if (operation.Reason is { Code: OperationDriver.AlreadyRunning } reason)
            return new Problem(StatusCodes.Status409Conflict, reason.Code, "Another operation is running", reason.Text);

        var headers = request.HttpContext.Response.Headers;
        Locate(request, operation);
        if (!operation.HasEnded)
            headers.RetryAfter = RetryAfterSeconds;
        return Json.Answer(OperationView.Of(operation, Admitted.Of(request).Caller), StatusCodes.Status202Accepted);
    }

    /// <summary>The same, or why it was not taken on.</summary>
    public static IResult Accepted(HttpRequest request, Checked<Operation> started) =>
        started.Refused(out var problem, out var operation) ? problem : Accepted(request, operation);

    /// <summary>What one transaction came to: 201 with the result, the first time and every time.</summary>
    public static IResult Of(HttpRequest request, SiteOutcome outcome) => outcome switch
    {
        SiteOutcome.Done done => Created(request, done.Operation),
        SiteOutcome.Refused refused => Refusals.Problem(refused.Refusals),
        SiteOutcome.KeyReused => Problems.IdempotencyKeyReused(),
        _ => throw new UnreachableException($"No answer for {outcome}."),
    };

    /// <summary>
    /// The first answer when the request is a repeat, else the problem: what has changed around a request since does
    /// not change what came of it.
    /// </summary>
    public static async Task<IResult> RepeatOrAsync(
        HttpRequest request, SitePartition sites, Operation operation, Problem problem, CancellationToken ct) =>
        await sites.FindAsync(operation.Id, ct) is { } earlier && earlier.Arguments == operation.Arguments
            ? Created(request, earlier)
            : problem;

    /// <summary>What became of a thing that was there: 200 with the result, the first time and every time.</summary>
    public static IResult Changed(HttpRequest request, Operation operation)
    {
        Locate(request, operation);
        return Json.Answer(OperationView.Of(operation, Admitted.Of(request).Caller));
    }

    public static IResult Created(HttpRequest request, Operation operation)
    {
        var headers = request.HttpContext.Response.Headers;
        Locate(request, operation);
        headers.Location = operation.Kind is OperationKind.Allocation or OperationKind.Import
            ? $"{request.Path}/{operation.Id}"
            : Location(request, operation);
        return Json.Answer(OperationView.Of(operation, Admitted.Of(request).Caller), StatusCodes.Status201Created);
    }

    public static IResult State(HttpRequest request, Operation operation, OperationProgress? progress)
    {
        if (!operation.HasEnded)
            request.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Json.Answer(OperationView.Of(operation, Admitted.Of(request).Caller, progress));
    }

    static void Locate(HttpRequest request, Operation operation) =>
        request.HttpContext.Response.Headers["Operation-Location"] = Location(request, operation);

    /// <summary>Relative to the host, whose public name a function behind a gateway does not know.</summary>
    static string Location(HttpRequest request, Operation operation) =>
        $"{Prefix(request)}/v1/operations/{operation.Id}";

    /// <summary>What the host puts before our routes, such as /api.</summary>
    static string Prefix(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        var version = path.IndexOf("/v1/", StringComparison.OrdinalIgnoreCase);
        return version > 0 ? path[..version] : "";
    }
}
