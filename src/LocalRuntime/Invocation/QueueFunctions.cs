using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Telephony.LocalRuntime.ServiceBus;

namespace Telephony.LocalRuntime.Invocation;

/// <summary>Functions that wait for messages, run through the app's middleware like everything else.</summary>
static class QueueFunctions
{
    /// <param name="functions">Of any kind.</param>
    /// <param name="autoCompletes">Where a function does not say.</param>
    /// <param name="pipeline">The middleware.</param>
    /// <param name="scopes">For the services of each run.</param>
    public static IReadOnlyList<QueueFunction> Of(
        ImmutableArray<LocalFunction> functions,
        bool autoCompletes,
        FunctionExecutionDelegate pipeline,
        IServiceScopeFactory scopes) =>
    [
        .. from function in functions
           let trigger = function.Trigger as Trigger.Message
           where trigger is not null
           select new QueueFunction(
               function.Name,
               trigger.Address,
               trigger.AutoCompletes ?? autoCompletes,
               (message, actions, ct) => RunAsync(function, new(message, actions), pipeline, scopes, ct)),
    ];

    static async Task RunAsync(
        LocalFunction function,
        TriggerInput.Message input,
        FunctionExecutionDelegate pipeline,
        IServiceScopeFactory scopes,
        CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await pipeline(new LocalFunctionContext(
            function, input, scope.ServiceProvider, ImmutableDictionary<string, object?>.Empty, ct));
    }
}
