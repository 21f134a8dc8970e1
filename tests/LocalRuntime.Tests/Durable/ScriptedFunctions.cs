using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Telephony.LocalRuntime.Durable;

namespace Telephony.LocalRuntime.Tests.Durable;

/// <summary>Orchestrators and activities as lambdas; counts how often each activity ran.</summary>
sealed class ScriptedFunctions : IDurableFunctions
{
    readonly Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> orchestrators = [];
    readonly Dictionary<string, Func<Func<Type, object?>, CancellationToken, Task<object?>>> activities = [];
    readonly ConcurrentDictionary<string, int> runs = new();

    public int RunsOf(string activity) => runs.GetValueOrDefault(activity);

    public ScriptedFunctions Orchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> body)
    {
        orchestrators[name] = body;
        return this;
    }

    public ScriptedFunctions Activity<T>(string name, Func<T, Task<object?>> body)
    {
        activities[name] = (read, _) => body((T)read(typeof(T))!);
        return this;
    }

    public ScriptedFunctions Activity<T>(string name, Func<T, object?> body) =>
        Activity<T>(name, input => Task.FromResult(body(input)));

    public ScriptedFunctions Activity<T>(string name, Func<T, CancellationToken, Task<object?>> body)
    {
        activities[name] = (read, ct) => body((T)read(typeof(T))!, ct);
        return this;
    }

    public ScriptedFunctions Cancellable(string name, Func<CancellationToken, Task<object?>> body)
    {
        activities[name] = (_, ct) => body(ct);
        return this;
    }

    public bool HasOrchestrator(string name) => orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => activities.ContainsKey(name);

    public Task<object?> RunOrchestratorAsync(string name, TaskOrchestrationContext context) =>
        orchestrators[name](context);

    public Task<object?> RunActivityAsync(
        string name, string instanceId, Func<Type, object?> readInput, CancellationToken ct)
    {
        runs.AddOrUpdate(name, 1, (_, count) => count + 1);
        return activities[name](readInput, ct);
    }

    /// <summary>Three activities, one after another: 1 becomes 2, 4, 8.</summary>
    public static ScriptedFunctions ThreeDoublings() => new ScriptedFunctions()
        .Activity<int>("Double", number => number * 2)
        .Orchestrator("Thrice", async context =>
        {
            var number = context.GetInput<int>();
            for (var step = 0; step < 3; step++)
            {
                number = await context.CallActivityAsync<int>("Double", number);
            }

            return number;
        });
}
