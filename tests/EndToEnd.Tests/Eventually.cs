using System.Diagnostics;
using System.Text.Json;

namespace Telephony.EndToEnd.Tests;

/// <summary>Asks again until the answer fits, for a bounded time.</summary>
static class Eventually
{
    static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(60);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<T> GetAsync<T>(Func<Task<T>> ask, Predicate<T> fits)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (fits(answer))
                return answer;
            Assert.True(waited.Elapsed < WaitMax, $"Not within {WaitMax}: {answer}");
            await Task.Delay(Pause);
        }
    }

    /// <summary>The operation as it is when it waits for somebody, or has ended.</summary>
    public static async Task<JsonElement> WaitsAsync(Api api, string operation) => (await GetAsync(
        () => api.GetAsync("olivia", $"operations/{operation}"),
        answer => answer.Is(200).Body.TryGetProperty("endedAt", out _)
            || answer.Body.GetProperty("state").GetString() == "Waiting")).Body;

    /// <summary>The operation as it is when it has ended.</summary>
    public static async Task<JsonElement> EndedAsync(Api api, string operation) => (await GetAsync(
        () => api.GetAsync("olivia", $"operations/{operation}"),
        answer => answer.Is(200).Body.TryGetProperty("endedAt", out _))).Body;
}
