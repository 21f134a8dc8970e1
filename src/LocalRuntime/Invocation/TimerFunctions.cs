using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Telephony.LocalRuntime.Timers;

namespace Telephony.LocalRuntime.Invocation;

/// <summary>Functions with a timer, run through the app's middleware like everything else.</summary>
static class TimerFunctions
{
    public static IReadOnlyList<LocalTimer> Of(
        ImmutableArray<LocalFunction> functions, FunctionExecutionDelegate pipeline, IServiceScopeFactory scopes) =>
    [
        .. from function in functions
           let trigger = function.Trigger as Trigger.Timer
           where trigger is not null
           select new LocalTimer(
               function.Name,
               trigger.Schedule,
               trigger.IsMonitored,
               (info, ct) => RunAsync(function, info, pipeline, scopes, ct)),
    ];

    static async Task RunAsync(
        LocalFunction function,
        TimerInfo info,
        FunctionExecutionDelegate pipeline,
        IServiceScopeFactory scopes,
        CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await pipeline(new LocalFunctionContext(
            function,
            new TriggerInput.Timer(info),
            scope.ServiceProvider,
            ImmutableDictionary<string, object?>.Empty,
            ct));
    }
}
