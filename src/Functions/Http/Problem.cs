using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Http;

/// <summary>
/// A refusal as RFC 9457 says it. The codes are in <see cref="Problems"/>; what is in the way is in the errors.
/// </summary>
sealed record Problem(int Status, string Code, string Title, string Detail) : IResult
{
    public const string ContentType = "application/problem+json";

    /// <summary>Each field or number in the way.</summary>
    public ImmutableArray<ProblemError> Errors { get; init; } = [];

    /// <summary>How many errors there are, where only the first of them are named; null when all are.</summary>
    public int? ErrorCount { get; init; }

    /// <summary>Headers that belong to the status, such as Retry-After.</summary>
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        foreach (var (name, value) in Headers)
            response.Headers[name] = value;

        var body = new ProblemBody(
            $"/problems/{Code}", Title, Status, Detail, Code, Errors, ErrorCount, CorrelationId.Of(httpContext)?.Value);
        await JsonSerializer.SerializeAsync(response.Body, body, Json.Options, httpContext.RequestAborted);
    }

    public Problem With(string header, string value) => this with { Headers = Headers.SetItem(header, value) };

    public Problem With(params ReadOnlySpan<ProblemError> errors) => this with { Errors = [.. Errors, .. errors] };
}

/// <summary>One thing in the way: which, why, and what would help.</summary>
/// <param name="Field">The member of the body, the column of the file, the parameter or the header; absent when a
/// number is in the way.</param>
/// <param name="Number">The number in the way, in E.164.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Reason">For people.</param>
/// <param name="WayOut">What to do about it, where something can be done.</param>
/// <param name="OtherField">The field that the first one contradicts.</param>
/// <param name="Row">The line of the file where its row begins; the header is in line 1.</param>
/// <param name="From">The state that the number in the way is in.</param>
/// <param name="To">The state that was asked for.</param>
sealed record ProblemError(
    string? Field, string? Number, string Code, string Reason, string? WayOut = null, string? OtherField = null,
    int? Row = null, NumberState? From = null, NumberState? To = null)
{
    public static ProblemError OfField(string field, string code, string reason, string? wayOut = null) =>
        new(field, null, code, reason, wayOut);

    public static ProblemError OfNumber(string number, string code, string reason, string? wayOut = null) =>
        new(null, number, code, reason, wayOut);
}

/// <summary>Why a request was refused or could not be carried out, as RFC 9457 says it.</summary>
/// <param name="Type">Names the code as an address; nothing is found there.</param>
/// <param name="Title">What the code means.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Detail">What is wrong with this request, and what to do about it; for people.</param>
/// <param name="Code">For programs; it never changes.</param>
/// <param name="Errors">Each field or number in the way; empty when the detail says all.</param>
/// <param name="ErrorCount">How many errors there are, when only the first of them are named.</param>
/// <param name="CorrelationId">What to name when you ask about it.</param>
sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    ImmutableArray<ProblemError> Errors,
    int? ErrorCount,
    string? CorrelationId);
