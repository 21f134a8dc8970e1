using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Timers;

/// <summary>A clock that stands until it is moved, and knows what has been waited for.</summary>
sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    readonly ConcurrentQueue<DateTimeOffset> waits = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var until = GetUtcNow() + dueTime;
        var timer = base.CreateTimer(callback, state, dueTime, period);
        waits.Enqueue(until);
        return timer;
    }

    /// <summary>Once so many wait, or have waited, until that time.</summary>
    public Task AwaitedAsync(DateTimeOffset time, int count = 1) =>
        Eventually.That(() => waits.Count(until => until == time) >= count);

    /// <summary>
    /// The same, where somebody may rest before: after a request that storage was too busy to answer.
    /// </summary>
    public Task AwaitedAfterRestsAsync(DateTimeOffset time, int count) => Eventually.That(() =>
    {
        if (waits.Count(until => until == time) >= count)
            return true;
        PassWait(time.AddTicks(-1));
        return false;
    });

    /// <summary>Moves the clock to the next time that is waited for, and not beyond a limit.</summary>
    public void PassWait(DateTimeOffset limit)
    {
        var now = GetUtcNow();
        var ahead = waits.Where(until => until > now && until <= limit).ToList();
        if (ahead.Count > 0)
            SetUtcNow(ahead.Min());
    }

    /// <summary>Moves the clock there, once it is waited for: whoever waits is woken.</summary>
    public async Task ReachAsync(DateTimeOffset time, int count = 1)
    {
        await AwaitedAsync(time, count);
        SetUtcNow(time);
    }
}
