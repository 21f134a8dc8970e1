using System.Globalization;
using System.Text.Json.Nodes;
using Telephony.Domain.Access;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>A function as an operation of the description.</summary>
sealed class Operations(Schemas schemas, XmlComments comments, IReadOnlyList<Example> examples)
{
    static readonly Dictionary<int, string> Meanings = new()
    {
        [200] = "As it is now.", [201] = "It is done.", [202] = "Accepted: it will be done.", [204] = "It is gone.",
        [304] = "As it was.",
    };

    readonly SortedDictionary<string, JsonNode> shared = new(StringComparer.Ordinal);

    /// <summary>Problems that functions answer alike, once all functions have been described.</summary>
    public JsonObject SharedResponses => new(shared!);

    public JsonObject Of(ApiFunction function, string tag)
    {
        var operation = new JsonObject
        {
            ["operationId"] = XmlComments.Camel(function.Name),
            ["tags"] = new JsonArray(tag),
            ["summary"] = function.Summary.Text,
            ["description"] = Description(function),
        };
        if (function.Demand.Permission is null)
            operation["security"] = new JsonArray();
        operation["parameters"] = Parameters.Of(function, schemas);
        if (function.Takes is { } takes)
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["description"] = string.Create(CultureInfo.InvariantCulture, $"At most {takes.BytesMax:N0} bytes."),
                ["content"] = Content(
                    takes.MediaTypes, schemas.Taken(takes.Body, function.Answers[0].Body),
                    ExamplesOf(function, example => example.Body is not null && example.Status < 300, e => e.Body),
                    _ => CsvText.Taken(function)),
            };
        operation["responses"] = Responses(function);
        return operation;
    }

    string Description(ApiFunction function)
    {
        var says = comments.Of(function.Code)
            ?? throw new InvalidOperationException($"{function.Name} has no summary: say what it does in one.");
        if (function.Demand.Permission is not { } permission)
            return $"{says}\n\nFor anybody, without a token.";

        var roles = Enum.GetValues<Role>().Select(role => Roles.GrantOf(permission, role)).OfType<string>();
        return $"{says}\n\nFor {string.Join(", ", roles)}.";
    }

    JsonObject Responses(ApiFunction function)
    {
        var responses = new SortedDictionary<int, JsonNode>();
        foreach (var answer in function.Answers)
        {
            var response = new JsonObject
            {
                ["description"] = Meanings.GetValueOrDefault(answer.Status, "It is done."),
                ["headers"] = Headers.Of(function, answer, IsVersioned(function)),
            };
            if (answer.Body is { } body)
                response["content"] = Content(
                    answer.MediaTypes, schemas.Answered(body),
                    ExamplesOf(function, example => example.Status == answer.Status, example => example.Answer),
                    pages => CsvText.Answered(body.GenericTypeArguments[0], pages));
            responses[answer.Status] = response;
        }

        foreach (var problems in ProblemsOf.Codes(function)
            .Select(code => ProblemCatalog.All.TryGetValue(code, out var problem)
                ? problem
                : throw new InvalidOperationException($"{function.Name} refuses with '{code}', which no problem has."))
            .GroupBy(problem => problem.Status))
        {
            var codes = problems.ToDictionary(problem => problem.Code, problem => problem.Meaning);
            responses[problems.Key] = Problem(function, problems.Key, codes);
        }

        return new(responses.Select(pair => KeyValuePair.Create($"{pair.Key}", (JsonNode?)pair.Value)));
    }

    JsonObject Problem(ApiFunction function, int status, Dictionary<string, string> codes)
    {
        var own = ExamplesOf(function, example => example.Status == status, example => example.Answer);
        var response = new JsonObject
        {
            ["description"] = string.Join(
                "\n", codes.OrderBy(code => code.Key, StringComparer.Ordinal).Select(c => $"- `{c.Key}`: {c.Value}")),
            ["headers"] = Headers.OfProblem(status),
            ["content"] = Content(["application/problem+json"], new JsonObject
            {
                ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/components/schemas/Problem" }, new JsonObject
                {
                    ["properties"] = new JsonObject
                    {
                        ["code"] = new JsonObject
                        {
                            ["enum"] = new JsonArray(
                                [.. codes.Keys.Order(StringComparer.Ordinal).Select(code => (JsonNode)code)]),
                        },
                    },
                }),
            }, own),
        };
        if (own.Count > 0 || ProblemsOf.NameOfShared(codes.Keys) is not { } name)
            return response;

        shared[name] = response;
        return new JsonObject { ["$ref"] = $"#/components/responses/{name}" };
    }

    JsonObject ExamplesOf(ApiFunction function, Predicate<Example> fits, Func<Example, JsonNode?> value) => new(
        examples.Where(example => example.Function == function.Name && fits(example) && value(example) is not null)
            .Select(example => KeyValuePair.Create(example.Key, (JsonNode?)new JsonObject
            {
                ["summary"] = example.Title, ["value"] = value(example)!.DeepClone(),
            })));

    /// <param name="mediaTypes">JSON of some kind, or CSV.</param>
    /// <param name="schema">Of the JSON.</param>
    /// <param name="examples">Of the JSON.</param>
    /// <param name="csv">What there is to say of CSV, with the JSON of the examples.</param>
    static JsonObject Content(
        IReadOnlyList<string> mediaTypes, JsonNode schema, JsonObject examples,
        Func<IEnumerable<JsonNode>, JsonObject>? csv = null)
    {
        var content = new JsonObject();
        foreach (var type in mediaTypes)
        {
            if (!type.EndsWith("json", StringComparison.Ordinal))
            {
                content[type] = csv!(examples.Select(example => example.Value!["value"]!));
                continue;
            }

            var media = new JsonObject { ["schema"] = schema.DeepClone() };
            if (examples.Count > 0)
                media["examples"] = examples.DeepClone();
            content[type] = media;
        }

        return content;
    }

    /// <summary>It can be changed at its address; or what is called activation of a number is a part of it.</summary>
    static bool IsVersioned(ApiFunction function) => ApiFunctions.All.Any(other =>
        (other.Route == function.Route && other.Verb is ("PUT" or "PATCH"))
        || (other.Route == $"{function.Route}/activation" && other.Verb is "DELETE"));
}
