using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Tests.Numbers;

public sealed partial class E164Tests
{
    static readonly Gen<E164> Any = Gen.Long[1_000_000, 999_999_999_999_999].Select(E164.FromDigits);

    [Theory]
    [InlineData("+1000000", 1_000_000)]
    [InlineData("+442079460000", 442_079_460_000)]
    [InlineData("+999999999999999", 999_999_999_999_999)]
    public void A_number_reads_and_prints_the_same_text(string text, long digits)
    {
        var number = E164.Parse(text);

        Assert.Equal(digits, number.Digits);
        Assert.Equal(text, number.ToString());
        Assert.Equal(number, E164.FromDigits(digits));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("442079460000")]
    [InlineData("00442079460000")]
    [InlineData("-442079460000")]
    [InlineData("++442079460000")]
    [InlineData("+-442079460000")]
    [InlineData("+0442079460000")]
    [InlineData("+44 20 7946 0000")]
    [InlineData(" +442079460000")]
    [InlineData("+442079460000 ")]
    [InlineData("+442079460000\n")]
    [InlineData("+442079460000\0")]
    [InlineData("+44207946000a")]
    [InlineData("+442079460,000")]
    [InlineData("+44207946000٣")]
    [InlineData("+4420794600０0")]
    [InlineData("＋442079460000")]
    public void What_is_not_a_plus_and_plain_digits_is_no_number(string? text)
    {
        Assert.False(E164.TryParse(text, out var number));
        Assert.Equal(default, number);
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    [InlineData(15, true)]
    [InlineData(16, false)]
    [InlineData(40, false)]
    public void A_number_has_7_to_15_digits(int digits, bool valid) =>
        Assert.Equal(valid, E164.TryParse("+" + new string('9', digits), out _));

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-442_079_460_000)]
    [InlineData(0)]
    [InlineData(999_999)]
    [InlineData(1_000_000_000_000_000)]
    [InlineData(long.MaxValue)]
    public void Digits_out_of_bounds_make_no_number(long digits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => E164.FromDigits(digits));

    [Fact]
    public void A_text_that_is_no_number_is_named_in_the_fault() =>
        Assert.Contains("'0207'", Assert.Throws<FormatException>(() => E164.Parse("0207")).Message);

    [Fact]
    public void Any_text_is_a_number_just_when_the_documented_pattern_says_so() =>
        Gen.Select(
            Gen.OneOf("+", "+", "+", "", " ", "-"),
            Gen.String[Gen.OneOf("0123456789012345678901234567890123456789+٣".ToCharArray()), 0, 18],
            (sign, rest) => sign + rest)
        .Sample(text => E164.TryParse(text, out _) == Pattern().IsMatch(text), iter: 10_000);

    [Fact]
    public void Every_number_survives_printing_and_reading() =>
        Any.Sample(number => E164.Parse(number.ToString()) == number
            && number.Length == number.Digits.ToString(CultureInfo.InvariantCulture).Length);

    [Fact]
    public void Every_number_is_found_again_at_its_block_and_slot() =>
        Any.Sample(number => number.Slot is >= 0 and < Block.Size
            && number.Block[number.Slot] == number
            && number.Block.First.Digits == number.Digits - number.Slot
            && number.Block.First.Slot == 0);

    [Fact]
    public void Numbers_and_their_blocks_sort_as_integers() =>
        Gen.Select(Any, Any).Sample((a, b) =>
            a.CompareTo(b) == a.Digits.CompareTo(b.Digits)
            && (a.Block == b.Block || a.CompareTo(b) == a.Block.CompareTo(b.Block)));

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z")]
    private static partial Regex Pattern();
}
