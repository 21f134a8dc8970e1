using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Telephony.LocalRuntime.Invocation;

/// <summary>Where each argument of a function comes from: decided at start, and only as the worker does it.</summary>
static class ArgumentBinders
{
    static readonly MethodInfo GetInput =
        typeof(TaskOrchestrationContext).GetMethod(nameof(TaskOrchestrationContext.GetInput))!;

    public static ImmutableArray<ArgumentBinder> For(string function, MethodInfo method, Trigger trigger)
    {
        // An orchestration's input goes to the first parameter that nothing else claims; a second one gets nothing.
        var input = trigger is Trigger.Orchestration
            ? method.GetParameters().FirstOrDefault(parameter => !IsBound(parameter))
            : null;
        return
        [
            .. method.GetParameters().Select(parameter =>
                For(parameter, trigger, input)
                ?? throw FunctionCatalog.Refuse(
                    function, parameter, $"nothing here gives a {parameter.ParameterType.Name}")),
        ];
    }

    static bool IsBound(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(BindingAttribute))
        || parameter.ParameterType == typeof(FunctionContext)
        || parameter.ParameterType == typeof(CancellationToken);

    static ArgumentBinder? For(ParameterInfo parameter, Trigger trigger, ParameterInfo? input) =>
        (trigger, parameter.ParameterType) switch
        {
            (_, var type) when type == typeof(FunctionContext) => context => new(context),
            (_, var type) when type == typeof(CancellationToken) => context => new(context.CancellationToken),
            (not Trigger.Orchestration, var type) when Has<DurableClientAttribute>(parameter) =>
                type == typeof(DurableTaskClient)
                    ? context => new(context.InstanceServices.GetRequiredService<DurableTaskClient>())
                    : null,
            (Trigger.Http http, _) => ForRequest(parameter, http),
            (Trigger.Orchestration, _) when Has<OrchestrationTriggerAttribute>(parameter) =>
                context => new(((TriggerInput.Orchestration)context.Input).Context),
            (Trigger.Orchestration, var type) when parameter == input => ReadInput(type),
            (Trigger.Activity, var type) when Has<ActivityTriggerAttribute>(parameter) =>
                context => new(((TriggerInput.Activity)context.Input).Read(type)),
            (Trigger.Activity, var type) when type == typeof(string) && parameter.Name == "instanceId" =>
                context => new(((TriggerInput.Activity)context.Input).InstanceId),
            (Trigger.Timer, _) when Has<TimerTriggerAttribute>(parameter) =>
                context => new(((TriggerInput.Timer)context.Input).Info),
            (Trigger.Message, _) when Has<ServiceBusTriggerAttribute>(parameter) =>
                context => new(((TriggerInput.Message)context.Input).Received),
            (Trigger.Message, var type) when type == typeof(ServiceBusMessageActions) =>
                context => new(((TriggerInput.Message)context.Input).Actions),
            _ => null,
        };

    static bool Has<TAttribute>(ParameterInfo parameter)
        where TAttribute : Attribute => parameter.IsDefined(typeof(TAttribute));

    static ArgumentBinder? ForRequest(ParameterInfo parameter, Trigger.Http trigger)
    {
        var type = parameter.ParameterType;
        if (Has<HttpTriggerAttribute>(parameter))
            return context => new(Request(context));
        if (Has<FromBodyAttribute>(parameter))
            return context => ReadBodyAsync(Request(context), type, context.CancellationToken);
        if (parameter.IsDefined(typeof(BindingAttribute)) || trigger.Route.GetParameter(parameter.Name!) is null)
            return null;
        return RouteValue.ParserOf(type) is { } parse
            ? context => new(RouteValue.Read(Request(context), parameter, parse))
            : null;
    }

    static HttpRequest Request(LocalFunctionContext context) => ((TriggerInput.Request)context.Input).Http.Request;

    /// <summary>As in the worker, a body that is absent, not JSON or of another shape fails the function.</summary>
    static async ValueTask<object?> ReadBodyAsync(HttpRequest request, Type type, CancellationToken ct)
    {
        if (!request.HasJsonContentType())
            throw new InvalidOperationException($"The body's content type '{request.ContentType}' is not JSON.");

        return await JsonSerializer.DeserializeAsync(request.Body, type, JsonSerializerOptions.Web, ct)
            ?? throw new InvalidOperationException("The body is null.");
    }

    static ArgumentBinder ReadInput(Type type)
    {
        var read = GetInput.MakeGenericMethod(type);
        return context => new(read.Invoke(
            ((TriggerInput.Orchestration)context.Input).Context,
            BindingFlags.DoNotWrapExceptions, binder: null, parameters: null, CultureInfo.InvariantCulture));
    }
}
