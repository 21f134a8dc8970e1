using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Telephony.Domain;
using Telephony.Domain.Numbers;
using Telephony.Functions.Http;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>
/// The schemas of what is answered and of what is taken, as the serializer that does both sees the types. An answer
/// leaves out what is null; a request is refused for a member that is not known.
/// </summary>
sealed class Schemas(XmlComments comments)
{
    readonly Dictionary<(Type Type, bool Taken), string> names = [];
    Type? meant;

    readonly SortedDictionary<string, JsonNode> components = new(StringComparer.Ordinal);

    public JsonObject Components => new(components!);

    /// <summary>Do this for all that is answered first: a type that is taken as well gets a name of its own.</summary>
    public JsonNode Answered(Type type) => Reference(type, taken: false);

    /// <param name="type">A body.</param>
    /// <param name="answer">What the function answers: a member of the body without a comment means what that of the
    /// same name there means.</param>
    public JsonNode Taken(Type type, Type? answer)
    {
        meant = answer;
        return Reference(type, taken: true);
    }

    public void Add(string name, JsonNode schema) => components.Add(name, schema);

    JsonObject Reference(Type type, bool taken)
    {
        if (type == typeof(JsonObject))
            return new JsonObject { ["type"] = "object" };

        taken &= !type.IsEnum && !IsText(type);
        if (!names.TryGetValue((type, taken), out var name))
        {
            name = NameOf(type) + (taken && names.ContainsKey((type, false)) ? "Input" : "");
            if (!components.TryAdd(name, new JsonObject()))
                throw new InvalidOperationException($"Two types would be called {name} here: rename one.");
            names.Add((type, taken), name);
            components[name] = Schema(type, taken);
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    JsonNode Schema(Type type, bool taken)
    {
        var schema = Text(type) ?? Json.Options.GetJsonSchemaAsNode(type, new()
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, schema) => Transform(context, schema, taken),
        });
        Describe(schema.AsObject(), type switch
        {
            { IsEnum: true } => OfEnum(type),
            _ when type != typeof(E164) && IsText(type) =>
                $"The id of one {type.GetGenericArguments()[0].Name}: a-z, 0-9 and hyphen, not starting with a hyphen.",
            _ => comments.Of(type),
        });
        return schema;
    }

    JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema, bool taken)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var isRoot = context.Path.IsEmpty;
        var isNamed = context.TypeInfo.Kind is JsonTypeInfoKind.Object || Text(type) is not null;
        if (isNamed && !isRoot)
            schema = Reference(type, taken);
        else if (context.TypeInfo.Kind is JsonTypeInfoKind.Object)
            schema = Members(context.TypeInfo, schema.AsObject(), taken);
        else if (context.TypeInfo is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element }
            && Text(element) is not null)
            schema["items"] = Reference(element, taken);
        else if (type == typeof(int))
            schema["format"] = "int32";
        else if (type == typeof(DateTimeOffset))
            schema = Time(context.TypeInfo.Type);
        if (context.PropertyInfo is { } property)
            schema = Property(property, schema.AsObject(), taken, wasReplaced: isNamed);
        return schema;
    }

    JsonObject Members(JsonTypeInfo type, JsonObject schema, bool taken)
    {
        schema["type"] = "object";
        // What has a converter of its own the exporter shows us only where it has no default.
        foreach (var property in type.Properties)
        {
            if (schema["properties"]?[property.Name] is not JsonObject shown || !shown.ContainsKey("default"))
                continue;

            var bare = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            var isTime = bare == typeof(DateTimeOffset);
            if (isTime || Text(bare) is not null)
            {
                var full = isTime ? Time(property.PropertyType) : Reference(bare, taken);
                full["default"] = shown["default"]?.DeepClone();
                schema["properties"]![property.Name] = Property(property, full, taken, wasReplaced: !isTime);
            }
        }

        // Callers of an answer must bear members that a later version adds.
        schema.Remove("additionalProperties");
        if (taken)
            schema["additionalProperties"] = false;
        else if (schema["properties"] is JsonObject)
            schema["required"] = new JsonArray(
                [.. type.Properties.Where(p => !IsNullable(p)).Select(p => (JsonNode)p.Name)]);
        return schema;
    }

    JsonObject Property(JsonPropertyInfo property, JsonObject schema, bool taken, bool wasReplaced)
    {
        if (IsNullable(property) && taken && wasReplaced)
            schema = new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        else if (!taken && schema["type"] is JsonArray types)
            schema["type"] = types.Select(t => (string)t!).Single(t => t != "null");

        if (schema["default"] is null)
            schema.Remove("default");
        foreach (var limit in property.AssociatedParameter?.AttributeProvider?
            .GetCustomAttributes(inherit: false) ?? [])
            Limit(schema, limit);
        if (property.AttributeProvider is MemberInfo member)
            Describe(schema, comments.Of(member)
                ?? (taken && meant?.GetProperty(member.Name) is { } same ? comments.Of(same) : null));
        return schema;
    }

    /// <summary>The limits that data annotations say; the functions themselves hold requests to them.</summary>
    static void Limit(JsonObject schema, object annotation)
    {
        var unit = schema["items"] is null ? "Length" : "Items";
        switch (annotation)
        {
            case RangeAttribute range:
                (schema["minimum"], schema["maximum"]) = ((int)range.Minimum, (int)range.Maximum);
                break;
            case LengthAttribute length:
                (schema[$"min{unit}"], schema[$"max{unit}"]) = (length.MinimumLength, length.MaximumLength);
                break;
            case MaxLengthAttribute length:
                schema[$"max{unit}"] = length.Length;
                break;
            case RegularExpressionAttribute regex:
                schema["pattern"] = regex.Pattern;
                break;
        }
    }

    static bool IsNullable(JsonPropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || (!property.PropertyType.IsValueType && property.IsGetNullable);

    static bool IsText(Type type) =>
        type == typeof(E164) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Id<>));

    /// <summary>What our own converters write as text; null for other types.</summary>
    internal static JsonObject? Text(Type type) => type switch
    {
        { IsEnum: true } => new()
        {
            ["type"] = "string",
            ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(name => (JsonNode)name)]),
        },
        _ when type == typeof(E164) => new()
        {
            ["type"] = "string", ["pattern"] = @"^\+[1-9][0-9]{6,14}$", ["examples"] = new JsonArray("+442079460000"),
        },
        _ when IsText(type) => new()
        {
            ["type"] = "string", ["pattern"] = Id<object>.Pattern, ["minLength"] = 1,
            ["maxLength"] = Id<object>.LengthMax,
        },
        _ => null,
    };

    static JsonObject Time(Type type) => new()
    {
        ["type"] = type == typeof(DateTimeOffset) ? "string" : new JsonArray("string", "null"),
        ["format"] = "date-time",
    };

    string OfEnum(Type type)
    {
        var values = type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => comments.Of(field) is { } says ? $"\n- `{field.Name}`: {says}" : $"\n- `{field.Name}`");
        return $"{comments.Of(type)}{string.Concat(values)}";
    }

    static void Describe(JsonObject schema, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            schema["description"] = text;
    }

    static string NameOf(Type type)
    {
        if (type == typeof(ProblemBody))
            return "Problem";
        if (IsText(type))
            return type == typeof(E164) ? "E164" : $"{type.GetGenericArguments()[0].Name}Id";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Page<>))
            return $"{NameOf(type.GetGenericArguments()[0])}Page";

        var name = type.Name.EndsWith("View", StringComparison.Ordinal) ? type.Name[..^4] : type.Name;
        if (type.DeclaringType is not { } declaring || name is not ("Body" or "Line"))
            return name;

        // A function's own Body: PostAllocation.Body is the AllocationBody.
        string[] around = ["Get", "Put", "Post", "Patch", "Delete", "Functions"];
        return around.Aggregate(declaring.Name, (text, word) => text.Replace(word, "")) + name;
    }
}
