using Microsoft.AspNetCore.Routing.Patterns;
using Telephony.LocalRuntime.Timers;

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

    /// <summary>Monitored: an occurrence that nobody was there for is made up for.</summary>
    public sealed record Timer(TimerSchedule Schedule, bool IsMonitored) : Trigger("timerTrigger");

    /// <summary>
    /// The address is of a queue or subscription; null leaves it to host.json when a message is done with.
    /// </summary>
    public sealed record Message(string Address, bool? AutoCompletes) : Trigger("serviceBusTrigger");
}
