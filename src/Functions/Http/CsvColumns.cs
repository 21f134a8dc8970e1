using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Telephony.Functions.Http;

/// <summary>A member that lists never fill, so that a table of them has no column for it.</summary>
[AttributeUsage(AttributeTargets.Property)]
sealed class NotInTablesAttribute : Attribute;

/// <summary>One column: its name, and the members that lead to its value.</summary>
sealed record CsvColumn(string Name, ImmutableArray<string> Path)
{
    const string BetweenValues = " ";

    /// <summary>
    /// The columns of a type, named and ordered as its JSON: those of a nested object with a dot, a list of simple
    /// values as one. A list of objects has none, for it would need rows of its own.
    /// </summary>
    public static ImmutableArray<CsvColumn> Of(Type type) => [.. In(Info(type), [])];

    /// <summary>The value as its JSON has it, without quotes; empty where there is none.</summary>
    public string Text(JsonElement item)
    {
        foreach (var member in Path)
        {
            if (item.ValueKind is not JsonValueKind.Object || !item.TryGetProperty(member, out item))
                return "";
        }

        return Text(item, BetweenValues);
    }

    static string Text(JsonElement value, string between) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(between, value.EnumerateArray().Select(one => Text(one, between))),
        _ => value.GetRawText(),
    };

    static IEnumerable<CsvColumn> In(JsonTypeInfo type, ImmutableArray<string> above)
    {
        foreach (var property in type.Properties.Where(property => !IsLeftOut(property)))
        {
            var path = above.Add(property.Name);
            var value = Info(property.PropertyType);
            if (value.Kind is JsonTypeInfoKind.Object)
            {
                foreach (var column in In(value, path))
                    yield return column;
            }
            else
            {
                yield return new(string.Join('.', path), path);
            }
        }
    }

    static bool IsLeftOut(JsonPropertyInfo property) =>
        property.AttributeProvider?.IsDefined(typeof(NotInTablesAttribute), inherit: false) == true
        || Info(property.PropertyType) switch
        {
            { Kind: JsonTypeInfoKind.Enumerable } list => Info(list.ElementType!).Kind is not JsonTypeInfoKind.None,
            { Kind: JsonTypeInfoKind.Dictionary } => true,
            _ => false,
        };

    static JsonTypeInfo Info(Type type) => Json.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
}
