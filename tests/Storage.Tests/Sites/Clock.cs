using Microsoft.Extensions.Time.Testing;

namespace Telephony.Storage.Tests.Sites;

/// <summary>
/// Says what time it is, but waits for real: else a conflict that should not be would hang instead of failing.
/// </summary>
sealed class Clock(DateTimeOffset start) : FakeTimeProvider(start)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime, period);
}
