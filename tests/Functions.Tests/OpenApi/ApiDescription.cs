using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>An operation as the description that is served has it.</summary>
/// <param name="Id">The function's name, as programs write it.</param>
/// <param name="Verb">In capitals.</param>
/// <param name="Path">Below <c>v1/</c>, with names in braces.</param>
/// <param name="Node">All that is said of it.</param>
sealed record ApiOperation(string Id, string Verb, string Path, JsonObject Node)
{
    readonly Regex path = new($"^{Regex.Replace(Path, @"\{\w+\}", "[^/]+")}$");

    public bool Is(string verb, string address) => Verb == verb && path.IsMatch(address);

    public bool IsOpen => Node["security"] is JsonArray { Count: 0 };

    public JsonNode? Body => ApiDescription.Resolve(Node["requestBody"]?["content"]?["application/json"]?["schema"]);

    public IEnumerable<JsonObject> Parameters(string place) => Node["parameters"]!.AsArray()
        .Select(parameter => ApiDescription.Resolve(parameter)!.AsObject())
        .Where(parameter => (string?)parameter["in"] == place);
}

/// <summary>The description that is served, as a test reads it.</summary>
static class ApiDescription
{
    const string Then = $", then run {PlayedExamples.Command}.";

    static readonly JsonObject Root = JsonNode.Parse(GetOpenApi.Document)!.AsObject();

    public static readonly ImmutableArray<ApiOperation> Operations =
    [
        .. from path in Root["paths"]!.AsObject()
           from verb in path.Value!.AsObject()
           select new ApiOperation(
               (string)verb.Value!["operationId"]!, verb.Key.ToUpperInvariant(), path.Key["/v1/".Length..],
               verb.Value.AsObject()),
    ];

    public static ApiOperation Operation(string id) => Operations.Single(operation => operation.Id == id);

    /// <summary>What a reference points to; null for null.</summary>
    public static JsonNode? Resolve(JsonNode? node)
    {
        while ((string?)(node as JsonObject)?["$ref"] is { } reference)
            node = reference[2..].Split('/').Aggregate((JsonNode?)Root, (at, name) => at?[name]);
        return node;
    }

    /// <summary>
    /// Fails when an answer is not described: its status, a code, a header, or its body by the schema. What the server
    /// itself answered, before any function, has no type.
    /// </summary>
    public static void Check(string verb, string path, Answer answer)
    {
        // While it is written anew, answers may be ahead of it.
        var address = path.Split('?')[0];
        if (PlayedExamples.IsWriting || address.Contains("..") || address.Contains("%2e")
            || (answer.ContentType is null && answer.Status >= 400)
            || Operations.FirstOrDefault(operation => operation.Is(verb, address)) is not { } operation)
        {
            return;
        }

        var what = $"{verb} {operation.Path} answered {answer.Status} {answer.Code}";
        var response = Resolve(operation.Node["responses"]![$"{answer.Status}"]);
        Assert.True(
            response is not null, $"{what}, which is not described: say so in its [Answers] or [Refuses]{Then}");
        foreach (var header in new[] { "ETag", "Location", "Operation-Location", "Retry-After" })
            Assert.True(
                !answer.Headers.ContainsKey(header) || response["headers"]?[header] is not null,
                $"{what} with {header}, which is not described: see Headers.Of.");
        if (answer.ContentType is null)
            return;

        var content = response["content"]?[answer.ContentType];
        Assert.True(content is not null, $"{what} as {answer.ContentType}, which is not described.");
        if (answer.ContentType.EndsWith("json", StringComparison.Ordinal))
        {
            var wrong = Schema.Violations(answer.Body, content["schema"]!, "$").ToList();
            Assert.True(wrong.Count == 0, $"{what}, not as described: {string.Join("; ", wrong)}{Then}");
        }
    }
}
