using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Telephony.Functions.Http;

/// <summary>Times as RFC 3339 writes them. Without an offset it would be a time of our machine's zone.</summary>
sealed partial class TimeConverter : JsonConverter<DateTimeOffset>
{
    const string Expected = "Send a time with its offset, such as 2026-04-01T09:00:00+01:00.";

    public override DateTimeOffset Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String)
            throw new UnfitTextException("It is not a text.", Expected);

        var text = reader.GetString()!;
        return TryRead(text, out var time)
            ? time
            : throw new UnfitTextException($"'{Problems.Shown(text)}' does not fit.", Expected);
    }

    public static bool TryRead(string text, out DateTimeOffset time)
    {
        time = default;
        return Form().IsMatch(text) && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out time);
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)$(?!\n)",
        RegexOptions.ECMAScript | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
