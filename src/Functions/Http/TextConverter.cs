using System.Text.Json;
using System.Text.Json.Serialization;
using Telephony.Domain;

namespace Telephony.Functions.Http;

delegate bool TryParse<T>(string? text, out T value);

/// <summary>A value type that is a text in JSON and parses itself.</summary>
/// <param name="parse">Text to value.</param>
/// <param name="expected">What the text should be, as it is said to people.</param>
sealed class TextConverter<T>(TryParse<T> parse, string expected) : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String)
            throw new UnfitTextException("It is not a text.", $"Send {expected}.");

        var text = reader.GetString()!;
        return parse(text, out var value)
            ? value
            : throw new UnfitTextException(
                $"'{Problems.Shown(text)}' does not fit.", $"Send {expected}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    public override T ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        parse(reader.GetString(), out var value)
            ? value
            : throw new UnfitTextException("The name does not fit.", $"Send {expected}.");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString()!);
}

/// <summary>Ids of every kind of thing.</summary>
sealed class IdConverterFactory : JsonConverterFactory
{
    static readonly string Expected =
        $"an id: 1 to {Id<object>.LengthMax} of a-z, 0-9 and '-', not starting with '-'";

    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Id<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        var parse = Delegate.CreateDelegate(
            typeof(TryParse<>).MakeGenericType(typeToConvert), typeToConvert, nameof(Id<object>.TryParse));
        return (JsonConverter)Activator.CreateInstance(
            typeof(TextConverter<>).MakeGenericType(typeToConvert), parse, Expected)!;
    }
}

/// <summary>Enums by their exact names: no numbers, no lists, no other spelling.</summary>
sealed class EnumConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)typeof(EnumConverterFactory).GetMethod(nameof(Of), 1, [])!.MakeGenericMethod(typeToConvert)
            .Invoke(null, null)!;

    public static TextConverter<T> Of<T>()
        where T : struct, Enum
    {
        var names = Enum.GetValues<T>().ToDictionary(value => value.ToString(), StringComparer.Ordinal);
        return new(
            (string? text, out T value) => names.TryGetValue(text ?? "", out value),
            $"one of {string.Join(", ", names.Keys)}");
    }
}
