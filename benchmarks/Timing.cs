using System.Diagnostics;

namespace Telephony.Benchmarks;

/// <summary>Times of what is too short to be measured once.</summary>
static class Timing
{
    const int TimesMax = 10_000, Samples = 5;
    static readonly TimeSpan SampleMin = TimeSpan.FromMilliseconds(1);

    /// <summary>How often it has to be done to be measured.</summary>
    public static int Times(Action act)
    {
        var watch = Stopwatch.StartNew();
        var times = 0;
        while (watch.Elapsed < SampleMin * Samples && times < TimesMax * Samples)
        {
            act();
            times++;
        }

        return Math.Max(1, times / Samples);
    }

    /// <summary>Microseconds a time.</summary>
    public static double Microseconds(Action act, int times)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < times; i++)
            act();
        return watch.Elapsed.TotalMicroseconds / times;
    }

    /// <summary>Bytes of heap that it takes, on this thread.</summary>
    public static long Heap(Action act)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        act();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
