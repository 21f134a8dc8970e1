using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Telephony.Functions.Tests.OpenApi;

namespace Telephony.Functions.Tests.BadInput;

/// <summary>Bodies that break their schema in one place each, made from a good one and the API's description.</summary>
static class MutatedBodies
{
    const string Mark = "\"@mark@\"";

    static readonly string[] NoBody =
    [
        "", "null", "[]", "42", "\"text\"", "{", "{}{}", "\u0000", "\uFEFF{", "{\"$type\":\"System.Object\"}",
        "{\"__proto__\":{}}", new('[', 100_000), new('9', 100_000),
        string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000),
    ];

    static readonly string[] Anything =
        ["NaN", "\"\\ud800\"", "1e400", "[[[[]]]]", "{\"a\":{\"a\":1}}", "'x'", "\u0001"];

    static readonly string[] Texts =
        ["", "UPPER", "-a", "a b", "a/b", "a~b", "a|b", "\\u0000", "é", "😀", "..", "'or 1 eq 1", "=1+1", "a\\nb"];

    public static IEnumerable<string> Wrong(JsonObject good, JsonNode schema) =>
        NoBody.Concat(Of(good, schema, []).Distinct());

    static IEnumerable<string> Of(JsonObject good, JsonNode schema, object[] at)
    {
        var required = schema["required"]?.AsArray().Select(name => (string)name!).ToHashSet() ?? [];
        yield return Changed(good, [.. at, "xUnknown"], "1");
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            object[] path = [.. at, name];
            if (required.Contains(name))
                yield return Changed(good, path, null);
            if (Find(good, path) is { } right)
                yield return Changed(good, path, $"{right.ToJsonString()},\"{name}\":{right.ToJsonString()}");
            foreach (var body in Values(member!).Select(wrong => Changed(good, path, wrong))
                .Concat(Within(good, member!, path)))
                yield return body;
        }
    }

    static IEnumerable<string> Within(JsonObject good, JsonNode member, object[] path)
    {
        var schema = Bare(member);
        if (schema["properties"] is not null && Find(good, path) is JsonObject)
            return Of(good, schema, path);
        if (schema["items"] is not { } item || Find(good, path) is not JsonArray items)
            return [];

        return items.SelectMany((_, i) => Values(item).Select(wrong => Changed(good, [.. path, i], wrong))
            .Concat(Within(good, item, [.. path, i])));
    }

    /// <summary>JSON that the schema does not allow.</summary>
    static IEnumerable<string> Values(JsonNode member)
    {
        var schema = Bare(member);
        var type = schema["type"] is JsonArray several ? (string)several[0]! : (string)schema["type"]!;
        IEnumerable<string> wrong = type switch
        {
            "string" => ["7", "true", "[]", "{}", .. Fitting(schema)],
            "integer" => ["\"7\"", "1.5", "1e2", "true", "[]", "{}", "99999999999999999999", .. Beyond(schema)],
            "boolean" => ["\"true\"", "0", "1", "[]", "{}"],
            "array" => ["7", "\"text\"", "{}", .. Lengths(schema)],
            _ => ["7", "\"text\"", "[]", "true"],
        };
        var mayBeNull = schema["type"] is JsonArray || member["anyOf"] is not null;
        return [.. Anything, .. wrong, .. mayBeNull ? Array.Empty<string>() : ["null"]];
    }

    static IEnumerable<string> Fitting(JsonNode schema)
    {
        if (schema["enum"] is JsonArray values)
        {
            var names = values.Select(value => (string)value!).ToList();
            return names.Select(name => $"{name}x")
                .Append(names[0].ToLowerInvariant()).Append("").Append(string.Join(", ", names))
                .Select(text => $"\"{text}\"");
        }

        var texts = schema["pattern"] is { } pattern
            ? Texts.Where(text => !Regex.IsMatch(text, (string)pattern!))
            : [];
        if ((int?)schema["minLength"] > 0)
            texts = texts.Append("").Append("  ");
        if ((int?)schema["maxLength"] is { } max)
            texts = texts.Append(new string('a', max + 1)).Append(new string('a', 100_000));
        return texts.Select(text => $"\"{text}\"");
    }

    static IEnumerable<string> Beyond(JsonNode schema)
    {
        if ((int?)schema["minimum"] is { } min)
            yield return string.Create(CultureInfo.InvariantCulture, $"{min - 1}");
        if ((int?)schema["maximum"] is { } max)
            yield return string.Create(CultureInfo.InvariantCulture, $"{max + 1}");
    }

    static IEnumerable<string> Lengths(JsonNode schema)
    {
        if ((int?)schema["minItems"] > 0)
            yield return "[]";
        if ((int?)schema["maxItems"] is { } max)
            yield return $"[{string.Join(',', Enumerable.Repeat("\"a\"", max + 1))}]";
    }

    /// <summary>The schema of what is there when it is not null.</summary>
    static JsonNode Bare(JsonNode member) =>
        ApiDescription.Resolve(member["anyOf"] is JsonArray several ? several[0] : member)!;

    static string Changed(JsonObject good, object[] path, string? value)
    {
        var copy = good.DeepClone();
        var parent = Find(copy, path[..^1])!;
        if (path[^1] is int index)
            parent.AsArray()[index] = "@mark@";
        else if (value is null)
            parent.AsObject().Remove((string)path[^1]);
        else
            parent.AsObject()[(string)path[^1]] = "@mark@";
        return copy.ToJsonString().Replace(Mark, value, StringComparison.Ordinal);
    }

    static JsonNode? Find(JsonNode node, object[] path) => path.Aggregate(
        (JsonNode?)node, (found, step) => step is int index ? found?[index] : found?[(string)step]);
}
