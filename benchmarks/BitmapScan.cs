using System.Numerics;
using Telephony.Domain.Numbers;

namespace Telephony.Benchmarks;

/// <summary>
/// The least that choosing can cost: one bit for each number, the lowest free ones or the first run that is long
/// enough. It knows no rules and gives no reasons.
/// </summary>
sealed class BitmapScan
{
    const int WordBits = 64;

    readonly ulong[] words;
    readonly int length;

    public BitmapScan(IEnumerable<Slots> blocks)
    {
        var slots = blocks.ToList();
        length = slots.Count * Block.Size;
        words = new ulong[(length + WordBits - 1) / WordBits];
        foreach (var (block, free) in slots.Index())
        {
            foreach (var slot in free)
            {
                var bit = block * Block.Size + slot;
                words[bit / WordBits] |= 1UL << (bit % WordBits);
            }
        }
    }

    /// <summary>The lowest free ones, as many as fit; how many there were.</summary>
    public int Lowest(Span<int> found)
    {
        var count = 0;
        for (var word = 0; word < words.Length; word++)
        {
            for (var left = words[word]; left != 0; left &= left - 1)
            {
                if (count == found.Length)
                    return count;
                found[count++] = word * WordBits + BitOperations.TrailingZeroCount(left);
            }
        }

        return count;
    }

    /// <summary>Where the first run of so many begins; −1 when there is none.</summary>
    public int FirstRun(int count)
    {
        for (var start = Next(0, free: true); start < length;)
        {
            var end = Next(start, free: false);
            if (end - start >= count)
                return start;
            start = Next(end, free: true);
        }

        return -1;
    }

    /// <summary>The first bit from here that is free, or that is not; the length when there is none.</summary>
    int Next(int from, bool free)
    {
        for (var word = from / WordBits; word < words.Length; word++, from = word * WordBits)
        {
            var left = (free ? words[word] : ~words[word]) >> (from % WordBits);
            if (left != 0)
                return Math.Min(length, from + BitOperations.TrailingZeroCount(left));
        }

        return length;
    }
}
