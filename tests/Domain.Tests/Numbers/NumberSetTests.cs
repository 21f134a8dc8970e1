using CsCheck;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Tests.Numbers;

public sealed class NumberSetTests
{
    /// <summary>Few numbers over the edges of a few blocks, and the very first and last there are.</summary>
    static readonly Gen<long> Digits = Gen.Frequency(
        (8, Gen.Long[442_079_459_890, 442_079_460_110]),
        (1, Gen.OneOf(1_000_000L, 1_000_099, 1_000_100, 999_999_999_999_999)));

    static readonly Gen<HashSet<long>> Models = Digits.Array[0, 60].Select(digits => digits.ToHashSet());

    [Fact]
    public void A_set_of_numbers_lists_counts_and_contains_what_a_hash_set_does() =>
        Gen.Select(Models, Digits).Sample((model, probe) =>
        {
            var set = Of(model);

            Assert.Equal(model.Order(), set.Select(number => number.Digits));
            Assert.Equal(model.Count, set.Count);
            Assert.All(set, number => Assert.True(set.Contains(number)));
            Assert.Equal(model.Contains(probe), set.Contains(E164.FromDigits(probe)));
        });

    [Fact]
    public void Its_blocks_ascend_and_none_is_empty_or_there_twice() => Models.Sample(model =>
    {
        var blocks = Of(model).Blocks;

        Assert.Equal(
            model.Select(digits => digits / 100).Distinct().Order(), blocks.Select(block => block.Block.Hundreds));
        Assert.DoesNotContain(blocks, block => block.Slots.IsEmpty);
    });

    [Fact]
    public void A_block_of_which_nothing_is_named_is_not_in_the_set() =>
        Assert.Equal(NumberSet.Empty, NumberSet.Of([new BlockSlots(new(4_420_794_600), Slots.None)]));

    [Fact]
    public void A_union_is_that_of_hash_sets() => Gen.Select(Models, Models).Sample((a, b) =>
        Assert.Equal(Of(a.Union(b)), Of(a).Union(Of(b))));

    [Fact]
    public void Sets_of_the_same_numbers_are_equal_however_they_were_made() =>
        Gen.Select(Models, Models).Sample((a, b) =>
        {
            Assert.Equal(a.SetEquals(b), Of(a).Equals(Of(b)));
            var reversed = Of(a.OrderDescending().Concat(a));
            Assert.True(Of(a).Equals((object)reversed));
            Assert.Equal(Of(a).GetHashCode(), reversed.GetHashCode());
        });

    [Fact]
    public void A_set_equals_nothing_else()
    {
        Assert.False(NumberSet.Empty.Equals(null));
        Assert.False(NumberSet.Empty.Equals((object)""));
    }

    [Fact]
    public void A_set_survives_printing_and_reading() => Models.Sample(model =>
        Assert.Equal(Of(model), NumberSet.Parse(Of(model).ToString())));

    [Fact]
    public void A_set_prints_its_blocks_by_their_first_number()
    {
        Assert.Equal(
            "442079459900:8000000000000000000000000;442079460000:0000000000000000000000003",
            Of([442_079_460_001, 442_079_459_999, 442_079_460_000]).ToString());
        Assert.Equal("", NumberSet.Empty.ToString());
    }

    [Fact]
    public void The_widest_set_that_one_change_may_hold_fits_a_table_property()
    {
        var blocks = Enumerable.Range(0, 97).Select(i => new BlockSlots(new(9_999_999_999_900 + i), Slots.All));
        var widest = NumberSet.Of(blocks);

        Assert.True(widest.ToString().Length <= 32 * 1024, "A string property holds 32 Ki characters.");
    }

    [Theory]
    [InlineData("442079460000")]
    [InlineData("442079460000:")]
    [InlineData(":0000000000000000000000001")]
    [InlineData("+442079460000:0000000000000000000000001")]
    [InlineData("442079460001:0000000000000000000000001")]
    [InlineData("100:0000000000000000000000001")]
    [InlineData("442079460000:1")]
    [InlineData("442079460000:0000000000000000000000001;")]
    [InlineData(";")]
    [InlineData(" ")]
    public void Other_text_is_no_set_of_numbers(string text) =>
        Assert.Throws<FormatException>(() => NumberSet.Parse(text));

    static NumberSet Of(IEnumerable<long> digits) => NumberSet.Of(digits.Select(E164.FromDigits));
}
