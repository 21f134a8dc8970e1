using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Domain.Tests.Choice;
using Telephony.Functions.Numbers;
using Telephony.Functions.Operations;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Functions.Tests.Operations;

/// <summary>
/// The sentence of every chosen number, read as a person reads it, and looked up in the pool: random sites and wishes.
/// </summary>
public sealed partial class TrueWordsTests
{
    const int Wishes = 6_000;
    const string Kept = "Kept for this account.";

    /// <summary>Each kind of sentence has to be met so often, or the look proves nothing.</summary>
    const int MetMin = 20;

    /// <summary>Rows over the edge of a hundred of which no number shares a block of ten with the account's.</summary>
    const string Rare = "that reaches into the same hundred as";

    readonly ConcurrentDictionary<string, int> met = new();

    [Fact]
    public void Every_sentence_is_true_of_the_number_that_it_stands_at()
    {
        Wish.Any.Sample(wish =>
        {
            // Those of seven and eight digits are no country's, so there is no way to write them.
            if (wish.Pool.Any(at => at.Value.Account == Ours && at.Key.Length < 10)
                || NumberChooser.Choose(wish.Site, wish.To, wish.Count) is not ChoiceDecision.Chosen choice)
            {
                return;
            }

            var words = ChoiceWords.Of(choice.Pieces);
            Assert.Equal(choice.Pieces.SelectMany(piece => piece.Numbers).Order(), words.Keys.Order());
            var chosen = new Chosen(wish, words);
            Assert.All(words, word => AssertTrue(chosen, word.Key, word.Value));
        }, iter: Wishes);

        Assert.Equal(
            [
                "As good as others, and longer out of use.", "As good as others, and lower.", "Kept for this account.",
                "Nothing else was left to choose.",
                "Taken from a shorter free run than others as good, to keep those whole.",
                "Taken in pieces, the longest first: no longer one was left.", "The only n in a row",
                "in the same block of ten as", "in the same hundred as", "nearer than others to", "next to",
                "that reaches into the same block of ten as",
            ],
            met.Where(kind => kind.Value >= MetMin && kind.Key != Rare).Select(kind => kind.Key)
                .Order(StringComparer.Ordinal));
    }

    void AssertTrue(Chosen chosen, E164 at, string sentence)
    {
        var row = chosen.RowOf(at, sentence, out var rest);
        if (Near().Match(rest) is { Success: true } near)
        {
            var kind = near.Groups["kind"].Value;
            Met(char.ToLowerInvariant(kind[0]) + kind[1..]);
            AssertNear(chosen, row, near);
            return;
        }

        Met(rest.StartsWith("The only ", StringComparison.Ordinal) ? "The only n in a row" : rest);
        switch (rest)
        {
            case Kept:
                Assert.Equal(Ours, chosen.Wish.Pool[at].Earmark);
                break;
            case "Taken from a shorter free run than others as good, to keep those whole.":
                Assert.Contains(chosen.Left, other => chosen.FreeRun(other).Count > chosen.FreeRun(at).Count);
                break;
            case "As good as others, and longer out of use.":
                Assert.Contains(chosen.Left.Concat(row), other => chosen.Since(other) > chosen.Since(at));
                break;
            case "As good as others, and lower.":
                Assert.Contains(chosen.Left, other => other.CompareTo(at) > 0);
                break;
            case "Nothing else was left to choose.":
                Assert.DoesNotContain(chosen.Left, chosen.Wish.IsUnearmarked);
                break;
            case "Taken in pieces, the longest first: no longer one was left.":
                Assert.DoesNotContain(chosen.Left.Where(chosen.Wish.IsUnearmarked), other =>
                    chosen.Rest(other).Count > row.Count);
                break;
            default:
                Assert.Equal($"The only {row.Count} in a row that were left to choose.", rest);
                Assert.DoesNotContain(chosen.Left, other => chosen.RowFrom(other, row.Count) is { } another
                    && another.All(chosen.Left.Contains)
                    && another.Count(chosen.Wish.IsUnearmarked) <= Math.Max(0, chosen.Wish.Takeable));
                break;
        }
    }

    static void AssertNear(Chosen chosen, List<E164> row, Match near)
    {
        var anchor = E164.Parse("+" + string.Concat(near.Groups["anchor"].Value.Where(char.IsAsciiDigit)));
        Assert.Equal(Ours, chosen.Wish.Pool[anchor].Account);
        Assert.Equal(PhoneText.International(anchor), near.Groups["anchor"].Value);
        var distance = row.Min(at => Math.Abs(at.Digits - anchor.Digits));
        var (tens, hundreds) = (
            row.Count(at => at.Digits / 10 == anchor.Digits / 10),
            row.Count(at => at.Digits / 100 == anchor.Digits / 100));
        var kind = near.Groups["kind"].Value;
        Assert.True(
            kind.ToLowerInvariant() switch
            {
                "next to" => distance == 1,
                "in the same block of ten as" => tens == row.Count,
                "that reaches into the same block of ten as" => tens > 0 && tens < row.Count,
                "in the same hundred as" => tens == 0 && hundreds == row.Count,
                Rare => tens == 0 && hundreds > 0 && hundreds < row.Count,
                _ => hundreds == 0 && chosen.Left.Any(other => chosen.Had.Min(
                    own => Math.Abs(own.Digits - other.Digits)) > distance),
            },
            $"'{near.Value}' of {row[0]} to {row[^1]}");
        Assert.Equal(
            kind.Equals("next to", StringComparison.OrdinalIgnoreCase) ? "" : $"{distance}",
            near.Groups["away"].Value);
    }

    void Met(string kind) => met.AddOrUpdate(kind, 1, (_, times) => times + 1);

    [GeneratedRegex(
        @"^(?<kind>[Nn]ext to|[Ii]n the same block of ten as|that reaches into the same block of ten as|"
        + @"[Ii]n the same hundred as|that reaches into the same hundred as|[Nn]earer than others to) "
        + @"(?<anchor>\+[\d -]+), which the account already has(?: \((?<away>\d+) away\))?\.$")]
    private static partial Regex Near();

    /// <summary>What was chosen with which words, and what was not.</summary>
    sealed partial class Chosen(Wish wish, IReadOnlyDictionary<E164, string> words)
    {
        public Wish Wish => wish;

        public List<E164> Had { get; } = [.. wish.Pool.Keys.Where(at => wish.Pool[at].Account == Ours)];

        /// <summary>What the account could have had as well.</summary>
        public HashSet<E164> Left { get; } =
            [.. wish.Pool.Keys.Where(at => IsCandidate(wish, at) && !words.ContainsKey(at))];

        public DateTimeOffset Since(E164 at) => wish.Pool[at].Since ?? DateTimeOffset.MinValue;

        /// <summary>The numbers that the sentence speaks of: one, or as many in a row as it says.</summary>
        public List<E164> RowOf(E164 at, string sentence, out string rest)
        {
            var match = InARow().Match(sentence);
            rest = sentence[match.Groups["prefix"].Length..];
            if (!match.Success)
                return [at];

            var count = int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);
            Assert.True(count > 1);
            return Assert.IsType<List<E164>>(Enumerable.Range(0, count)
                .Select(back => RowFrom(E164.FromDigits(at.Digits - back), count))
                .FirstOrDefault(row => row?.All(one => words.GetValueOrDefault(one) == sentence) == true));
        }

        public List<E164>? RowFrom(E164 first, int count)
        {
            var row = Enumerable.Range(0, count).Select(i => E164.FromDigits(first.Digits + i)).ToList();
            return row.TrueForAll(at => at.Length == first.Length) ? row : null;
        }

        /// <summary>Candidates side by side with this one, without those taken as kept for the account.</summary>
        public List<E164> FreeRun(E164 at) => Around(
            at, other => IsCandidate(wish, other) && words.GetValueOrDefault(other) != Kept);

        /// <summary>Those side by side with this one that were not chosen, and that anybody may have.</summary>
        public List<E164> Rest(E164 at) => Around(at, other => Left.Contains(other) && wish.IsUnearmarked(other));

        static List<E164> Around(E164 at, Predicate<E164> fits)
        {
            var (first, last) = (at.Digits, at.Digits);
            while (E164.FromDigits(first - 1) is var before && before.Length == at.Length && fits(before))
                first--;
            while (E164.FromDigits(last + 1) is var after && after.Length == at.Length && fits(after))
                last++;
            return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => E164.FromDigits(first + i))];
        }

        static bool IsCandidate(Wish wish, E164 at) => wish.IsUnearmarked(at) || wish.Pool.GetValueOrDefault(at) is
            { State: NumberState.Available, Role: NumberRole.Direct, Earmark: { } account } && account == Ours;

        [GeneratedRegex(@"^(?<prefix>One of (?<count>\d+) in a row\.? )|^The only (?<count>\d+) in a row")]
        private static partial Regex InARow();
    }
}
