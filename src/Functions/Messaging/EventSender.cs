using System.Diagnostics.CodeAnalysis;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;
using Telephony.Domain.Numbers;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Messaging;

/// <summary>
/// Tells whoever subscribed to the topic what happened. What cannot be sent is kept by who wanted it sent, and is sent
/// again later; so a topic that does not answer is left alone for a while, and holds up neither requests nor the sweep.
/// </summary>
public sealed class EventSender(ServiceBusSender topic, TimeProvider clock, ILogger<EventSender> logger)
{
    /// <summary>Of messages that are sent at once: less than the 256 KB that the Standard tier takes.</summary>
    public const int BytesMax = 200 * 1024;

    /// <summary>What a message has beside its body; ids are short.</summary>
    const int BytesBeside = 1024;

    /// <summary>How long one call may take, however often the client tries within it.</summary>
    static readonly TimeSpan SendMax = TimeSpan.FromSeconds(20);

    /// <summary>How long a topic is left alone after it failed: people wait for what goes with their request.</summary>
    static readonly TimeSpan LeftAlone = TimeSpan.FromSeconds(30);

    /// <summary>In ticks, as it is read and written by many at once.</summary>
    long nextTry;

    /// <summary>All that a step did to numbers; sent again, with the same ids, where only a part was sent.</summary>
    /// <exception cref="NotSentException">It was not sent, or nobody knows; the log says why.</exception>
    internal Task SendAsync(StepEvent step, CancellationToken ct) => TryAsync(
        async stop =>
        {
            foreach (var batch in Batches(EventMessages.Of(step)))
                await topic.SendMessagesAsync(batch, stop);
        }, ct);

    /// <summary>That the platform has not answered in time. Said again, it has the same id.</summary>
    /// <exception cref="NotSentException">It was not sent, or nobody knows; the log says why.</exception>
    public Task RemindAsync(
        Operation operation, IReadOnlyList<E164> numbers, DateTimeOffset deadline, DateTimeOffset at,
        CancellationToken ct) =>
        TryAsync(stop => topic.SendMessageAsync(EventMessages.Overdue(operation, numbers, deadline, at), stop), ct);

    async Task TryAsync(Func<CancellationToken, Task> send, CancellationToken ct)
    {
        if (clock.GetUtcNow().UtcTicks < Volatile.Read(ref nextTry))
            throw new NotSentException($"{EntityNames.Events} failed just now, and is left alone for a while.");

        using var limit = new CancellationTokenSource(SendMax, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await send(stop.Token);
        }
        catch (Exception e)
        {
            Volatile.Write(ref nextTry, (clock.GetUtcNow() + LeftAlone).UtcTicks);
            Log.NotSent(logger, e, EntityNames.Events);
            throw new NotSentException($"{EntityNames.Events} did not take what was to be sent.", e);
        }
    }

    static IEnumerable<IReadOnlyList<ServiceBusMessage>> Batches(IEnumerable<ServiceBusMessage> messages)
    {
        var (batch, bytes) = (new List<ServiceBusMessage>(), 0);
        foreach (var message in messages)
        {
            var more = message.Body.ToMemory().Length + BytesBeside;
            if (batch.Count > 0 && bytes + more > BytesMax)
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(message);
            bytes += more;
        }

        if (batch.Count > 0)
            yield return batch;
    }
}

/// <summary>The topic does not take events at the moment. Nothing is lost: who wanted them sent tries again.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Made by the sender only.")]
sealed class NotSentException(string message, Exception? inner = null) : Exception(message, inner);
