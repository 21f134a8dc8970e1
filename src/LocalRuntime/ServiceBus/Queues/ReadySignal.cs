using System.Threading.Channels;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>Wakes one who waits for a queue to have something, or is told otherwise to look.</summary>
sealed class ReadySignal : IDisposable
{
    // Holds one at most: however often it is set, one look is enough.
    readonly Channel<bool> set = Channel.CreateBounded<bool>(1);
    readonly MessageQueue queue;

    public ReadySignal(MessageQueue queue)
    {
        this.queue = queue;
        Set();
        queue.Ready += Set;
    }

    /// <summary>Is over at once the first time, and whenever it was set since the last.</summary>
    public async Task WaitAsync(CancellationToken ct) => await set.Reader.ReadAsync(ct);

    public void Set() => set.Writer.TryWrite(true);

    public void Dispose() => queue.Ready -= Set;
}
