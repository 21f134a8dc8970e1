using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MvcFromBody = Microsoft.AspNetCore.Mvc.FromBodyAttribute;

namespace Telephony.LocalRuntime.Tests;

/// <summary>Each class has one function that must be refused at start.</summary>
public static class RefusedFunctions
{
    public sealed class Guarded
    {
        [Function("F")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest p) =>
            TypedResults.Ok(p.Path);
    }

    public sealed class Unbound
    {
        [Function("F")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest r, string p) =>
            TypedResults.Ok(r.Path + p);
    }

    public sealed class OtherType
    {
        [Function("F")]
        public static IResult Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, Route = "{p}")] HttpRequest r, decimal p) =>
            TypedResults.Ok(r.Path + p);
    }

    public sealed class ForeignBody
    {
        [Function("F")]
        public static IResult Run(
            [HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest r, [MvcFromBody] Greeting p) =>
            TypedResults.Ok(r.Path + p.Words);
    }

    public sealed class WrongClient
    {
        [Function("F")]
        public static IResult Run(
            [HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest r, [DurableClient] string p) =>
            TypedResults.Ok(r.Path + p);
    }

    public sealed class NotARequest
    {
        [Function("F")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] string p) => TypedResults.Ok(p);
    }

    public sealed class WrongReturn
    {
        [Function("F")]
        public static Task<string> Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest p) =>
            Task.FromResult(p.Method);
    }

    public sealed class BadRoute
    {
        [Function("F")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{p")] HttpRequest p) =>
            TypedResults.Ok(p.Path);
    }

    public sealed class NoTrigger
    {
        [Function("F")]
        public static IResult Run(CancellationToken p) => TypedResults.Ok(p.IsCancellationRequested);
    }

    public sealed class UnknownTrigger
    {
        [Function("F")]
        public static Task Run([MoonTrigger] string p) => Task.FromResult(p);
    }

    public sealed class NotPublic
    {
        [Function("F")]
        internal static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest p) =>
            TypedResults.Ok(p.Path);
    }

    public sealed class Twice
    {
        [Function("F")]
        public static Task One([ActivityTrigger] string p) => Task.FromResult(p);

        [Function("f")]
        public static Task Two([ActivityTrigger] string p) => Task.FromResult(p);
    }

    public sealed class WrongContext
    {
        [Function("F")]
        public static Task Run([OrchestrationTrigger] string p) => Task.FromResult(p);
    }

    public sealed class SecondInput
    {
        [Function("F")]
        public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context, string input, int p) =>
            Task.FromResult(context.InstanceId + input + p);
    }

    public sealed class OrchestratorWithClient
    {
        [Function("F")]
        public static Task Run(
            [OrchestrationTrigger] TaskOrchestrationContext context, [DurableClient] DurableTaskClient p) =>
            Task.FromResult((context, p));
    }

    public sealed class SynchronousActivity
    {
        [Function("F")]
        public static string Run([ActivityTrigger] string p) => p;
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class MoonTriggerAttribute : TriggerBindingAttribute;
}
