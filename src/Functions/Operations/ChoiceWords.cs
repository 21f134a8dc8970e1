using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Functions.Numbers;

namespace Telephony.Functions.Operations;

/// <summary>Why a number was chosen, in words.</summary>
static class ChoiceWords
{
    /// <summary>The reason of each number that the rules chose.</summary>
    public static FrozenDictionary<E164, string> Of(ImmutableArray<Piece> choice) => choice
        .SelectMany(piece => piece.Numbers.Select(number => KeyValuePair.Create(number, Of(piece))))
        .ToFrozenDictionary();

    public static string Of(Piece piece) => piece.Rule switch
    {
        ChoiceRule.Earmarked => "Kept for this account.",
        ChoiceRule.NearExisting => NearTo(piece, piece.Anchor!.Value),
        ChoiceRule.BestFit =>
            $"{InARow(piece)}Taken from the shortest free run among equally good ones, so that longer runs stay whole.",
        ChoiceRule.LongestRested => $"{InARow(piece)}As good as others, and out of use for longest.",
        ChoiceRule.Lowest => $"{InARow(piece)}As good as others, and the lowest of them.",
        ChoiceRule.OnlyOne when piece.Count == 1 => "Nothing else could be chosen.",
        ChoiceRule.OnlyOne => Text($"The only {piece.Count} in a row that could be chosen."),
        ChoiceRule.LongestPiece => Text(
            $"There was no run of all that were wanted; this was one of the longest left, {piece.Count} in a row."),
        ChoiceRule.NominatedMain => "Nominated as a main number, and kept to be the account's.",
        _ => throw new UnreachableException($"No words for {piece.Rule}."),
    };

    static string NearTo(Piece piece, E164 anchor)
    {
        var distance = Math.Max(piece.First.Digits - anchor.Digits, anchor.Digits - piece.Last.Digits);
        var relation = distance == 1 ? "next to"
            : Shares(piece, anchor, 10) ? "in the same block of ten as"
            : Shares(piece, anchor, Block.Size) ? "in the same hundred as"
            : "nearest to";
        var away = distance == 1 ? "" : Text($" ({distance} away)");
        return $"{Begin(piece, relation)} {PhoneText.International(anchor)}, which the account already has{away}.";
    }

    static string Begin(Piece piece, string relation) => piece.Count == 1
        ? char.ToUpperInvariant(relation[0]) + relation[1..]
        : Text($"One of {piece.Count} in a row {relation}");

    static bool Shares(Piece piece, E164 anchor, int size) =>
        piece.First.Digits / size <= anchor.Digits / size && anchor.Digits / size <= piece.Last.Digits / size;

    static string InARow(Piece piece) => piece.Count == 1 ? "" : Text($"One of {piece.Count} in a row. ");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
