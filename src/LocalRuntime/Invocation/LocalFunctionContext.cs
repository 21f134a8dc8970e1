using System.Collections;
using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using WorkerRetryContext = Microsoft.Azure.Functions.Worker.RetryContext;
using WorkerTraceContext = Microsoft.Azure.Functions.Worker.TraceContext;

namespace Telephony.LocalRuntime.Invocation;

/// <summary>One invocation, as middleware and functions see it.</summary>
sealed class LocalFunctionContext(
    LocalFunction function,
    TriggerInput input,
    IServiceProvider services,
    IReadOnlyDictionary<string, object?> bindingData,
    CancellationToken ct) : FunctionContext
{
    public LocalFunction Function => function;

    /// <summary>What set the function off.</summary>
    public TriggerInput Input => input;

    /// <summary>What the function returned; null until it has, so also when a middleware did not call on.</summary>
    public object? Result { get; set; }

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => function.Id;

    public override WorkerTraceContext TraceContext { get; } = new CurrentTrace();

    public override BindingContext BindingContext { get; } = new RouteBinding(bindingData);

    public override WorkerRetryContext RetryContext { get; } = new NoRetry();

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition => function;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new InvocationFeatures();

    public override CancellationToken CancellationToken => ct;

    sealed class RouteBinding(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }

    sealed class CurrentTrace : WorkerTraceContext
    {
        public override string TraceParent { get; } = Activity.Current?.Id ?? "";

        public override string TraceState { get; } = Activity.Current?.TraceStateString ?? "";
    }

    sealed class NoRetry : WorkerRetryContext
    {
        public override int RetryCount => 0;

        public override int MaxRetryCount => 0;
    }

    sealed class InvocationFeatures : IInvocationFeatures
    {
        readonly Dictionary<Type, object> features = [];

        public void Set<T>(T instance) =>
            features[typeof(T)] = instance ?? throw new ArgumentNullException(nameof(instance));

        public T? Get<T>() => features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => features.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
