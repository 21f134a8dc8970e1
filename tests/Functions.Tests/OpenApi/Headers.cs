using System.Text.Json.Nodes;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>The headers of answers, described once, and which of them an answer has.</summary>
static class Headers
{
    static readonly Dictionary<string, string> All = new()
    {
        [CorrelationId.Header] = "Ties the answer to its request and its lines in the log. Name it with a fault.",
        ["ETag"] = "The version of what is answered. Send it in If-Match to change just this.",
        ["Link"] = "Where the next page is, as `rel=next`; absent on the last one.",
        ["Location"] = "Where the result is found from now on.",
        ["Operation-Location"] = "Where the operation is found: ask there until it has ended.",
        ["Retry-After"] = "Seconds to wait before asking again; absent when there is nothing to wait for.",
        ["WWW-Authenticate"] = "What is wrong with the token, as RFC 6750 says it.",
    };

    public static JsonObject Components => new(All.Select(header => Json(header.Key, new JsonObject
    {
        ["description"] = header.Value,
        ["schema"] = header.Key is "Retry-After"
            ? new JsonObject { ["type"] = "integer", ["minimum"] = 1 }
            : new JsonObject { ["type"] = "string" },
    })));

    /// <param name="function">Whose answer it is.</param>
    /// <param name="answer">One of its answers when all is well.</param>
    /// <param name="isVersioned">Whether what is at this address can be changed there.</param>
    public static JsonObject Of(ApiFunction function, AnswersAttribute answer, bool isVersioned)
    {
        var isOperation = answer.Body == typeof(OperationView);
        var isCreated = function.Verb is "POST" && answer.Status == 201;
        var names = new List<string> { CorrelationId.Header };
        if (((isVersioned || isCreated) && !isOperation && answer.Body is not null)
            || function.Answers.Any(a => a.Status == 304))
            names.Add("ETag");
        if (answer.IsPage)
            names.Add("Link");
        if (isCreated)
            names.Add("Location");
        if (isOperation && function.Verb is not "GET")
            names.Add("Operation-Location");
        if (isOperation && (answer.Status == 202 || function.Demand.RouteNames is ["operation"]))
            names.Add("Retry-After");
        return Of(names);
    }

    public static JsonObject OfProblem(int status) => Of(status switch
    {
        401 => [CorrelationId.Header, "WWW-Authenticate"],
        503 => [CorrelationId.Header, "Retry-After"],
        _ => [CorrelationId.Header],
    });

    static JsonObject Of(IEnumerable<string> names) => new(names.Select(name => Json(
        name, new JsonObject { ["$ref"] = $"#/components/headers/{name}" })));

    static KeyValuePair<string, JsonNode?> Json(string name, JsonObject value) => new(name, value);
}
