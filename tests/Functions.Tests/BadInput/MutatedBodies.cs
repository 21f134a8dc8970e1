using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Telephony.Functions.Tests.BadInput;

/// <summary>Bodies that are wrong in one place each, made from the type that a function reads.</summary>
static class MutatedBodies
{
    static readonly string[] WrongForAll = ["1e400", "99999999999999999999", "{\"a\":{\"a\":1}}", "[[[[]]]]",
        "\"\\ud800\"", "NaN"];

    /// <summary>The body types of a function: records within its class that are named so.</summary>
    public static IEnumerable<Type> Of(MethodInfo function) =>
        function.DeclaringType!.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
            .Where(type => type.Name.EndsWith("Body", StringComparison.Ordinal));

    /// <summary>
    /// For each member, however deep: of the wrong type, null where a value is required, missing where it is required,
    /// and with an unknown neighbour; then all of it nested too deep.
    /// </summary>
    public static IEnumerable<string> Wrong(Type body)
    {
        var good = Example(body)!.AsObject();
        foreach (var (path, member, isRequired) in Members(body, []))
        {
            var right = Find(good, path)!.ToJsonString();
            foreach (var wrong in WrongForAll
                .Append(right.StartsWith('"') ? "7" : "\"text\"").Append(isRequired ? "null" : "{}"))
                yield return Changed(good, path, wrong);

            yield return Changed(good, path, right, beside: $"{member}x");
            if (isRequired)
                yield return Changed(good, path, null);
        }

        yield return string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000);
    }

    static IEnumerable<(string[] Path, string Member, bool IsRequired)> Members(Type type, string[] above)
    {
        foreach (var parameter in Constructor(type))
        {
            string[] path = [.. above, Name(parameter)];
            yield return (path, Name(parameter), !parameter.HasDefaultValue);
            var inner = Element(parameter.ParameterType) ?? Bare(parameter.ParameterType);
            if (IsRecord(inner))
            {
                foreach (var member in Members(inner, Element(parameter.ParameterType) is null ? path : [.. path, "0"]))
                    yield return member;
            }
        }
    }

    static JsonNode? Example(Type type)
    {
        type = Bare(type);
        if (Element(type) is { } element)
            return new JsonArray(Example(element));
        if (IsRecord(type))
            return new JsonObject(
                Constructor(type).Select(p => KeyValuePair.Create(Name(p), Example(p.ParameterType))));
        return type switch
        {
            _ when type == typeof(bool) => true,
            _ when type == typeof(int) => 1,
            _ when type == typeof(DateTimeOffset) => "2026-03-02T09:00:00Z",
            _ when type.IsEnum => Enum.GetNames(type)[0],
            _ => "nothing-has-this-id",
        };
    }

    static string Changed(JsonObject good, string[] path, string? value, string? beside = null)
    {
        const string Mark = "\"@mark@\"";
        var copy = good.DeepClone();
        var parent = Find(copy, path[..^1])!.AsObject();
        parent[path[^1]] = value is null ? null : "@mark@";
        if (value is null)
            parent.Remove(path[^1]);
        if (beside is not null)
            parent[beside] = 1;
        return copy.ToJsonString().Replace(Mark, value, StringComparison.Ordinal);
    }

    static JsonNode? Find(JsonNode node, string[] path) => path.Aggregate(
        (JsonNode?)node, (found, step) => found is JsonArray list ? list[int.Parse(step, null)] : found![step]);

    static ParameterInfo[] Constructor(Type type) =>
        type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters();

    static string Name(ParameterInfo parameter) => char.ToLowerInvariant(parameter.Name![0]) + parameter.Name[1..];

    static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    static Type? Element(Type type) =>
        Bare(type) is { IsGenericType: true } list && list.IsAssignableTo(typeof(IEnumerable))
            ? list.GetGenericArguments()[0] : null;

    static bool IsRecord(Type type) => type.IsClass && type.GetMethod("<Clone>$") is not null;
}
