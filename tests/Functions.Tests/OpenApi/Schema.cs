using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>As much of JSON Schema as the description uses.</summary>
static class Schema
{
    /// <summary>Where a value is not as its schema says; members of answers that it does not name count, too.</summary>
    public static IEnumerable<string> Violations(JsonNode? value, JsonNode schema, string at)
    {
        schema = ApiDescription.Resolve(schema)!;
        if (schema["allOf"] is JsonArray all)
            return all.SelectMany(part => Violations(value, part!, at));
        if (schema["anyOf"] is JsonArray any && any.Any(part => !Violations(value, part!, at).Any()))
            return [];
        if (schema["enum"] is JsonArray values && !values.Any(one => JsonNode.DeepEquals(one, value)))
            return [$"{at} is {value?.ToJsonString()}: name it in [Refuses], or in ProblemCatalog.OfErrors"];
        if (schema["type"] is { } type && !IsOf(value, type))
            return [$"{at} is not of type {type}"];
        return value switch
        {
            JsonObject members => OfMembers(members, schema, at),
            JsonArray items when schema["items"] is { } item =>
                items.SelectMany((one, i) => Violations(one, item, $"{at}[{i}]")),
            JsonValue text when schema["pattern"] is { } pattern && !Regex.IsMatch((string)text!, (string)pattern!) =>
                [$"{at} does not match {pattern}"],
            _ => [],
        };
    }

    static IEnumerable<string> OfMembers(JsonObject value, JsonNode schema, string at)
    {
        if (schema["properties"] is not JsonObject known)
            yield break;

        foreach (var name in schema["required"]?.AsArray().Select(name => (string)name!) ?? [])
            if (!value.ContainsKey(name))
                yield return $"{at} lacks {name}";
        foreach (var (name, member) in value)
        {
            if (known[name] is { } described)
                foreach (var wrong in Violations(member, described, $"{at}.{name}"))
                    yield return wrong;
            else if (schema["type"] is not null)
                yield return $"{at}.{name} is not described";
        }
    }

    static bool IsOf(JsonNode? value, JsonNode type) => type is JsonArray several
        ? several.Any(one => IsOf(value, one!))
        : ((string)type!, value?.GetValueKind() ?? JsonValueKind.Null) switch
        {
            ("string", JsonValueKind.String) or ("object", JsonValueKind.Object) => true,
            ("array", JsonValueKind.Array) or ("null", JsonValueKind.Null) => true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("integer", JsonValueKind.Number) => value!.AsValue().TryGetValue(out int _),
            _ => false,
        };
}
