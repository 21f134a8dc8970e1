using Microsoft.DurableTask;

namespace Telephony.LocalRuntime.Durable;

/// <summary>
/// Events from outside: early ones wait in order; one that is awaited goes to the newest waiter of its name, even when
/// that one was cancelled, and is then lost. So does the SDK's TaskOrchestrationContextWrapper, and code must not work
/// here and fail there.
/// </summary>
sealed class ExternalEvents(DataConverter payloads)
{
    readonly Dictionary<string, Stack<Waiter>> waiters = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, Queue<string?>> early = new(StringComparer.OrdinalIgnoreCase);

    public bool AnyAwaited => waiters.Values.Any(stack => stack.Any(waiter => waiter.IsOpen));

    public Task<T> WaitAsync<T>(string name, CancellationToken ct)
    {
        var stack = waiters.TryGetValue(name, out var found) ? found : waiters[name] = new();
        if (stack.TryPeek(out var other) && other.Type != typeof(T))
        {
            throw new ArgumentException(
                "Events with the same name must have the same type argument. Expected " +
                $"{other.Type.FullName} but was requested {typeof(T).FullName}.");
        }

        var waiter = new Waiter<T>();
        stack.Push(waiter);
        if (early.TryGetValue(name, out var kept) && kept.TryDequeue(out var payload))
        {
            Raise(name, payload);
        }

        ct.Register(() => waiter.Source.TrySetCanceled(ct));
        return waiter.Source.Task;
    }

    public void Raise(string name, string? payload)
    {
        if (waiters.TryGetValue(name, out var stack) && stack.TryPop(out var waiter))
        {
            waiter.Take(payloads.Deserialize(payload, waiter.Type));
        }
        else
        {
            var kept = early.TryGetValue(name, out var found) ? found : early[name] = new();
            kept.Enqueue(payload);
        }
    }

    abstract class Waiter
    {
        public abstract Type Type { get; }

        public abstract bool IsOpen { get; }

        public abstract void Take(object? value);
    }

    sealed class Waiter<T> : Waiter
    {
        public TaskCompletionSource<T> Source { get; } = new();

        public override Type Type => typeof(T);

        public override bool IsOpen => !Source.Task.IsCompleted;

        // An event without a payload gives a value type's default, where the SDK would throw.
        public override void Take(object? value) => Source.TrySetResult(value is null ? default! : (T)value);
    }
}
