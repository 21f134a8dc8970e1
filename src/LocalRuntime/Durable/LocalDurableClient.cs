using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Telephony.LocalRuntime.Durable;

/// <summary>The durable client of the local engine.</summary>
sealed partial class LocalDurableClient(DurableEngine engine) : DurableTaskClient("local")
{
    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        if (options?.StartAt is not null)
        {
            throw Unsupported(nameof(StartOrchestrationOptions.StartAt));
        }

        var id = string.IsNullOrEmpty(options?.InstanceId) ? Guid.NewGuid().ToString("N") : options.InstanceId;
        return engine.ScheduleAsync(orchestratorName.Name, input, id, cancellation);
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return engine.SendAsync(instanceId, eventName, eventPayload, cancellation);
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        engine.SendAsync(instanceId, null, options?.Output, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(
            instanceId,
            found => found.RuntimeStatus != OrchestrationRuntimeStatus.Pending,
            getInputsAndOutputs,
            cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, found => found.IsCompleted, getInputsAndOutputs, cancellation);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        DurableKeys.RefuseBadId(instanceId);
        var payloads = getInputsAndOutputs ? engine.Payloads : null;
        var select = getInputsAndOutputs ? null : DurableRows.Summary;

        // In this order: an instance goes from the open ones to the finished ones, and a new run hides the old.
        var row = await engine.Table.FindAsync(instanceId, DurableKeys.Open(instanceId), select, cancellation)
            ?? await engine.Table.FindAsync(instanceId, DurableKeys.Finished(instanceId), select, cancellation);
        return row is null ? null : DurableRows.Show(row, payloads);
    }

    public override Task SuspendInstanceAsync(
        string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw Unsupported(nameof(SuspendInstanceAsync));

    public override Task ResumeInstanceAsync(
        string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw Unsupported(nameof(ResumeInstanceAsync));

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static NotSupportedException Unsupported(string member) =>
        new($"{member} is not supported by the local durable engine: no function uses it yet.");

    async Task<OrchestrationMetadata> WaitAsync(
        string id, Func<OrchestrationMetadata, bool> isReached, bool payloads, CancellationToken ct)
    {
        OrchestrationMetadata? found = null;
        await engine.WaitUntilAsync(
            id,
            async () =>
            {
                found = await GetInstancesAsync(id, payloads, ct)
                    ?? throw new ArgumentException($"No instance with ID '{id}' was found.", nameof(id));
                return isReached(found);
            },
            ct);
        return found!;
    }
}
