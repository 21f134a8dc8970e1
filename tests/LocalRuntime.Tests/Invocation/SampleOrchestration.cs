using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Telephony.LocalRuntime.Tests;

/// <summary>An orchestration that is started over HTTP and asks an instance activity and a static one.</summary>
public sealed class SampleOrchestration(Greeting greeting)
{
    [Function(nameof(Begin))]
    public static async Task<IResult> Begin(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "begin/{name}")] HttpRequest request,
        string name,
        [DurableClient] DurableTaskClient client)
    {
        var options = new StartOrchestrationOptions($"i-{name}");
        var id = await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(Conduct), new Order(name, 2), options, request.HttpContext.RequestAborted);
        var ended = await client.WaitForInstanceCompletionAsync(id, true, request.HttpContext.RequestAborted);
        return TypedResults.Text($"{ended.RuntimeStatus}: {ended.SerializedOutput}");
    }

    [Function(nameof(Conduct))]
    public async Task<string> Conduct([OrchestrationTrigger] TaskOrchestrationContext context, Order order)
    {
        var words = await context.CallActivityAsync<string>(nameof(Speak), order);
        await context.CallActivityAsync(nameof(Bow), words);
        return $"{greeting.Words}, {words}";
    }

    [Function(nameof(Speak))]
    public Task<string> Speak([ActivityTrigger] Order order, FunctionContext context, string instanceId) =>
        Task.FromResult(
            $"{greeting.Words} {order.Name} x{order.Times} by {context.FunctionDefinition.Name} of {instanceId}");

    [Function(nameof(Bow))]
    public static Task Bow([ActivityTrigger] string words, CancellationToken ct) =>
        ct.CanBeCanceled && words.Length > 0
            ? Task.CompletedTask
            : throw new InvalidOperationException("No token or no words.");

    public sealed record Order(string Name, int Times);
}
