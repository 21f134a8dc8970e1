using System.Collections.Concurrent;

namespace Telephony.LocalRuntime.Durable;

/// <summary>
/// Runs an orchestrator's continuations one after another on the thread that drains it. One that arrives from another
/// thread, or after the turn, comes from something the orchestrator must not await.
/// </summary>
sealed class TurnThread(Action foreign) : SynchronizationContext
{
    readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> due = new();
    volatile int owner;

    /// <summary>Whether the caller is the orchestrator, in its turn.</summary>
    public bool IsCurrent => owner == Environment.CurrentManagedThreadId;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
        {
            due.Enqueue((d, state));
        }
        else
        {
            foreign();
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("An orchestrator's thread takes no calls from others.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs <paramref name="turn"/> as the orchestrator's thread.</summary>
    public T Run<T>(Func<T> turn)
    {
        var outer = Current;
        owner = Environment.CurrentManagedThreadId;
        SetSynchronizationContext(this);
        try
        {
            return turn();
        }
        finally
        {
            SetSynchronizationContext(outer);
            owner = 0;
        }
    }

    /// <summary>Runs continuations until none is due.</summary>
    public void Drain()
    {
        while (due.TryDequeue(out var next))
        {
            next.Callback(next.State);
        }
    }
}
