using Telephony.Domain.Numbers;

namespace Telephony.Domain.Choice;

/// <summary>The rule that decided a choice: what it was ahead in of the best that was not chosen.</summary>
public enum ChoiceRule
{
    /// <summary>It is kept for this account.</summary>
    Earmarked,

    /// <summary>It is nearer to numbers that the account has.</summary>
    NearExisting,

    /// <summary>It leaves longer runs whole.</summary>
    BestFit,

    /// <summary>As good as others, and longer out of use.</summary>
    LongestRested,

    /// <summary>As good as others, and the lowest.</summary>
    Lowest,

    /// <summary>Nothing else was left to choose.</summary>
    OnlyOne,

    /// <summary>No run was long enough, so pieces were taken; no longer one than this was left.</summary>
    LongestPiece,

    /// <summary>It is nominated as a main number.</summary>
    NominatedMain,
}

/// <summary>Consecutive numbers that were chosen together, and why.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Count">How many.</param>
/// <param name="Rule">What decided.</param>
/// <param name="Anchor">With <see cref="ChoiceRule.NearExisting"/> the account's number that they are near to.</param>
public sealed record Piece(E164 First, int Count, ChoiceRule Rule, E164? Anchor = null)
{
    public E164 Last => E164.FromDigits(First.Digits + Count - 1);

    public bool Contains(E164 number) => number.CompareTo(First) >= 0 && number.CompareTo(Last) <= 0;

    public IEnumerable<E164> Numbers => Enumerable.Range(0, Count).Select(i => E164.FromDigits(First.Digits + i));

    public static NumberSet Set(IEnumerable<Piece> pieces) => NumberSet.Of(pieces.SelectMany(piece =>
        NumberRange.TryCreate(piece.First, piece.Last, out var range) is null
            ? range.ToSet().Blocks
            : throw new InvalidOperationException($"{piece} is no run.")));
}
