using System.Collections.Concurrent;
using System.Collections.Immutable;
using CsCheck;
using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Choice;

/// <summary>What each reason claims, looked up in the pool: people are told it.</summary>
public sealed class ExplanationTests
{
    [Fact]
    public void Every_reason_is_true()
    {
        var met = new ConcurrentDictionary<ChoiceRule, int>();

        Wish.Any.Sample(wish =>
        {
            if (NumberChooser.Choose(wish.Site, wish.To, wish.Count) is not ChoiceDecision.Chosen chosen)
                return;

            foreach (var (index, piece) in chosen.Pieces.Index())
            {
                AssertTrue(wish, piece, Left(wish, chosen, index), chosen.Pieces);
                met.AddOrUpdate(piece.Rule, 1, (_, times) => times + 1);
            }
        }, iter: 4_000);

        Assert.All(Enum.GetValues<ChoiceRule>().Except([ChoiceRule.NominatedMain]), rule =>
            Assert.True(met.GetValueOrDefault(rule) >= 30, $"{rule} was hardly met."));
    }

    static void AssertTrue(Wish wish, Piece piece, List<E164> left, ImmutableArray<Piece> chosen)
    {
        var rows = Rows(left);
        var own = new Row([.. piece.Numbers], rows.Single(row => row.Contains(piece.First)));
        var isEach = wish.Site.Rules.Contiguity is Contiguity.Ignore;
        var others = Others(rows, own)
            .Where(other => !isEach || !chosen.Any(taken => taken.Contains(other.First)))
            .Where(other => piece.Rule is ChoiceRule.Earmarked || chosen.Length > 1 || MayHave(wish, other)).ToList();
        var asNear = others.Where(other => Nearness(wish, other) == Nearness(wish, own)).ToList();
        var asShort = asNear.Where(other => other.Of.Count == own.Of.Count).ToList();
        var asRested = asShort.Where(other => ReturnedAt(wish, other) == ReturnedAt(wish, own)).ToList();
        Assert.Equal(piece.Rule is ChoiceRule.NearExisting, piece.Anchor is not null);

        switch (piece.Rule)
        {
            case ChoiceRule.Earmarked:
                Assert.All(piece.Numbers, at => Assert.Equal(Ours, wish.Pool[at].Earmark));
                break;
            case ChoiceRule.NearExisting:
                Assert.Equal(Ours, wish.Pool[piece.Anchor!.Value].Account);
                AssertNearest(wish, own, piece.Anchor.Value, others);
                break;
            case ChoiceRule.BestFit:
                Assert.Contains(asNear, other => other.Of.Count > own.Of.Count);
                Assert.DoesNotContain(asNear, other => other.Of.Count < own.Of.Count);
                break;
            case ChoiceRule.LongestRested:
                Assert.Contains(asShort, other => ReturnedAt(wish, other) > ReturnedAt(wish, own));
                Assert.DoesNotContain(asShort, other => other.IsEnd && ReturnedAt(wish, other) < ReturnedAt(wish, own));
                break;
            case ChoiceRule.Lowest:
                Assert.Contains(asRested, other => other.First.CompareTo(own.First) > 0);
                Assert.DoesNotContain(asRested, other => other.IsEnd && other.First.CompareTo(own.First) < 0);
                break;
            case ChoiceRule.OnlyOne:
                Assert.Empty(others);
                break;
            case ChoiceRule.LongestPiece:
                Assert.Equal(piece.Count, rows.Max(row => row.Count));
                break;
            default:
                Assert.Fail($"{piece.Rule} is no reason for a direct number.");
                break;
        }
    }

    /// <summary>Whether the operator keeps what is kept for it when these are taken.</summary>
    static bool MayHave(Wish wish, Row row) => wish.To.IsOperator
        || row.Numbers.Count(wish.IsUnearmarked) <= Math.Max(0, wish.Takeable);

    /// <summary>
    /// No end of a row is nearer, some places are further away; where only distance counts, the anchor is nearest.
    /// </summary>
    static void AssertNearest(Wish wish, Row own, E164 anchor, List<Row> others)
    {
        // Rows are taken from their ends. Between two of the account's numbers the middle of one may be nearer to the
        // second, and in the block of the first all the same: nobody would want the row cut in two for that.
        Assert.DoesNotContain(others, other => Nearness(wish, other).Apart < Nearness(wish, own).Apart);
        Assert.DoesNotContain(
            others, other => other.IsEnd && Nearness(wish, other).CompareTo(Nearness(wish, own)) < 0);
        Assert.Contains(others, other => Nearness(wish, other).CompareTo(Nearness(wish, own)) > 0);
        if (!own.Numbers.Any(at => at.Block == anchor.Block))
        {
            var distance = own.Numbers.Min(at => Distance(at, anchor));
            Assert.DoesNotContain(others, other => Nearness(wish, other).Distance < distance);
        }
    }

    /// <summary>
    /// What could still be chosen when a piece was, without those before it. Where each number is chosen for itself,
    /// all that could be chosen, since rows count as they were.
    /// </summary>
    static List<E164> Left(Wish wish, ChoiceDecision.Chosen chosen, int index)
    {
        var piece = chosen.Pieces[index];
        var before = wish.Site.Rules.Contiguity is Contiguity.Ignore
            ? []
            : chosen.Pieces[..index];
        var isRow = chosen.Pieces.Length == 1 && wish.Site.Rules.Contiguity is not Contiguity.Ignore;
        return [.. wish.Pool.Keys.Order()
            .Where(at => piece.Rule is ChoiceRule.Earmarked || isRow
                ? IsEarmarked(at) || wish.IsUnearmarked(at)
                : wish.IsUnearmarked(at))
            .Where(at => !before.Any(other => other.Contains(at)))];

        bool IsEarmarked(E164 at) => wish.Pool[at] is
            { State: NumberState.Available, Role: NumberRole.Direct } number && number.Earmark == Ours;
    }

    static List<List<E164>> Rows(List<E164> numbers) => numbers.Aggregate(new List<List<E164>>(), (rows, at) =>
    {
        if (rows.Count > 0 && rows[^1][^1].Digits + 1 == at.Digits && rows[^1][^1].Length == at.Length)
            rows[^1].Add(at);
        else
            rows.Add([at]);
        return rows;
    });

    /// <summary>Every other place that as many could have been taken from, also in the middle of a row.</summary>
    static IEnumerable<Row> Others(List<List<E164>> rows, Row own) =>
        from row in rows
        from start in Enumerable.Range(0, Math.Max(0, row.Count - own.Numbers.Count + 1))
        let other = new Row(row[start..(start + own.Numbers.Count)], row)
        where other.First != own.First
        select other;

    static (int Apart, long Distance) Nearness(Wish wish, Row row)
    {
        var had = wish.Pool.Where(at => at.Value.Account == Ours).Select(at => at.Key).ToList();
        return had.Count == 0 || !wish.Site.Rules.NearExisting ? default : (
            had.Any(own => row.Numbers.Any(at => at.Digits / 10 == own.Digits / 10)) ? 0
                : had.Any(own => row.Numbers.Any(at => at.Digits / 100 == own.Digits / 100)) ? 1
                : 2,
            had.Min(own => row.Numbers.Min(at => Distance(at, own))));
    }

    static long Distance(E164 one, E164 other) => Math.Abs(one.Digits - other.Digits);

    static DateTimeOffset ReturnedAt(Wish wish, Row row) =>
        row.Numbers.Max(at => wish.Pool[at].Since ?? DateTimeOffset.MinValue);

    /// <summary>Numbers side by side, and the whole row that they are part of.</summary>
    sealed record Row(List<E164> Numbers, List<E164> Of)
    {
        public E164 First => Numbers[0];

        public bool IsEnd => First == Of[0] || Numbers[^1] == Of[^1];
    }
}
