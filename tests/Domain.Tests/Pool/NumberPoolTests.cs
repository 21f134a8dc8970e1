using CsCheck;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;

namespace Telephony.Domain.Tests.Pool;

public sealed class NumberPoolTests
{
    static readonly Gen<Block[]> Changes = Gen.Int[0, 20].Array[0, 12].Select(ids =>
        ids.Select(id => new Block(new(4_420_794_600 + id), [])).ToArray());

    [Fact]
    public void A_pool_holds_the_last_block_of_each_id_ascending() => Gen.Select(Changes, Changes).Sample((a, b) =>
    {
        var model = new SortedDictionary<BlockId, Block>();
        foreach (var block in a.Concat(b))
            model[block.Id] = block;

        var before = NumberPool.Empty.With(a);
        var pool = before.With(b);

        Assert.Equal(model.Values, pool.Blocks);
        Assert.Equal(model.Count, pool.BlockCount);
        for (var id = 0; id <= 20; id++)
        {
            var block = new BlockId(4_420_794_600 + id);
            Assert.Same(model.GetValueOrDefault(block), pool[block]);
        }

        Assert.Equal(a.Select(block => block.Id).Distinct().Order(), before.Blocks.Select(block => block.Id));
    });
}
