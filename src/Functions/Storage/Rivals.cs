namespace Telephony.Functions.Storage;

/// <summary>How long a change waits that lost against another one, before it is tried again.</summary>
static class Rivals
{
    /// <summary>
    /// Tries of one change against rivals; each reloads first. Where rivals may be many, it pauses before.
    /// </summary>
    public const int AttemptsMax = 32;

    static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(250);

    /// <summary>Longer after each try, and at random, so that rivals do not meet again.</summary>
    public static Task PauseAsync(int attempt, TimeProvider clock, CancellationToken ct)
    {
        var most = Math.Min(PauseMax.TotalMilliseconds, 1 << Math.Min(attempt + 2, 10));
        return Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * most), clock, ct);
    }
}
