using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Tests.Operations;

/// <summary>The words of every reason, for one number and for several in a row.</summary>
public sealed class ChoiceWordsTests
{
    const long Zero = 442_079_460_000;

    [Theory]
    [InlineData(ChoiceRule.Earmarked, 1, "Kept for this account.")]
    [InlineData(ChoiceRule.Earmarked, 3, "Kept for this account.")]
    [InlineData(ChoiceRule.BestFit, 1, "Taken from a shorter free run than others as good, to keep those whole.")]
    [InlineData(
        ChoiceRule.BestFit, 3,
        "One of 3 in a row. Taken from a shorter free run than others as good, to keep those whole.")]
    [InlineData(ChoiceRule.LongestRested, 1, "As good as others, and longer out of use.")]
    [InlineData(ChoiceRule.LongestRested, 3, "One of 3 in a row. As good as others, and longer out of use.")]
    [InlineData(ChoiceRule.Lowest, 1, "As good as others, and lower.")]
    [InlineData(ChoiceRule.Lowest, 3, "One of 3 in a row. As good as others, and lower.")]
    [InlineData(ChoiceRule.OnlyOne, 1, "Nothing else was left to choose.")]
    [InlineData(ChoiceRule.OnlyOne, 3, "The only 3 in a row that were left to choose.")]
    [InlineData(ChoiceRule.LongestPiece, 1, "Taken in pieces, the longest first: no longer one was left.")]
    [InlineData(
        ChoiceRule.LongestPiece, 3,
        "One of 3 in a row. Taken in pieces, the longest first: no longer one was left.")]
    [InlineData(ChoiceRule.NominatedMain, 1, "Nominated as a main number: it is to be this account's.")]
    public void Each_reason_has_its_words(ChoiceRule rule, int count, string words) =>
        Assert.Equal(words, ChoiceWords.Of(new Piece(At(120), count, rule)));

    [Theory]
    [InlineData(121, 1, 120, "Next to +44 20 7946 0120, which the account already has.")]
    [InlineData(119, 1, 120, "Next to +44 20 7946 0120, which the account already has.")]
    [InlineData(117, 3, 120, "One of 3 in a row next to +44 20 7946 0120, which the account already has.")]
    [InlineData(
        123, 1, 120, "In the same block of ten as +44 20 7946 0120, which the account already has (3 away).")]
    [InlineData(
        123, 3, 120,
        "One of 3 in a row in the same block of ten as +44 20 7946 0120, which the account already has (3 away).")]
    [InlineData(
        123, 8, 120,
        "One of 8 in a row that reaches into the same block of ten as +44 20 7946 0120, "
        + "which the account already has (3 away).")]
    [InlineData(130, 1, 120, "In the same hundred as +44 20 7946 0120, which the account already has (10 away).")]
    [InlineData(
        105, 8, 120,
        "One of 8 in a row in the same hundred as +44 20 7946 0120, which the account already has (8 away).")]
    [InlineData(
        193, 9, 120,
        "One of 9 in a row that reaches into the same hundred as +44 20 7946 0120, "
        + "which the account already has (73 away).")]
    [InlineData(200, 1, 120, "Nearer than others to +44 20 7946 0120, which the account already has (80 away).")]
    [InlineData(
        200, 2, 120,
        "One of 2 in a row nearer than others to +44 20 7946 0120, which the account already has (80 away).")]
    public void What_is_near_says_to_which_number_and_how_near(int first, int count, int anchor, string words) =>
        Assert.Equal(words, ChoiceWords.Of(new Piece(At(first), count, ChoiceRule.NearExisting, At(anchor))));

    [Fact]
    public void Every_number_of_every_piece_has_the_words_of_its_piece()
    {
        Piece[] pieces = [new(At(99), 2, ChoiceRule.LongestPiece), new(At(300), 1, ChoiceRule.OnlyOne)];

        var words = ChoiceWords.Of([.. pieces]);

        Assert.Equal([At(99), At(100), At(300)], words.Keys.Order());
        Assert.Equal([pieces[0], pieces[0], pieces[1]], words.OrderBy(word => word.Key).Select(word =>
            pieces.Single(piece => ChoiceWords.Of(piece) == word.Value)));
    }

    static E164 At(int place) => E164.FromDigits(Zero + place);
}
