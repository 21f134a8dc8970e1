using System.Collections.Concurrent;
using Amqp;
using Telephony.Testing;

namespace Telephony.EndToEnd.Tests;

/// <summary>
/// Sends what it has to, several at a time, to one app after another: whatever the queue has not acknowledged is sent
/// again, under the same message id, as nobody knows what became of it.
/// </summary>
sealed class SendingOffice(IEnumerable<SentCommand> commands)
{
    const int Lanes = 4;

    readonly ConcurrentQueue<SentCommand> unsent = new(commands);
    int acknowledged;

    /// <summary>Sends until all is acknowledged, or the app is gone.</summary>
    /// <param name="port">Where the app's queue is.</param>
    /// <param name="onAcknowledged">Called with their number so far.</param>
    public async Task SendAsync(int port, Action<int>? onAcknowledged = null)
    {
        await using var queue = await CommandQueue.ConnectAsync(port);
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => Task.Run(() => LaneAsync(queue, onAcknowledged))));
    }

    async Task LaneAsync(CommandQueue queue, Action<int>? onAcknowledged)
    {
        SentCommand? underWay = null;
        try
        {
            var send = await queue.SenderAsync();
            while (unsent.TryDequeue(out underWay))
            {
                await send(underWay);
                underWay = null;
                onAcknowledged?.Invoke(Interlocked.Increment(ref acknowledged));
            }
        }
        catch (Exception e) when (e is AmqpException or TimeoutException or ObjectDisposedException)
        {
            // The app is gone; a message of unknown fate is sent to the next one.
            if (underWay is not null)
                unsent.Enqueue(underWay);
        }
    }
}
