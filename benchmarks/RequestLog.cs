using System.Diagnostics;
using Telephony.Testing;

namespace Telephony.Benchmarks;

/// <summary>The storage requests that passed a proxy, and when each was answered.</summary>
sealed class RequestLog
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    readonly Lock gate = new();
    readonly Stopwatch clock = Stopwatch.StartNew();
    List<(StorageRequest Kind, TimeSpan At)> requests = [];
    TimeSpan last;

    public RequestLog(StorageProxy proxy) => proxy.Answered = kind =>
    {
        lock (gate)
        {
            last = clock.Elapsed;
            requests.Add((kind, last));
        }
    };

    /// <summary>The time on this log's clock at which a watch was started.</summary>
    public TimeSpan Begun(Stopwatch watch) => clock.Elapsed - watch.Elapsed;

    /// <summary>What came since it was last asked.</summary>
    public IReadOnlyList<(StorageRequest Kind, TimeSpan At)> Take()
    {
        lock (gate)
        {
            var taken = requests;
            requests = [];
            return taken;
        }
    }

    /// <summary>The same, once nothing has come for a while.</summary>
    public async Task<IReadOnlyList<(StorageRequest Kind, TimeSpan At)>> TakeWhenQuietAsync(
        TimeSpan quiet, CancellationToken ct)
    {
        while (SinceLast() < quiet)
            await Task.Delay(Pause, ct);
        return Take();
    }

    TimeSpan SinceLast()
    {
        lock (gate)
            return clock.Elapsed - last;
    }
}
