using DurableTask.Core.Exceptions;
using Microsoft.DurableTask.Client;

namespace Telephony.LocalRuntime.Durable;

/// <summary>What the client asks of the engine.</summary>
sealed partial class DurableEngine
{
    long lastOrder;

    public async Task<string> ScheduleAsync(string name, object? input, string id, CancellationToken ct)
    {
        DurableKeys.RefuseBadId(id);
        if (!Functions.HasOrchestrator(name))
        {
            throw new ArgumentException($"The function '{name}' is not there or is no orchestrator.", nameof(name));
        }

        var stored = await Table.InsertAsync(New(name, id, Payload(input)), ct)
            ?? throw new OrchestrationAlreadyExistsException(
                $"An Orchestration instance with the ID {id} already exists.");
        Tell(id, new Arrival.Look(), stored);
        return id;
    }

    /// <summary>Sends an event, or, without a name, the order to terminate.</summary>
    public async Task SendAsync(string id, string? eventName, object? payload, CancellationToken ct)
    {
        DurableKeys.RefuseBadId(id);
        var text = Payload(payload);
        var open = await Table.FindOpenAsync(id, ct);
        if (open is null)
        {
            // What Durable Functions throws behind its gRPC surface, where the caller sees an RpcException.
            throw await Table.FindAsync(id, DurableKeys.Finished(id), DurableRows.Summary, ct) is null
                ? new ArgumentException($"No instance with ID '{id}' was found.", nameof(id))
                : new InvalidOperationException(
                    $"Instance '{id}' has ended; it takes no {eventName ?? "termination"}.");
        }

        var sent = new InboxRow(DurableKeys.Inbox(id, Order(), Guid.NewGuid()), open.Execution, eventName, text);
        await Table.SendAsync(id, sent, ct);
        if (!open.IsHeldByAnother(Id, Now))
        {
            Tell(id, new Arrival.Sent(sent));
        }
    }

    /// <summary>Held by this engine from the start, so that running it takes no other write.</summary>
    StoredInstance New(string name, string id, string? input)
    {
        var now = Now;
        var started = new HistoryEvent.Started(now, name, input);
        var instance = new StoredInstance
        {
            Id = id,
            Name = name,
            Execution = Guid.NewGuid().ToString("N"),
            Created = now,
            Updated = now,
            WakeAt = now,
            History = [started],
            HistoryText = HistoryText.Write(started),
        };
        return !accepts ? instance : instance with
        {
            Status = OrchestrationRuntimeStatus.Running,
            Owner = Id,
            Until = now + Options.Lease,
            WakeAt = StoredInstance.Never,
        };
    }

    string? Payload(object? value) => Payloads.Serialize(value) is not { } payload ? null
        : payload.Length <= Options.PayloadMax ? payload
        : throw new ArgumentException(
            $"The payload has {payload.Length} characters; at most {Options.PayloadMax} are kept.", nameof(value));

    /// <summary>Ticks, but never the same twice: what one process sends stays in order.</summary>
    long Order()
    {
        lock (gate)
        {
            return lastOrder = Math.Max(lastOrder + 1, Now.UtcTicks);
        }
    }
}
