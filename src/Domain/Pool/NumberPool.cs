using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Pool;

/// <summary>All numbers of one site, by block.</summary>
public sealed class NumberPool
{
    public static readonly NumberPool Empty = new([]);

    NumberPool(ImmutableArray<Block> blocks) => Blocks = blocks;

    /// <summary>Ascending. An array, because every choice looks at all of them, and a change touches few.</summary>
    public ImmutableArray<Block> Blocks { get; }

    public int BlockCount => Blocks.Length;

    public Block? this[BlockId id] => Blocks.AsSpan().BinarySearch(id) is >= 0 and var index ? Blocks[index] : null;

    public Number? Find(E164 number) => this[number.Block]?[number.Slot];

    public NumberPool With(IEnumerable<Block> changed)
    {
        var blocks = new List<Block>(Blocks);
        foreach (var block in changed)
        {
            var index = CollectionsMarshal.AsSpan(blocks).BinarySearch(block.Id);
            if (index >= 0)
                blocks[index] = block;
            else
                blocks.Insert(~index, block);
        }

        return new([.. blocks]);
    }
}
