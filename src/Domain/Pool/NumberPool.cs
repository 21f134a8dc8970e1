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

    /// <summary>With all holds that have lapsed by then as none; the very same pool when none has.</summary>
    public NumberPool At(DateTimeOffset now)
    {
        var lapsed = Blocks.Where(block => block.FirstHoldEnd <= now).Select(block => block.At(now)).ToList();
        return lapsed.Count == 0 ? this : With(lapsed);
    }

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
