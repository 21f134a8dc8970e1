using System.Collections.Immutable;
using System.Globalization;
using Azure.Data.Tables;
using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>
/// Why numbers were chosen, in properties <c>Choice0</c>, <c>Choice1</c> …: for each piece <c>first:count</c>, a
/// letter, and the digits of the number that it is near to, such as <c>442079460121:5n442079460120</c>, joined by
/// commas. A scattered choice of 9,600 numbers needs several properties.
/// </summary>
static class ChoiceText
{
    const string Property = "Choice";

    static readonly Letters<ChoiceRule> Rules = new(
        (ChoiceRule.Earmarked, 'e'),
        (ChoiceRule.NearExisting, 'n'),
        (ChoiceRule.BestFit, 'f'),
        (ChoiceRule.LongestRested, 'r'),
        (ChoiceRule.Lowest, 'l'),
        (ChoiceRule.OnlyOne, 'o'),
        (ChoiceRule.LongestPiece, 'p'),
        (ChoiceRule.NominatedMain, 'm'));

    public static void Write(TableEntity row, ImmutableArray<Piece> choice) =>
        TextParts.Write(row, Property, string.Join(',', choice.Select(Text)));

    public static ImmutableArray<Piece> Read(TableEntity row) =>
        [.. TextParts.Read(row, Property).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Read)];

    static string Text(Piece piece) => string.Create(
        CultureInfo.InvariantCulture, $"{piece.First.Digits}:{piece.Count}{Rules[piece.Rule]}{piece.Anchor?.Digits}");

    static Piece Read(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var letter = text.AsSpan().IndexOfAnyInRange('a', 'z');
        return new(
            E164.Parse("+" + text[..colon]),
            int.Parse(text.AsSpan((colon + 1)..letter), NumberStyles.None, CultureInfo.InvariantCulture),
            Rules[text[letter]],
            letter + 1 < text.Length ? E164.Parse("+" + text[(letter + 1)..]) : null);
    }
}
