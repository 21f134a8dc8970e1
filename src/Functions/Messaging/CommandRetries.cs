using Polly;
using Polly.Retry;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Messaging;

/// <summary>
/// How often a command is tried while its message is held: an outage of storage that is over soon must not use up the
/// queue's ten deliveries, which follow each other at once.
/// </summary>
public sealed class CommandRetries(TimeProvider clock)
{
    /// <summary>About one minute and a half of pauses.</summary>
    public const int RetriesMax = 7;

    /// <summary>In all: the host renews the message's lock for five minutes (host.json).</summary>
    public static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(2);

    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);

    readonly ResiliencePipeline pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddTimeout(TimeMax)
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(IsTransient),
            MaxRetryAttempts = RetriesMax,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstPause,
            MaxDelay = PauseMax,
            UseJitter = true,
        })
        .Build();

    /// <param name="attempt">Called with the number of the try, from 1.</param>
    /// <param name="ct">Stops between tries and within one.</param>
    internal async Task<T> RunAsync<T>(Func<int, CancellationToken, Task<T>> attempt, CancellationToken ct)
    {
        var attempts = 0;
        return await pipeline.ExecuteAsync(async stop => await attempt(++attempts, stop), ct);
    }

    static bool IsTransient(Exception e) => e is SiteBusyException or NotWokenException || StorageFaults.Is(e);
}
