namespace Telephony.Functions.Storage;

/// <summary>What is done about others who change the same at the same time.</summary>
static class Rivals
{
    /// <summary>
    /// Tries of one change against rivals; each reloads first. Where rivals may be many, it pauses before.
    /// </summary>
    public const int AttemptsMax = 32;

    /// <summary>Tries to read what fits together; each needs a rival just between two of its reads to fail.</summary>
    const int ReadsMax = 8;

    static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Reads again as long as what was read does not fit together, because a rival changed it between two reads. What
    /// never does was broken before: it is handed over as it is, for nobody could mend it otherwise.
    /// </summary>
    public static async Task<T> WholeAsync<T>(Func<Task<T>> read, Predicate<T> isWhole)
    {
        var found = await read();
        for (var reads = 1; reads < ReadsMax && !isWhole(found); reads++)
            found = await read();
        return found;
    }

    /// <summary>Longer after each try, and at random, so that rivals do not meet again.</summary>
    public static Task PauseAsync(int attempt, TimeProvider clock, CancellationToken ct)
    {
        var most = Math.Min(PauseMax.TotalMilliseconds, 1 << Math.Min(attempt + 2, 10));
        return Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * most), clock, ct);
    }
}
