using System.Numerics;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;

namespace Telephony.Domain.Choice;

/// <summary>Consecutive numbers that may all be chosen, as many as there are side by side.</summary>
/// <param name="First">The digits of the lowest.</param>
/// <param name="Length">How many.</param>
/// <param name="BlockIndex">Where the lowest's block is in the pool; those of the others follow it.</param>
readonly record struct FreeRun(long First, int Length, int BlockIndex)
{
    const int WordBits = 64;

    public long Last => First + Length - 1;

    /// <summary>How many more there are side by side, where this is only the part that may be taken.</summary>
    public int CutOff { get; private init; }

    /// <summary>How many there are side by side, in all.</summary>
    public int Whole => Length + CutOff;

    /// <summary>Some of its numbers, as a part of it.</summary>
    public FreeRun Part(long first, long last) => new(
        first, (int)(last - first + 1), BlockIndex + (int)(first / Block.Size - First / Block.Size))
    {
        CutOff = Whole - (int)(last - first + 1),
    };

    /// <summary>All runs of a pool, ascending. They go on from block to block.</summary>
    public static IEnumerable<FreeRun> In(NumberPool pool, Func<Block, Slots> candidates)
    {
        FreeRun? open = null;
        foreach (var part in Parts(pool, candidates))
        {
            if (open is { } run && run.GoesOnAt(part.First))
            {
                open = run with { Length = run.Length + part.Length };
                continue;
            }

            if (open is { } whole)
                yield return whole;
            open = part;
        }

        if (open is { } last)
            yield return last;
    }

    /// <summary>Runs, cut where a word of 64 bits ends: words are much quicker than a block's 128 bits.</summary>
    static IEnumerable<FreeRun> Parts(NumberPool pool, Func<Block, Slots> candidates)
    {
        for (var index = 0; index < pool.BlockCount; index++)
        {
            var start = pool.Blocks[index].Id.Hundreds * Block.Size;
            var bits = candidates(pool.Blocks[index]).Bits;
            for (var word = 0; word < Block.Size; word += WordBits)
            {
                for (var left = (ulong)(bits >> word); left != 0;)
                {
                    var first = BitOperations.TrailingZeroCount(left);
                    var length = BitOperations.TrailingZeroCount(~(left >> first));
                    yield return new(start + word + first, length, index);
                    // The carry of this sum runs through the lowest run and clears it.
                    left &= left + (1UL << first);
                }
            }
        }
    }

    // 9,999,999 and 10,000,000 follow each other as integers only: they belong to different numbering ranges.
    bool GoesOnAt(long next) => Last + 1 == next && !IsPowerOfTen(next);

    static bool IsPowerOfTen(long digits)
    {
        while (digits % 10 == 0)
            digits /= 10;
        return digits == 1;
    }
}
