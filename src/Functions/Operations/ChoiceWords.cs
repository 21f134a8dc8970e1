using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Functions.Numbers;

namespace Telephony.Functions.Operations;

/// <summary>
/// Why a number was chosen, in words. Each sentence compares with what was not chosen, never with what was chosen
/// beside it, so that it is true of every number that it stands at.
/// </summary>
static class ChoiceWords
{
    const int Ten = 10;

    /// <summary>The reason of each number that the rules chose.</summary>
    public static FrozenDictionary<E164, string> Of(ImmutableArray<Piece> choice) => choice
        .SelectMany(piece => piece.Numbers.Select(number => KeyValuePair.Create(number, Of(piece))))
        .ToFrozenDictionary();

    public static string Of(Piece piece) => piece.Rule switch
    {
        ChoiceRule.Earmarked => "Kept for this account.",
        ChoiceRule.NearExisting => NearTo(piece, piece.Anchor!.Value),
        ChoiceRule.BestFit => $"{InARow(piece)}Taken from a shorter free run than others as good, to keep those whole.",
        ChoiceRule.LongestRested => $"{InARow(piece)}As good as others, and longer out of use.",
        ChoiceRule.Lowest => $"{InARow(piece)}As good as others, and lower.",
        ChoiceRule.OnlyOne when piece.Count == 1 => "Nothing else was left to choose.",
        ChoiceRule.OnlyOne => Text($"The only {piece.Count} in a row that were left to choose."),
        ChoiceRule.LongestPiece => $"{InARow(piece)}Taken in pieces, the longest first: no longer one was left.",
        ChoiceRule.NominatedMain => "Nominated as a main number: it is to be this account's.",
        _ => throw new UnreachableException($"No words for {piece.Rule}."),
    };

    static string NearTo(Piece piece, E164 anchor)
    {
        var distance = Math.Max(piece.First.Digits - anchor.Digits, anchor.Digits - piece.Last.Digits);
        var relation = distance == 1 ? "next to"
            : Shares(piece, anchor, Ten) ? $"{Within(piece, Ten)} the same block of ten as"
            : Shares(piece, anchor, Block.Size) ? $"{Within(piece, Block.Size)} the same hundred as"
            : "nearer than others to";
        var away = distance == 1 ? "" : Text($" ({distance} away)");
        return $"{Begin(piece, relation)} {PhoneText.International(anchor)}, which the account already has{away}.";
    }

    static string Begin(Piece piece, string relation) => piece.Count == 1
        ? char.ToUpperInvariant(relation[0]) + relation[1..]
        : Text($"One of {piece.Count} in a row {relation}");

    /// <summary>Numbers in a row may reach over the edge of a block: then not each of them lies in it.</summary>
    static string Within(Piece piece, int size) =>
        piece.First.Digits / size == piece.Last.Digits / size ? "in" : "that reaches into";

    static bool Shares(Piece piece, E164 anchor, int size) =>
        piece.First.Digits / size <= anchor.Digits / size && anchor.Digits / size <= piece.Last.Digits / size;

    static string InARow(Piece piece) => piece.Count == 1 ? "" : Text($"One of {piece.Count} in a row. ");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
