using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;

namespace Telephony.Domain.Choice;

/// <summary>Consecutive numbers that may all be chosen, as many as there are side by side.</summary>
/// <param name="First">The digits of the lowest.</param>
/// <param name="Length">How many.</param>
readonly record struct FreeRun(long First, int Length)
{
    public long Last => First + Length - 1;

    /// <summary>All runs of a pool, ascending. They go on from block to block.</summary>
    public static List<FreeRun> In(NumberPool pool, Func<Block, Slots> candidates)
    {
        var runs = new List<FreeRun>();
        foreach (var block in pool.Blocks)
        {
            var start = block.Id.Hundreds * Block.Size;
            for (var left = candidates(block).Bits; left != UInt128.Zero;)
            {
                var first = (int)UInt128.TrailingZeroCount(left);
                var length = (int)UInt128.TrailingZeroCount(~(left >> first));
                Add(runs, new(start + first, length));
                left &= UInt128.MaxValue << (first + length);
            }
        }

        return runs;
    }

    static void Add(List<FreeRun> runs, FreeRun run)
    {
        // 9,999,999 and 10,000,000 follow each other as integers only: they belong to different numbering ranges.
        if (runs.Count > 0 && runs[^1] is var last && last.Last + 1 == run.First && !IsPowerOfTen(run.First))
            runs[^1] = last with { Length = last.Length + run.Length };
        else
            runs.Add(run);
    }

    static bool IsPowerOfTen(long digits)
    {
        while (digits % 10 == 0)
            digits /= 10;
        return digits == 1;
    }
}
