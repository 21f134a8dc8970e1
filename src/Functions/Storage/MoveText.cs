using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>
/// What happened to numbers, as JSON in properties <c>Moves0</c>, <c>Moves1</c> …: for each move where from and to, and
/// which numbers with their versions. A version that all have stands once.
/// </summary>
static partial class MoveText
{
    const string Property = "Moves";

    static readonly JsonSerializerOptions Options = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(TableEntity row, ImmutableArray<Move> moves) =>
        TextParts.Write(row, Property, Plain(JsonSerializer.Serialize(moves.Select(Stored.Of), Options)));

    /// <summary>Empty when the row was written before moves were.</summary>
    public static ImmutableArray<Move> Read(TableEntity row)
    {
        var text = TextParts.Read(row, Property);
        return text.Length == 0 ? [] :
        [
            .. JsonSerializer.Deserialize<Stored[]>(text, Options)!.Select(stored => stored.ToMove()),
        ];
    }

    /// <summary>
    /// The same without escapes that JSON does not demand. The serializer writes what it thinks odd, such as an emoji,
    /// as six characters for each; with as much to say as there can be, a row would then be over its limit.
    /// </summary>
    static string Plain(string json) => Escape().Replace(json, escape =>
        escape.Groups["code"] is { Success: true, ValueSpan: var digits }
        && (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) is var c
        && c is not ('"' or '\\') && !char.IsControl(c)
            ? c.ToString()
            : escape.Value);

    /// <summary>Each escape as a whole: after a backslash that is one itself, a <c>u</c> is a letter.</summary>
    [GeneratedRegex("""\\(?:u(?<code>[0-9A-Fa-f]{4})|.)""")]
    private static partial Regex Escape();

    /// <remarks>The state Staged is the default of its enum, so it must not be left out.</remarks>
    sealed record Stored(
        NumberState? From,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] NumberState To,
        NumberRole? Role,
        string? Account,
        DateTimeOffset? Until,
        int Generation,
        DateTimeOffset? At,
        string Numbers,
        string Versions,
        string? Event,
        string?[][]? Changes)
    {
        public static Stored Of(Move move) => new(
            move.Way.From, move.Way.To, move.Way.Role, move.Way.Account?.Value, move.Way.Until, move.Way.Generation,
            move.Way.At, move.Numbers.ToString(),
            string.Join(',', move.Versions.Distinct().Count() == 1 ? move.Versions[..1] : move.Versions),
            move.Way.What?.Event,
            move.Way.What?.Changes.Select(change => new[] { change.Field, change.Before, change.After }).ToArray());

        public Move ToMove()
        {
            var numbers = NumberSet.Parse(Numbers);
            var versions = Versions.Split(',')
                .Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToImmutableArray();
            return new(
                new(From, To, Role, Account is null ? null : Id<Account>.Parse(Account), Until, Generation, At, What()),
                numbers,
                versions.Length == numbers.Count ? versions : [.. Enumerable.Repeat(versions[0], numbers.Count)]);
        }

        Happening? What() => Event is null ? null : new(
            Event, [.. Changes!.Select(change => new FieldChange(change[0]!, change[1], change[2]))]);
    }
}
