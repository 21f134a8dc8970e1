using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Telephony.LocalRuntime.Invocation;

/// <summary>Gives one argument of one invocation.</summary>
delegate ValueTask<object?> ArgumentBinder(LocalFunctionContext context);

/// <summary>A method marked as a function, with all that is needed to call it.</summary>
sealed class LocalFunction(
    string name, MethodInfo method, Trigger trigger, ImmutableArray<ArgumentBinder> binders, string triggerParameter)
    : FunctionDefinition
{
    public Trigger Trigger => trigger;

    /// <summary>True when a parameter is a durable client, so that the durable engine must run.</summary>
    public bool NeedsDurableClient { get; } =
        method.GetParameters().Any(parameter => parameter.IsDefined(typeof(DurableClientAttribute)));

    public override string Name => name;

    public override string Id => name;

    public override string EntryPoint { get; } = $"{method.DeclaringType!.FullName}.{method.Name}";

    public override string PathToAssembly { get; } = method.DeclaringType!.Assembly.Location;

    public override ImmutableArray<FunctionParameter> Parameters { get; } =
    [
        .. method.GetParameters().Select(p =>
            new FunctionParameter(p.Name!, p.ParameterType, p.HasDefaultValue, p.DefaultValue)),
    ];

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
        method.GetParameters()
            .Where(parameter => parameter.IsDefined(typeof(DurableClientAttribute)))
            .Select(parameter => new Binding(parameter.Name!, "durableClient", BindingDirection.In))
            .Prepend(new Binding(triggerParameter, trigger.BindingType, BindingDirection.In))
            .ToImmutableDictionary(binding => binding.Name, BindingMetadata (binding) => binding);

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } =
        trigger is Trigger.Http
            ? ImmutableDictionary<string, BindingMetadata>.Empty.Add(
                "$return", new Binding("$return", "http", BindingDirection.Out))
            : ImmutableDictionary<string, BindingMetadata>.Empty;

    /// <summary>The end of the pipeline: binds, calls, and keeps what the function returns.</summary>
    public async Task InvokeAsync(LocalFunctionContext context)
    {
        var arguments = new object?[binders.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = await binders[i](context);

        var target = method.IsStatic
            ? null
            : ActivatorUtilities.CreateInstance(context.InstanceServices, method.DeclaringType!);
        var returned = method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        if (returned is Task task)
        {
            await task;
            returned = method.ReturnType == typeof(Task) ? null : ResultOf(task);
        }

        context.Result = returned;
    }

    object? ResultOf(Task task) => method.ReturnType.GetProperty(nameof(Task<object>.Result))!.GetValue(task);

    sealed class Binding(string name, string type, BindingDirection direction) : BindingMetadata
    {
        public override string Name => name;

        public override string Type => type;

        public override BindingDirection Direction => direction;
    }
}
