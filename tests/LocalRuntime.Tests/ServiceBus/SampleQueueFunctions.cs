using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Telephony.LocalRuntime.Tests.ServiceBus;

/// <summary>What a message asks for in its subject is done.</summary>
public sealed class SampleQueueFunctions(ConcurrentQueue<string> seen)
{
    [Function(nameof(Activate))]
    public async Task Activate(
        [ServiceBusTrigger("%Activations%", Connection = "ServiceBus")] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        FunctionContext context,
        CancellationToken ct)
    {
        seen.Enqueue($"{message.MessageId} {message.DeliveryCount} {message.Body}");
        switch (message.Subject)
        {
            case "fail":
                throw new InvalidOperationException("It failed on purpose.");
            case "put aside":
                await actions.DeadLetterMessageAsync(message, null, "Poison", "cannot be read", ct);
                break;
            case "twice":
                await actions.CompleteMessageAsync(message, ct);
                var e = await Assert.ThrowsAsync<ServiceBusException>(() => actions.CompleteMessageAsync(message, ct));
                seen.Enqueue($"{e.Reason}");
                break;
            case "wait":
                await Task.Delay(Timeout.Infinite, ct);
                break;
        }

        seen.Enqueue($"done {message.MessageId} of {context.FunctionDefinition.InputBindings["message"].Type}");
    }

    [Function(nameof(Look))]
    public Task Look(
        [ServiceBusTrigger("looked-at", AutoCompleteMessages = false)] ServiceBusReceivedMessage message)
    {
        seen.Enqueue($"looked at {message.MessageId}");
        return Task.CompletedTask;
    }
}

public static class RefusedQueueFunctions
{
    public static class Elsewhere
    {
        [Function("F")]
        public static Task F(
            [ServiceBusTrigger("telephony-activations", Connection = "Far")] ServiceBusReceivedMessage p) =>
            Task.FromResult(p);
    }

    public static class UnknownQueue
    {
        [Function("F")]
        public static Task F([ServiceBusTrigger("nowhere")] ServiceBusReceivedMessage p) => Task.FromResult(p);
    }

    public static class UnknownSetting
    {
        [Function("F")]
        public static Task F([ServiceBusTrigger("%Nobody:Has%")] ServiceBusReceivedMessage p) => Task.FromResult(p);
    }

    public static class Text
    {
        [Function("F")]
        public static Task F([ServiceBusTrigger("telephony-activations")] string p) => Task.FromResult(p);
    }

    public static class Batched
    {
        [Function("F")]
        public static Task F(
            [ServiceBusTrigger("telephony-activations", IsBatched = true)] ServiceBusReceivedMessage p) =>
            Task.FromResult(p);
    }
}
