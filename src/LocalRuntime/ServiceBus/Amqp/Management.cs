using System.Globalization;
using Amqp;
using Amqp.Types;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>Requests to an entity's $management: what Service Bus does beside sending and receiving.</summary>
sealed class Management(LocalBus bus, string address)
{
    /// <summary>As the service answers at most, whatever is asked for.</summary>
    const int PeekMax = 250;

    public Answer Answer(Message request)
    {
        var body = request.Body as Map ?? [];
        var operation = request.ApplicationProperties?["operation"] as string;
        return operation switch
        {
            "com.microsoft:renew-lock" => Renew((Guid[])body["lock-tokens"]),
            "com.microsoft:peek-message" => Peek(Number(body["from-sequence-number"]), Number(body["message-count"])),
            "com.microsoft:schedule-message" => Schedule(body["messages"]),
            "com.microsoft:cancel-scheduled-message" => Cancel((long[])body["sequence-numbers"]),
            "com.microsoft:update-disposition" => Settle((Guid[])body["lock-tokens"], body),
            _ => throw new BusException(BusFault.NotSupported, $"The local Service Bus has no '{operation}'."),
        };
    }

    Answer Renew(Guid[] tokens)
    {
        var queue = bus.Source(address);
        return new(200, new Map { ["expirations"] = tokens.Select(token => queue.Renew(token).UtcDateTime).ToArray() });
    }

    Answer Peek(long from, long count)
    {
        var found = bus.Source(address).Peek(from, (int)Math.Clamp(count, 1, PeekMax));
        if (found.Count == 0)
            return new(204, null, "com.microsoft:no-matching-message", "There is no message from that number on.");

        var list = new List();
        foreach (var message in found)
            list.Add(new Map { ["message"] = WireMessage.Encode(WireMessage.Write(message)) });
        return new(200, new Map { ["messages"] = list });
    }

    Answer Schedule(object messages)
    {
        var sent = ((IEnumerable<object>)messages).Select(entry => WireMessage.Read((byte[])((Map)entry)["message"]));
        return new(200, new Map { ["sequence-numbers"] = bus.Send(address, [.. sent]).ToArray() });
    }

    Answer Cancel(long[] sequences)
    {
        // Each subscription of a topic has numbers of its own.
        if (bus.Targets(address) is not [var queue])
            throw new BusException(BusFault.NotSupported, $"Nothing of '{address}' can be cancelled: it is no queue.");

        return sequences.All(queue.Cancel)
            ? new(200)
            : new(404, null, "com.microsoft:message-not-found", "No message of that number is scheduled.");
    }

    /// <summary>What a client asks for whose link is not that of the message any more.</summary>
    Answer Settle(Guid[] tokens, Map body)
    {
        var rewrite = WireMessage.Noting(WireMessage.PropertiesOf(body["properties-to-modify"] as Map));
        Settlement settlement = body["disposition-status"] switch
        {
            "completed" => new Settlement.Complete(),
            "abandoned" => new Settlement.Abandon(rewrite),
            "suspended" => new Settlement.PutAside(
                body["deadletter-reason"] as string, body["deadletter-description"] as string, rewrite),
            var status => throw new BusException(BusFault.NotSupported, $"The local Service Bus has no '{status}'."),
        };
        foreach (var token in tokens)
            bus.Source(address).Settle(token, settlement);
        return new(200);
    }

    static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
