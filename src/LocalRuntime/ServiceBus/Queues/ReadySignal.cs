namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>Wakes one who waits for a queue to have something, or is told otherwise to look.</summary>
sealed class ReadySignal : IDisposable
{
    readonly SemaphoreSlim signal = new(1);
    readonly MessageQueue queue;

    public ReadySignal(MessageQueue queue)
    {
        this.queue = queue;
        queue.Ready += Set;
    }

    /// <summary>Is over at once the first time, and whenever it was set since the last.</summary>
    public Task WaitAsync(CancellationToken ct) => signal.WaitAsync(ct);

    public void Set()
    {
        // Once is enough; who is late finds it set.
        lock (signal)
            if (signal.CurrentCount == 0)
                signal.Release();
    }

    public void Dispose() => queue.Ready -= Set;
}
