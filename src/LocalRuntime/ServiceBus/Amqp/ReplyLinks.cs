using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>The links of one connection that answers go back on, by the address that requests name.</summary>
sealed class ReplyLinks
{
    readonly ConcurrentDictionary<string, ReplyLink> links = new();

    public ReplyLink Add(string address, ListenerLink link)
    {
        var reply = new ReplyLink(link);
        links[address] = reply;
        link.Closed += (_, _) => links.TryRemove(new(address, reply));
        return reply;
    }

    public void Answer(Message request, Answer answer)
    {
        if (request.Properties?.ReplyTo is not { } address || !links.TryGetValue(address, out var link))
            return;

        var message = new Message(answer.Body) { Properties = new Properties(), ApplicationProperties = new() };
        if (request.Properties.GetMessageId() is { } id)
            message.Properties.SetCorrelationId(id);
        // One client reads the first of each pair, and one the second.
        var properties = message.ApplicationProperties;
        properties["statusCode"] = properties["status-code"] = answer.Status;
        properties["statusDescription"] = properties["status-description"] = answer.Description ?? "OK";
        if (answer.Condition is { } condition)
            properties["errorCondition"] = properties["error-condition"] = condition;
        link.Send(message);
    }
}

/// <summary>Sends answers as the client has credit for them; a client refuses those beyond.</summary>
sealed class ReplyLink(ListenerLink link) : LinkEndpoint
{
    const int WaitingMax = 1000;

    readonly Queue<Message> waiting = new();
    int credit;

    public void Send(Message answer)
    {
        lock (waiting)
        {
            // A client that asks so much and reads nothing is not waited for.
            if (waiting.Count < WaitingMax)
                waiting.Enqueue(answer);
            Pump();
        }
    }

    public override void OnFlow(FlowContext flowContext)
    {
        lock (waiting)
        {
            credit = flowContext.Messages > 0 ? credit + flowContext.Messages : 0;
            Pump();
        }
    }

    public override void OnDisposition(DispositionContext dispositionContext) => dispositionContext.Complete();

    void Pump()
    {
        while (credit > 0 && waiting.TryDequeue(out var answer))
        {
            credit--;
            link.SendMessage(answer);
        }
    }
}

/// <summary>Takes requests, and answers each.</summary>
sealed class RequestLink(ReplyLinks replies, Func<Message, Answer> handle) : LinkEndpoint
{
    public const int Credit = 100;

    public override void OnMessage(MessageContext messageContext)
    {
        Answer answer;
        try
        {
            answer = handle(messageContext.Message);
        }
        catch (Exception e)
        {
            answer = Answer.Refusal(e);
        }

        messageContext.Complete();
        replies.Answer(messageContext.Message, answer);
    }

    public override void OnFlow(FlowContext flowContext)
    {
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
    }
}
