using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;

namespace Telephony.Domain.Choice;

/// <summary>
/// The runs that an account may take its numbers from: of those that anybody may have no more than so many, of those
/// kept for it as many as there are.
/// </summary>
/// <param name="pool">What the runs are made of.</param>
/// <param name="candidates">What the account may have of it.</param>
/// <param name="allowance">How many of those that anybody may have.</param>
sealed class AllowedRuns(NumberPool pool, Candidates candidates, int allowance)
{
    /// <summary>
    /// Those that hold so many: where that is more than the allowance, without the ends from which too many would be
    /// taken that anybody may have.
    /// </summary>
    public IEnumerable<FreeRun> Of(int count) => count <= allowance
        ? FreeRun.In(pool, candidates.All)
        : FreeRun.In(pool, candidates.All).Where(run => run.Length >= count).Select(run => Trimmed(run, count))
            .OfType<FreeRun>();

    /// <summary>The most numbers in a row that the account may have.</summary>
    public int Longest() => FreeRun.In(pool, candidates.All).Select(Longest).DefaultIfEmpty().Max();

    /// <summary>From the first place in the run that is allowed to the last one; null when none is.</summary>
    FreeRun? Trimmed(FreeRun run, int count)
    {
        var own = Own(run);
        var needed = count - allowance;
        // A place is allowed when it holds as many of the account's own, side by side or not, as are needed.
        long? first = null, last = null;
        for (var i = 0; i + needed <= own.Count; i++)
        {
            var end = own[i + needed - 1];
            if (end - own[i] >= count)
                continue;
            first ??= Math.Max(run.First, end - count + 1);
            last = Math.Min(own[i], run.Last - count + 1);
        }

        return first is { } low && last is { } high ? run.Part(low, high + count - 1) : null;
    }

    /// <summary>The allowance, and as many of the account's own as have no more than that between them.</summary>
    int Longest(FreeRun run)
    {
        if (run.Length <= allowance)
            return run.Length;

        var own = Own(run);
        var most = 0;
        for (var (from, to) = (0, 0); to < own.Count; to++)
        {
            while (own[to] - own[from] - (to - from) > allowance)
                from++;
            most = Math.Max(most, to - from + 1);
        }

        return Math.Min(run.Length, allowance + most);
    }

    /// <summary>Those of a run that are kept for the account, ascending.</summary>
    List<long> Own(FreeRun run)
    {
        var own = new List<long>();
        var first = run.First / Block.Size;
        for (var hundreds = first; hundreds <= run.Last / Block.Size; hundreds++)
        {
            var block = pool.Blocks[run.BlockIndex + (int)(hundreds - first)];
            own.AddRange(candidates.Earmarked(block).Select(slot => block.Id[slot].Digits));
        }

        return own.FindAll(digits => digits >= run.First && digits <= run.Last);
    }
}
