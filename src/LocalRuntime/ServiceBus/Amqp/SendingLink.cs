using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>Takes what a client sends to a queue or topic, one message or a batch of them.</summary>
sealed class SendingLink(LocalBus bus, string address, int bytesMax) : LinkEndpoint
{
    /// <summary>A batch is a message whose data sections are messages.</summary>
    const uint BatchFormat = 0x80013700;

    public const int Credit = 300;

    public override void OnMessage(MessageContext messageContext)
    {
        try
        {
            bus.Send(address, Messages(messageContext.Message));
            messageContext.Complete();
        }
        catch (Exception e)
        {
            messageContext.Complete(AmqpErrors.Of(e));
        }
    }

    NewMessage[] Messages(Message message)
    {
        // Encoded again for its length, which the library does not say.
        if (WireMessage.Encode(message).Length is var length && length > bytesMax)
            throw new BusException(
                BusFault.TooLarge, $"The transfer of {length} bytes is larger than '{address}' takes: {bytesMax}.");

        return message.Format != BatchFormat
            ? [WireMessage.Read(message)]
            : message.BodySection switch
            {
                DataList list => [.. Enumerable.Range(0, list.Count).Select(i => WireMessage.Read(list[i].Binary))],
                Data data => [WireMessage.Read(data.Binary)],
                _ => throw new BusException(BusFault.NotSupported, "A batch has a data section for each message."),
            };
    }

    public override void OnFlow(FlowContext flowContext)
    {
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
    }
}
