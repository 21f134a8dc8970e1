// Declared as in Microsoft.Azure.Functions.Worker.Extensions.DurableTask 1.21.1, repository
// Azure/azure-functions-durable-extension, folder src/Worker.Extensions.DurableTask.

using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

// OrchestrationTriggerAttribute.cs
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OrchestrationTriggerAttribute : TriggerBindingAttribute
{
    public string? Orchestration { get; set; }
}

// ActivityTriggerAttribute.cs
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ActivityTriggerAttribute : TriggerBindingAttribute
{
    public string? Activity { get; set; }
}

// DurableClientAttribute.cs
public sealed class DurableClientAttribute : InputBindingAttribute
{
    public string? TaskHub { get; set; }

    public string? ConnectionName { get; set; }
}
