using CsCheck;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Tests.Numbers;

public sealed class BlockTests
{
    static readonly BlockId Id = new(4_420_794_600);

    static readonly Gen<Number> AnyNumber = Gen.Select(Some.AnyNumber, Gen.Bool, (number, wasUsed) =>
        wasUsed && number.State == NumberState.Available ? number with { Since = Some.Noon } : number);

    static readonly Gen<Dictionary<int, Number>> Contents = Gen.Dictionary(Gen.Int[0, 99], AnyNumber)[0, 60];

    [Fact]
    public void A_blocks_masks_and_counts_are_those_of_a_naive_recount() =>
        Contents.Sample(contents => AssertMasks(contents, new(Id, contents)), iter: 1_000);

    [Fact]
    public void A_change_makes_a_new_block_with_the_changes_and_leaves_the_old_one_alone() =>
        Gen.Select(Contents, Contents).Sample((before, changes) =>
        {
            var block = new Block(Id, before);
            var after = block.With(changes);

            AssertMasks(before, block);
            AssertMasks(changes.Concat(before).DistinctBy(at => at.Key).ToDictionary(), after);
            Assert.Equal(block.Id, after.Id);
        }, iter: 1_000);

    [Fact]
    public void A_slot_out_of_bounds_is_a_fault() =>
        Assert.Throws<IndexOutOfRangeException>(() => new Block(Id, [KeyValuePair.Create(100, new Number())]));

    [Fact]
    public void Holds_lapse_each_at_its_end_and_those_that_nobody_wrote_down_stay_known()
    {
        var block = new Block(
            Id, [new(1, OnHold(hours: 2)), new(2, OnHold(hours: 1)), new(3, new()), new(4, OnHold(hours: 3))]);

        Assert.Same(block, block.At(Some.Noon.AddHours(1).AddTicks(-1)));
        var first = block.At(Some.Noon.AddHours(1));
        var both = first.At(Some.Noon.AddHours(2));

        Assert.Equal([2], first.Lapsed);
        Assert.Equal([1, 2], both.Lapsed);
        Assert.Equal((2, 3), (first.Free, both.Free));
        Assert.Same(both, both.At(Some.Noon.AddHours(3).AddTicks(-1)));
        Assert.Empty(both.Written().Lapsed);
        Assert.Same(block[1], first[1]);

        static Number OnHold(int hours) => new()
        {
            State = NumberState.Held, Account = Some.Theirs, Until = Some.Noon.AddHours(hours),
        };
    }

    static void AssertMasks(Dictionary<int, Number> contents, Block block)
    {
        Assert.Equal(contents.OrderBy(at => at.Key), Enumerable.Range(0, Block.Size)
            .Where(slot => block[slot] is not null)
            .Select(slot => KeyValuePair.Create(slot, block[slot]!)));
        Assert.Equal(contents.Keys.Order(), block.Provisioned);
        Assert.Equal(Where(n => Choosable(n) && n.Earmark is null && n.Kind == NumberKind.Standard), block.Open);
        Assert.Equal(Where(n => Choosable(n) && n.Earmark is not null), block.Earmarked);
        Assert.Equal(Where(n => IsAvailable(n) && n.Role == NumberRole.NominatedMain), block.Nominated);
        Assert.Equal(Where(n => IsAvailable(n) && n.Since is not null), block.Returned);
        Assert.Equal(Where(n => n.Account == Some.Ours), block.Of(Some.Ours));
        Assert.Equal(Where(n => n.Version == 2), block.Where(block.Provisioned, n => n.Version == 2));
        Assert.Equal(contents.Values.Count(IsAvailable), block.Free);

        IEnumerable<int> Where(Predicate<Number> fits) =>
            contents.Where(at => fits(at.Value)).Select(at => at.Key).Order();

        static bool IsAvailable(Number n) => n.State == NumberState.Available;

        static bool Choosable(Number n) => IsAvailable(n) && n.Role == NumberRole.Direct;
    }
}
