using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>Runs functions for messages, so many at a time of each, and settles what they leave.</summary>
sealed class QueueProcessor(
    LocalBus bus, IReadOnlyList<QueueFunction> functions, int callsMax, BusOptions options, ILogger log)
    : IHostedService, IDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly CancellationTokenSource dead = new();
    Task running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        running = Task.WhenAll(functions.Select(function => Task.Run(() => ReceiveAsync(function), stop.Token)));
        return Task.CompletedTask;
    }

    /// <summary>Takes no more messages and lets functions end; those that do not are cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await EndAsync(cancellationToken);
        await dead.CancelAsync();
        await EndAsync(cancellationToken);
    }

    public void Dispose()
    {
        stop.Dispose();
        dead.Dispose();
    }

    async Task EndAsync(CancellationToken ct) => await running.WaitAsync(options.StopMax, bus.Time, ct)
        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    async Task ReceiveAsync(QueueFunction function)
    {
        var queue = bus.Source(function.Address);
        using var signal = new ReadySignal(queue);
        using var free = new SemaphoreSlim(callsMax);
        try
        {
            while (true)
            {
                await free.WaitAsync(stop.Token);
                var message = await NextAsync(queue, signal, free);
                _ = Task.Run(() => ProcessAsync(function, queue, message, free), CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // When every place is free, nothing runs any more.
            for (var place = 0; place < callsMax; place++)
                await free.WaitAsync(CancellationToken.None);
        }
    }

    async Task<QueuedMessage> NextAsync(MessageQueue queue, ReadySignal signal, SemaphoreSlim free)
    {
        try
        {
            while (true)
            {
                stop.Token.ThrowIfCancellationRequested();
                if (queue.Take() is { } message)
                    return message;

                await signal.WaitAsync(stop.Token);
            }
        }
        catch
        {
            free.Release();
            throw;
        }
    }

    async Task ProcessAsync(QueueFunction function, MessageQueue queue, QueuedMessage message, SemaphoreSlim free)
    {
        try
        {
            var run = RunAsync(function, queue, message);
            await KeepAsync(queue, message, run);
            await run;
        }
        catch (Exception e)
        {
            Log.MessageNotSettled(log, e, function.Name, message.Id);
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>As the host does: done with when the function returns, to be received again when it fails.</summary>
    async Task RunAsync(QueueFunction function, MessageQueue queue, QueuedMessage message)
    {
        var actions = new LocalMessageActions(queue);
        Settlement? settlement = function.AutoCompletes ? new Settlement.Complete() : null;
        try
        {
            await function.Run(ClientMessages.Received(message), actions, dead.Token);
        }
        catch (Exception e)
        {
            Log.MessageFailed(log, e, function.Name, message.Id, message.DeliveryCount + 1);
            settlement = new Settlement.Abandon();
        }

        if (settlement is not null && !actions.IsSettled)
            queue.Settle(message.Lock!.Token, settlement);
    }

    /// <summary>Renews the lock for as long as the function runs, up to a limit.</summary>
    async Task KeepAsync(MessageQueue queue, QueuedMessage message, Task run)
    {
        var until = bus.Time.GetUtcNow() + options.RenewMax;
        while (!run.IsCompleted && bus.Time.GetUtcNow() < until)
        {
            await run.WaitAsync(queue.Settings.LockDuration / 2, bus.Time)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (run.IsCompleted)
                return;

            try
            {
                queue.Renew(message.Lock!.Token);
            }
            catch (BusException)
            {
                // Settled by the function itself, which goes on with something else.
                return;
            }
        }
    }
}
