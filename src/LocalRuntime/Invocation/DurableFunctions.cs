using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Telephony.LocalRuntime.Durable;

namespace Telephony.LocalRuntime.Invocation;

/// <summary>Orchestrators and activities by name, run through the app's middleware like everything else.</summary>
sealed class DurableFunctions(
    ImmutableArray<LocalFunction> functions, FunctionExecutionDelegate pipeline, IServiceScopeFactory scopes)
    : IDurableFunctions
{
    readonly Dictionary<string, LocalFunction> orchestrators = Named<Trigger.Orchestration>(functions);
    readonly Dictionary<string, LocalFunction> activities = Named<Trigger.Activity>(functions);

    public bool HasOrchestrator(string name) => orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => activities.ContainsKey(name);

    public Task<object?> RunOrchestratorAsync(string name, TaskOrchestrationContext context) =>
        RunAsync(orchestrators[name], new TriggerInput.Orchestration(context), CancellationToken.None);

    public Task<object?> RunActivityAsync(
        string name, string instanceId, Func<Type, object?> readInput, CancellationToken ct) =>
        RunAsync(activities[name], new TriggerInput.Activity(instanceId, readInput), ct);

    async Task<object?> RunAsync(LocalFunction function, TriggerInput input, CancellationToken ct)
    {
        // Disposed without awaiting: an orchestrator's turn awaits nothing but the orchestrator's own tasks.
        using var scope = scopes.CreateScope();
        var context = new LocalFunctionContext(
            function, input, scope.ServiceProvider, ImmutableDictionary<string, object?>.Empty, ct);
        await pipeline(context);
        return context.Result;
    }

    static Dictionary<string, LocalFunction> Named<TTrigger>(ImmutableArray<LocalFunction> functions)
        where TTrigger : Trigger =>
        functions.Where(function => function.Trigger is TTrigger)
            .ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);
}
