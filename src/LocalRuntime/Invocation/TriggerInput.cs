using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Telephony.LocalRuntime.Invocation;

/// <summary>What sets a function off, with what it brings along.</summary>
abstract record TriggerInput
{
    TriggerInput() { }

    public sealed record Request(HttpContext Http) : TriggerInput;

    public sealed record Orchestration(TaskOrchestrationContext Context) : TriggerInput;

    public sealed record Activity(string InstanceId, Func<Type, object?> Read) : TriggerInput;

    public sealed record Timer(TimerInfo Info) : TriggerInput;

    public sealed record Message(ServiceBusReceivedMessage Received, ServiceBusMessageActions Actions) : TriggerInput;
}
