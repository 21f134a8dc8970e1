using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>
/// Gives a client the messages of a queue, as many as it has credit for, and settles them as it says. When the link
/// closes the locks stay, as in Service Bus.
/// </summary>
sealed class ReceivingLink : LinkEndpoint, IDisposable
{
    readonly Lock gate = new();
    readonly MessageQueue queue;
    readonly ListenerLink link;
    readonly bool takesAway;
    readonly ReadySignal signal;
    volatile bool isClosed;
    int credit;

    /// <param name="queue">Whose messages.</param>
    /// <param name="link">Where they go.</param>
    /// <param name="takesAway">A message that is sent is gone, received or not.</param>
    public ReceivingLink(MessageQueue queue, ListenerLink link, bool takesAway)
    {
        (this.queue, this.link, this.takesAway) = (queue, link, takesAway);
        signal = new ReadySignal(queue);
        link.Closed += (_, _) =>
        {
            // Raised under the library's locks: nothing is done here but to tell the loop.
            isClosed = true;
            signal.Set();
        };
        _ = Task.Run(RunAsync);
    }

    /// <summary>The library hides the credit of a link, so it is counted here.</summary>
    public override void OnFlow(FlowContext flowContext)
    {
        lock (gate)
        {
            // The same or less: the library has made its own credit zero. When it drains, what is left is still used
            // up.
            if (flowContext.Messages > 0)
                credit += flowContext.Messages;
            else if (!link.IsDraining)
                credit = 0;
        }

        signal.Set();
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
        // A link that closes reports every delivery as released.
        if (isClosed || dispositionContext.DeliveryState is not { } state)
            return;

        try
        {
            if (((LockedMessage)dispositionContext.Message).Token is { } token && SettlementOf(state) is { } settlement)
                queue.Settle(token, settlement);
            dispositionContext.Complete();
        }
        catch (Exception e)
        {
            dispositionContext.Complete(AmqpErrors.Of(e));
        }
    }

    async Task RunAsync()
    {
        try
        {
            while (!isClosed)
            {
                await signal.WaitAsync(CancellationToken.None);
                lock (gate)
                    Pump();
            }
        }
        catch (Exception) when (isClosed || link.IsClosed)
        {
            // It closed, perhaps while it was written to; a message that did not get out comes again after its lock.
        }
        catch (Exception e)
        {
            await link.CloseAsync(TimeSpan.Zero, AmqpErrors.Of(e));
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose() => signal.Dispose();

    void Pump()
    {
        while (credit > 0 && !isClosed
            && (takesAway ? queue.TakeAway() : queue.Take()) is { } message)
        {
            credit--;
            link.SendMessage(WireMessage.Write(message));
        }

        if (!link.IsDraining)
            return;

        // The second alone would not answer that it drained, and the client would wait for that.
        credit = 0;
        link.SetCredit(0, drain: true);
        link.CompleteDrain();
    }

    static Settlement? SettlementOf(DeliveryState state) => state switch
    {
        Accepted => new Settlement.Complete(),
        Released => new Settlement.Abandon(),
        Rejected { Error: { Info: { } info } } => PutAside(info),
        Rejected { Error: var error } => new Settlement.PutAside(error?.Condition?.ToString(), error?.Description),
        Modified { UndeliverableHere: true } =>
            throw new BusException(BusFault.NotSupported, "The local Service Bus does not defer messages."),
        Modified modified => new Settlement.Abandon(
            WireMessage.Noting(WireMessage.PropertiesOf(modified.MessageAnnotations))),
        _ => null,
    };

    /// <summary>The reason and its description come among the properties.</summary>
    static Settlement.PutAside PutAside(Fields info)
    {
        var properties = WireMessage.PropertiesOf(info);
        properties.Remove("DeadLetterReason", out var reason);
        properties.Remove("DeadLetterErrorDescription", out var description);
        return new(reason as string, description as string, WireMessage.Noting(properties));
    }
}
