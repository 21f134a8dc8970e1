using Microsoft.AspNetCore.Routing.Patterns;

namespace Telephony.LocalRuntime.Invocation;

/// <summary>What a function waits for.</summary>
abstract record Trigger(string BindingType)
{
    /// <summary>No methods means any.</summary>
    public sealed record Http(RoutePattern Route, IReadOnlyList<string> Methods) : Trigger("httpTrigger")
    {
        public string Verbs => Methods is [] ? "any" : string.Join(',', Methods);
    }

    public sealed record Orchestration() : Trigger("orchestrationTrigger");

    public sealed record Activity() : Trigger("activityTrigger");
}
