using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Telephony.LocalRuntime.Tests.Timers;

/// <summary>A timer that begins an orchestration, with all that can be bound.</summary>
public sealed class SampleTimers(ConcurrentQueue<string> seen)
{
    [Function(nameof(Sweep))]
    public async Task Sweep(
        [TimerTrigger("%Sweep:Schedule%")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        FunctionContext context,
        CancellationToken ct)
    {
        var id = $"swept-{timer.ScheduleStatus!.Next:HHmm}";
        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(Swept), input: null, new StartOrchestrationOptions(id), ct);
        seen.Enqueue(
            $"{context.FunctionDefinition.Name} of {context.FunctionDefinition.InputBindings["timer"].Type}, " +
            $"{(ct == context.CancellationToken && ct.CanBeCanceled ? "to be cancelled" : "for ever")}");
    }

    [Function(nameof(Swept))]
    public static Task Swept([OrchestrationTrigger] TaskOrchestrationContext context) =>
        Task.FromResult(context.InstanceId);
}

/// <summary>Timers without a monitor, whose host needs no durable engine.</summary>
public sealed class UnwatchedTimers(ConcurrentQueue<string> seen)
{
    [Function(nameof(Often))]
    public Task Often([TimerTrigger("*/10 * * * * *")] TimerInfo timer) => Note(nameof(Often), timer);

    [Function(nameof(Unwatched))]
    public Task Unwatched([TimerTrigger("0 * * * * *", UseMonitor = false)] TimerInfo timer) =>
        Note(nameof(Unwatched), timer);

    Task Note(string name, TimerInfo timer)
    {
        seen.Enqueue($"{name} {timer.IsPastDue} {timer.ScheduleStatus?.Next.ToString("O") ?? "unwatched"}");
        return Task.CompletedTask;
    }
}

/// <summary>Each class has one function that must be refused at start.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "Functions need a class to be refused in.")]
public static class RefusedTimers
{
    public sealed class FiveFields
    {
        [Function("F")]
        public static Task Run([TimerTrigger("*/5 * * * *")] TimerInfo p) => Task.FromResult(p);
    }

    public sealed class UnknownSetting
    {
        [Function("F")]
        public static Task Run([TimerTrigger("%Nobody:Has%")] TimerInfo p) => Task.FromResult(p);
    }

    public sealed class RunsOnStartup
    {
        [Function("F")]
        public static Task Run([TimerTrigger("0 0 * * * *", RunOnStartup = true)] TimerInfo p) => Task.FromResult(p);
    }

    public sealed class OtherInfo
    {
        [Function("F")]
        public static Task Run([TimerTrigger("0 0 * * * *")] string p) => Task.FromResult(p);
    }

    public sealed class OtherParameter
    {
        [Function("F")]
        public static Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer, string p) => Task.FromResult((timer, p));
    }

    public sealed class WithResult
    {
        [Function("F")]
        public static Task<string> Run([TimerTrigger("0 0 * * * *")] TimerInfo p) =>
            Task.FromResult($"{p.IsPastDue}");
    }
}
