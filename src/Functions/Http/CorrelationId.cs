using Microsoft.AspNetCore.Http;

namespace Telephony.Functions.Http;

/// <summary>What ties a request, its log lines and its answer together. The caller may choose it.</summary>
readonly record struct CorrelationId(string Value)
{
    public const string Header = "X-Correlation-Id";
    public const int LengthMax = 64;

    /// <summary>The caller's, when it is safe to write to a log and a header, else a new one.</summary>
    public static CorrelationId Accept(HttpRequest request) =>
        request.Headers[Header] is [{ Length: >= 1 and <= LengthMax } text] && text.All(IsSafe)
            ? new(text)
            : new(Guid.NewGuid().ToString("n"));

    public static CorrelationId? Of(HttpContext context) => context.Features.Get<Feature>()?.Id;

    public void Attach(HttpContext context)
    {
        context.Features.Set(new Feature(this));
        context.Response.Headers[Header] = Value;
    }

    static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';

    sealed record Feature(CorrelationId Id);
}
