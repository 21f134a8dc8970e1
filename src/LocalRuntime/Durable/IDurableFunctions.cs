using Microsoft.DurableTask;

namespace Telephony.LocalRuntime.Durable;

/// <summary>The app's orchestrators and activities, as the engine calls them: by name.</summary>
interface IDurableFunctions
{
    bool HasOrchestrator(string name);

    bool HasActivity(string name);

    /// <summary>Runs on the turn's one thread: await nothing here that is not the orchestrator's own task.</summary>
    Task<object?> RunOrchestratorAsync(string name, TaskOrchestrationContext context);

    /// <summary>Runs an activity; <paramref name="readInput"/> reads the input as the type that it declares.</summary>
    Task<object?> RunActivityAsync(
        string name, string instanceId, Func<Type, object?> readInput, CancellationToken ct);
}
