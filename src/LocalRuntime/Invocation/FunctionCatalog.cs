using System.Collections.Immutable;
using System.Reflection;
using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.DurableTask;
using Microsoft.Extensions.Configuration;
using Telephony.LocalRuntime.ServiceBus;
using Telephony.LocalRuntime.Timers;

namespace Telephony.LocalRuntime.Invocation;

/// <summary>
/// The functions of an app, found by reflection. Whatever this host cannot run as the real one does is refused here, at
/// start, naming the function; what the settings disable is not looked at.
/// </summary>
static class FunctionCatalog
{
    const BindingFlags Methods =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    /// <param name="types">Where to look.</param>
    /// <param name="routePrefix">The first segment of every route, or empty.</param>
    /// <param name="settings">Where the schedules of timers are when they name a setting.</param>
    /// <exception cref="InvalidOperationException">A function that cannot be run, by name.</exception>
    public static ImmutableArray<LocalFunction> Load(
        IEnumerable<Type> types, string routePrefix, IConfiguration settings)
    {
        var functions = types
            .SelectMany(type => type.GetMethods(Methods))
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is { } function
                && !LocalSettings.IsDisabled(settings, function.Name))
            .Select(method => Load(method, routePrefix, settings))
            .OrderBy(function => function.Name, StringComparer.Ordinal)
            .ToImmutableArray();

        var twice = functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? functions
            : throw new InvalidOperationException(
                $"Function '{twice.Key}' is there twice: {string.Join(" and ", twice.Select(f => f.EntryPoint))}.");
    }

    static LocalFunction Load(MethodInfo method, string routePrefix, IConfiguration settings)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        var type = method.DeclaringType!;
        if (!method.IsPublic || !type.IsVisible || method.IsGenericMethod || type.ContainsGenericParameters)
            throw Refuse(
                name, $"{type.Name}.{method.Name} must be public and not generic, because generated code calls it");

        var triggers = method.GetParameters()
            .Where(parameter => parameter.IsDefined(typeof(TriggerBindingAttribute)))
            .ToArray();
        if (triggers is not [var parameter])
            throw Refuse(name, $"it needs exactly one trigger and has {triggers.Length}");

        var trigger = TriggerOf(name, parameter, routePrefix, settings);
        CheckReturn(name, method, trigger);
        return new LocalFunction(name, method, trigger, ArgumentBinders.For(name, method, trigger), parameter.Name!);
    }

    static Trigger TriggerOf(
        string name, ParameterInfo parameter, string routePrefix, IConfiguration settings) =>
        parameter.GetCustomAttribute<TriggerBindingAttribute>() switch
        {
            HttpTriggerAttribute { AuthLevel: not AuthorizationLevel.Anonymous } =>
                throw Refuse(
                    name, "the local host has no function keys, so its trigger must be AuthorizationLevel.Anonymous"),
            HttpTriggerAttribute _ when parameter.ParameterType != typeof(HttpRequest) =>
                throw Refuse(name, parameter, "an HTTP trigger binds to HttpRequest"),
            HttpTriggerAttribute http => new Trigger.Http(
                Route(name, routePrefix, http.Route ?? name),
                [.. (http.Methods ?? []).Select(method => method.ToUpperInvariant())]),
            OrchestrationTriggerAttribute _ when parameter.ParameterType != typeof(TaskOrchestrationContext) =>
                throw Refuse(name, parameter, "an orchestration trigger binds to TaskOrchestrationContext"),
            OrchestrationTriggerAttribute => new Trigger.Orchestration(),
            ActivityTriggerAttribute => new Trigger.Activity(),
            TimerTriggerAttribute _ when parameter.ParameterType != typeof(TimerInfo) =>
                throw Refuse(name, parameter, "a timer trigger binds to TimerInfo"),
            TimerTriggerAttribute { RunOnStartup: true } =>
                throw Refuse(name, "the local host has no RunOnStartup"),
            TimerTriggerAttribute timer => Timer(name, timer, settings),
            ServiceBusTriggerAttribute _ when parameter.ParameterType != typeof(ServiceBusReceivedMessage) =>
                throw Refuse(name, parameter, "a Service Bus trigger binds to ServiceBusReceivedMessage"),
            ServiceBusTriggerAttribute { IsBatched: true } or ServiceBusTriggerAttribute { IsSessionsEnabled: true } =>
                throw Refuse(name, "the local host has no batches and no sessions"),
            ServiceBusTriggerAttribute bus => Message(name, parameter, bus, settings),
            var other => throw Refuse(name, parameter, $"the local host has no {other!.GetType().Name}"),
        };

    static RoutePattern Route(string name, string prefix, string route)
    {
        try
        {
            return RoutePatternFactory.Parse($"{prefix}/{route.TrimStart('/')}".TrimStart('/'));
        }
        catch (RoutePatternException e)
        {
            throw Refuse(name, e.Message);
        }
    }

    static Trigger.Timer Timer(string name, TimerTriggerAttribute timer, IConfiguration settings)
    {
        try
        {
            var schedule = TimerSchedule.Parse(timer.Schedule, settings);
            return new Trigger.Timer(schedule, timer.UseMonitor && !schedule.IsFrequent);
        }
        catch (FormatException e)
        {
            throw Refuse(name, e.Message);
        }
    }

    static Trigger.Message Message(
        string name, ParameterInfo parameter, ServiceBusTriggerAttribute bus, IConfiguration settings)
    {
        var connection = settings.GetSection(bus.Connection ?? "AzureWebJobsServiceBus");
        if (connection.GetChildren().Any()
            || connection.Value?.Contains("UseDevelopmentEmulator=true", StringComparison.OrdinalIgnoreCase) is false)
            throw Refuse(
                name,
                $"the setting {connection.Path} names a Service Bus elsewhere; "
                + "unset it, as the local host has its own");

        try
        {
            var address = bus.QueueName ?? LocalBus.Subscription(bus.TopicName!, bus.SubscriptionName!);
            return new(LocalSettings.Resolve(address, settings, "its queue"), AutoCompletes(parameter));
        }
        catch (FormatException e)
        {
            throw Refuse(name, e.Message);
        }
    }

    /// <summary>The attribute itself says false also when it says nothing.</summary>
    static bool? AutoCompletes(ParameterInfo parameter) => parameter.GetCustomAttributesData()
        .Single(data => data.AttributeType == typeof(ServiceBusTriggerAttribute))
        .NamedArguments.Where(argument => argument.MemberName == "AutoCompleteMessages")
        .Select(argument => (bool?)argument.TypedValue.Value)
        .SingleOrDefault();

    static void CheckReturn(string name, MethodInfo method, Trigger trigger)
    {
        var returned = method.ReturnType;
        var generic = returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>);
        if (trigger is Trigger.Http && returned != typeof(IResult) && returned != typeof(Task<IResult>))
            throw Refuse(name, "an HTTP function returns IResult or Task<IResult>");
        if (trigger is Trigger.Message && returned != typeof(Task))
            throw Refuse(name, "a Service Bus function returns Task");
        if (trigger is Trigger.Timer && returned != typeof(Task))
            throw Refuse(name, "a timer function returns Task");
        if (trigger is not Trigger.Http && returned != typeof(Task) && !generic)
            throw Refuse(name, "an orchestrator or activity returns Task or Task<T>");
    }

    public static InvalidOperationException Refuse(string function, ParameterInfo parameter, string reason) =>
        Refuse(function, $"parameter '{parameter.Name}': {reason}");

    static InvalidOperationException Refuse(string function, string reason) =>
        new($"Function '{function}' cannot run here: {reason.TrimEnd('.')}.");
}
