using System.Collections.Immutable;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Pool;

/// <summary>All numbers of one site, by block, ascending.</summary>
public sealed class NumberPool
{
    public static readonly NumberPool Empty = new(ImmutableSortedDictionary<BlockId, Block>.Empty);

    readonly ImmutableSortedDictionary<BlockId, Block> blocks;

    NumberPool(ImmutableSortedDictionary<BlockId, Block> blocks) => this.blocks = blocks;

    public IEnumerable<Block> Blocks => blocks.Values;

    public int BlockCount => blocks.Count;

    public Block? this[BlockId id] => blocks.GetValueOrDefault(id);

    public Number? Find(E164 number) => this[number.Block]?[number.Slot];

    public NumberPool With(IEnumerable<Block> changed) =>
        new(blocks.SetItems(changed.Select(block => KeyValuePair.Create(block.Id, block))));
}
