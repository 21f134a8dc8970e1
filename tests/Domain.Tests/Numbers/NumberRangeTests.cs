using CsCheck;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Tests.Numbers;

public sealed class NumberRangeTests
{
    [Fact]
    public void A_range_of_one_number_holds_that_number() =>
        Assert.Equal([E164.Parse("+442079460042")], Range(442_079_460_042, 442_079_460_042).ToSet());

    [Fact]
    public void A_range_that_ends_before_it_starts_is_refused() =>
        Assert.Equal(RangeFault.Reversed, Fault(442_079_460_001, 442_079_460_000));

    [Theory]
    [InlineData(9_999_999, 10_000_000)]
    [InlineData(10_000_000, 9_999_999)]
    [InlineData(1_000_000, 999_999_999_999_999)]
    public void Ends_of_different_length_are_refused(long from, long to) =>
        Assert.Equal(RangeFault.MixedLength, Fault(from, to));

    [Fact]
    public void A_range_holds_both_ends_and_all_between_at_any_alignment() =>
        Gen.Select(Gen.Long[442_079_459_950, 442_079_460_250], Gen.Long[0, 450]).Sample((from, more) =>
        {
            var range = Range(from, from + more);
            var expected = Enumerable.Range(0, (int)more + 1).Select(i => from + i).ToList();

            Assert.Equal(more + 1, range.Count);
            Assert.Equal(expected, range.ToSet().Select(number => number.Digits));
            Assert.Equal(expected.Select(digits => digits / 100).Distinct().Count(), range.BlockCount);
            Assert.Equal((from, from + more), (range.From.Digits, range.To.Digits));
        });

    [Fact]
    public void No_range_of_9600_numbers_touches_more_than_97_blocks()
    {
        for (var start = 442_079_460_000; start < 442_079_460_100; start++)
        {
            var range = Range(start, start + 9_599);

            Assert.InRange(range.BlockCount, 96, 97);
            Assert.Equal(range.BlockCount, range.ToSet().Blocks.Length);
            Assert.Equal(9_600, range.ToSet().Count);
        }
    }

    [Fact]
    public void The_size_of_the_widest_range_is_known_without_listing_it()
    {
        var range = Range(100_000_000_000_000, 999_999_999_999_999);

        Assert.Equal(900_000_000_000_000, range.Count);
        Assert.Equal(9_000_000_000_000, range.BlockCount);
    }

    static NumberRange Range(long from, long to)
    {
        Assert.Null(NumberRange.TryCreate(E164.FromDigits(from), E164.FromDigits(to), out var range));
        return range;
    }

    static RangeFault? Fault(long from, long to)
    {
        var fault = NumberRange.TryCreate(E164.FromDigits(from), E164.FromDigits(to), out var range);
        Assert.Equal(default, range);
        return fault;
    }
}
