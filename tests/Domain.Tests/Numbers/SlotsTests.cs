using CsCheck;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Tests.Numbers;

public sealed class SlotsTests
{
    /// <summary>From empty to nearly full, which is the model that every operation is held against.</summary>
    static readonly Gen<HashSet<int>> Models = Gen.Int[0, 99].Array[0, 200].Select(slots => slots.ToHashSet());

    [Fact]
    public void Between_is_every_slot_from_the_first_to_the_last_for_all_pairs()
    {
        for (var first = 0; first < Block.Size; first++)
        {
            for (var last = first; last < Block.Size; last++)
                Assert.Equal(Enumerable.Range(first, last - first + 1), Slots.Between(first, last));
        }
    }

    [Fact]
    public void None_is_empty_and_all_is_100()
    {
        Assert.True(Slots.None.IsEmpty);
        Assert.Empty(Slots.None);
        Assert.False(Slots.All.IsEmpty);
        Assert.Equal(Enumerable.Range(0, 100), Slots.All);
        Assert.Equal(Slots.All, Slots.Between(0, 99));
    }

    [Fact]
    public void A_set_of_slots_lists_counts_and_contains_what_a_hash_set_does() => Models.Sample(model =>
    {
        var slots = SlotsOf(model);

        Assert.Equal(model.Order(), slots);
        Assert.Equal(model.Count, slots.Count);
        Assert.Equal(model.Count == 0, slots.IsEmpty);
        for (var slot = 0; slot < Block.Size; slot++)
            Assert.Equal(model.Contains(slot), slots.Contains(slot));
    });

    [Fact]
    public void Union_intersection_and_difference_are_those_of_hash_sets() =>
        Gen.Select(Models, Models).Sample((a, b) =>
        {
            Assert.Equal(SlotsOf(a.Union(b)), SlotsOf(a).Union(SlotsOf(b)));
            Assert.Equal(SlotsOf(a.Intersect(b)), SlotsOf(a).Intersect(SlotsOf(b)));
            Assert.Equal(SlotsOf(a.Except(b)), SlotsOf(a).Except(SlotsOf(b)));
            Assert.Equal(a.SetEquals(b), SlotsOf(a) == SlotsOf(b));
        });

    [Fact]
    public void The_lowest_so_many_are_the_first_in_order_or_all_there_are() =>
        Gen.Select(Models, Gen.Int[-1, 110]).Sample((model, count) =>
            Assert.Equal(model.Order().Take(count), SlotsOf(model).Lowest(count)), iter: 1_000);

    [Fact]
    public void Slots_survive_printing_and_reading() =>
        Models.Sample(model => Slots.Parse(SlotsOf(model).ToString()) == SlotsOf(model));

    [Theory]
    [InlineData(0, "0000000000000000000000001")]
    [InlineData(5, "0000000000000000000000020")]
    [InlineData(99, "8000000000000000000000000")]
    public void Slots_print_with_slot_99_first(int slot, string text)
    {
        Assert.Equal(text, Slots.Of(slot).ToString());
        Assert.Equal("fffffffffffffffffffffffff", Slots.All.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("000000000000000000000000")]
    [InlineData("00000000000000000000000000")]
    [InlineData("000000000000000000000000g")]
    [InlineData(" 000000000000000000000001")]
    [InlineData("-000000000000000000000001")]
    [InlineData("0x00000000000000000000001")]
    public void Other_text_is_no_set_of_slots(string text) =>
        Assert.Throws<FormatException>(() => Slots.Parse(text));

    static Slots SlotsOf(IEnumerable<int> slots) =>
        slots.Aggregate(Slots.None, (all, slot) => all.Union(Slots.Of(slot)));
}
