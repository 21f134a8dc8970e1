using System.Diagnostics;

namespace Telephony.Testing;

/// <summary>
/// Asks again until the answer fits. Time bounds it, and generously: a number of asks says nothing on a busy machine.
/// </summary>
public static class Eventually
{
    public static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(2);

    static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(5);

    public static async Task<T> GetAsync<T>(Func<Task<T>> ask, Predicate<T> fits, TimeSpan? pause = null)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (fits(answer))
                return answer;
            if (waited.Elapsed > WaitMax)
                throw new TimeoutException($"Not within {WaitMax}: {answer}");
            await Task.Delay(pause ?? PauseMin);
        }
    }

    public static Task ThatAsync(Func<Task<bool>> isReached) => GetAsync(isReached, reached => reached);

    public static Task That(Func<bool> isReached) => ThatAsync(() => Task.FromResult(isReached()));
}
