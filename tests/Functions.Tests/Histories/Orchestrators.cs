using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Telephony.LocalRuntime.Durable;
using Telephony.LocalRuntime.Invocation;

namespace Telephony.Functions.Tests.Histories;

/// <summary>The app's orchestrators on the local engine's replay: no storage, no clock, no activity.</summary>
static class Orchestrators
{
    static readonly ImmutableArray<LocalFunction> All =
    [
        .. FunctionCatalog.Load(
            typeof(TelephonyApp).Assembly.GetTypes().Where(Orchestrates), "", new ConfigurationBuilder().Build()),
    ];

    static readonly ServiceProvider Nothing = new ServiceCollection().BuildServiceProvider();

    static readonly Replay Replay = new(
        new DurableFunctions(
            All, context => Invoke((LocalFunctionContext)context), Nothing.GetRequiredService<IServiceScopeFactory>()),
        Payloads, new DurableOptions(), NullLoggerFactory.Instance);

    public static IEnumerable<string> Names => All.Select(function => function.Name);

    /// <summary>As the app has it: the worker's own options.</summary>
    public static JsonPayloads Payloads => new(new());

    /// <summary>What today's code makes of a history that it has seen before.</summary>
    public static Turn Run(string instance, IReadOnlyList<HistoryEvent> history) =>
        Replay.Run(instance, history, played: history.Count, () => { });

    static bool Orchestrates(Type type) => type.GetMethods()
        .SelectMany(method => method.GetParameters())
        .Any(parameter => parameter.IsDefined(
            typeof(Microsoft.Azure.Functions.Worker.OrchestrationTriggerAttribute), inherit: false));

    static Task Invoke(LocalFunctionContext context) => context.Function.InvokeAsync(context);
}
