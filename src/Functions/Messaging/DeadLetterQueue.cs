using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Azure.Messaging.ServiceBus;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Messaging;

/// <summary>The commands that could not be carried out, kept until somebody takes them away.</summary>
public sealed partial class DeadLetterQueue(ServiceBusClient client, TimeProvider clock)
{
    /// <summary>Dead letters that are looked through for one: the oldest.</summary>
    public const int LookedMax = 1_000;

    const int BatchMax = 100;

    const int MessageIdMax = 128;

    /// <summary>People wait for it.</summary>
    static readonly TimeSpan LookMax = TimeSpan.FromSeconds(20);

    static readonly TimeSpan BatchWaitMax = TimeSpan.FromSeconds(2);

    /// <summary>Those from a place on, the oldest first; nothing happens to them.</summary>
    public async IAsyncEnumerable<ServiceBusReceivedMessage> FromAsync(
        long from, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var receiver = Receiver();
        while (await receiver.PeekMessagesAsync(BatchMax, from, ct) is { Count: > 0 } batch)
        {
            foreach (var message in batch)
                yield return message;
            from = batch[^1].SequenceNumber + 1;
        }
    }

    public async Task<ServiceBusReceivedMessage?> FindAsync(long id, CancellationToken ct)
    {
        await using var receiver = Receiver();
        return await receiver.PeekMessagesAsync(1, id, ct) is [var found] && found.SequenceNumber == id ? found : null;
    }

    /// <summary>
    /// Sends a copy to the queue and then takes the dead one away: what dies in between is sent twice under one name,
    /// which the queue sees, and would be harmless if it did not.
    /// </summary>
    /// <param name="id">Which one.</param>
    /// <param name="body">What is sent in its place; null when it is as it was.</param>
    /// <param name="ct">Stops before it is sent.</param>
    /// <returns>Whether it could be had.</returns>
    public async Task<bool> ResubmitAsync(long id, BinaryData? body, CancellationToken ct)
    {
        await using var receiver = Receiver();
        var others = new List<ServiceBusReceivedMessage>();
        try
        {
            if (await TakeAsync(receiver, id, others, ct) is not { } dead)
                return false;

            var copy = new ServiceBusMessage(dead) { MessageId = NameOfCopy(dead) };
            copy.Body = body ?? copy.Body;
            await using var sender = client.CreateSender(EntityNames.Commands);
            await sender.SendMessageAsync(copy, ct);
            await receiver.CompleteMessageAsync(dead, CancellationToken.None);
            return true;
        }
        finally
        {
            foreach (var other in others)
                await receiver.AbandonMessageAsync(other, cancellationToken: CancellationToken.None);
        }
    }

    /// <summary>One cannot be had by its place: those before it are taken too, and given back afterwards.</summary>
    async Task<ServiceBusReceivedMessage?> TakeAsync(
        ServiceBusReceiver receiver, long id, List<ServiceBusReceivedMessage> others, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        while (others.Count < LookedMax && clock.GetElapsedTime(began) < LookMax)
        {
            var batch = await receiver.ReceiveMessagesAsync(
                Math.Min(BatchMax, LookedMax - others.Count), BatchWaitMax, ct);
            if (batch.Count == 0)
                return null;
            others.AddRange(batch.Where(message => message.SequenceNumber != id));
            if (batch.FirstOrDefault(message => message.SequenceNumber == id) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>The same for each try, and another than before: the queue drops what it has seen lately.</summary>
    static string NameOfCopy(ServiceBusReceivedMessage dead)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $"~r{dead.SequenceNumber}");
        var name = CopyOf().Replace(dead.MessageId ?? "", "");
        return (name.Length + suffix.Length <= MessageIdMax ? name : OperationIds.Hash(name)) + suffix;
    }

    ServiceBusReceiver Receiver() => client.CreateReceiver(
        EntityNames.Commands, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

    [GeneratedRegex(@"~r\d+$")]
    private static partial Regex CopyOf();
}
