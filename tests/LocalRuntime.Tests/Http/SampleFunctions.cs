using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using FromBody = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace Telephony.LocalRuntime.Tests;

public sealed class Greeting
{
    public string Words { get; init; } = "hello";
}

/// <summary>One function for each way in which an argument is bound.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "Instance methods are part of what is tested.")]
public sealed class SampleFunctions(Greeting greeting)
{
    [Function(nameof(Greet))]
    public IResult Greet(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "greet/{name?}")] HttpRequest request,
        string? name) =>
        TypedResults.Text($"{greeting.Words} {name ?? "nobody"}{request.QueryString}");

    [Function(nameof(Half))]
    public static Task<IResult> Half(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "half/{number:int}")] HttpRequest request,
        int number) =>
        Task.FromResult<IResult>(TypedResults.Text($"{request.Method} {number / 2}"));

    [Function(nameof(Typed))]
    public static IResult Typed(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "typed/{id}/{size}/{on}/{rest?}")] HttpRequest request,
        Guid id,
        long size,
        bool on,
        int? rest) => TypedResults.Text($"{request.Method} {id} {size} {on} {rest?.ToString() ?? "none"}");

    [Function(nameof(Store))]
    public static IResult Store(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [FromBody] Parcel parcel) =>
        TypedResults.Text($"{request.Method} {parcel.Weight}");

    [Function(nameof(Fail))]
    public static IResult Fail([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        throw new InvalidOperationException($"secret of {request.Path}");

    [Function(nameof(FailLate))]
    public static IResult FailLate([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        TypedResults.Stream(async stream =>
        {
            await stream.WriteAsync("half"u8.ToArray(), request.HttpContext.RequestAborted);
            await stream.FlushAsync(request.HttpContext.RequestAborted);
            throw new InvalidOperationException("too late for a status");
        });

    [Function(nameof(Describe))]
    public static IResult Describe(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "describe/{thing}")] HttpRequest request,
        FunctionContext context,
        CancellationToken ct)
    {
        var definition = context.FunctionDefinition;
        return TypedResults.Json(new
        {
            definition.Name,
            definition.EntryPoint,
            File = Path.GetFileName(definition.PathToAssembly),
            Parameters = definition.Parameters.Select(parameter => parameter.Name),
            Trigger = definition.InputBindings["request"].Type,
            Thing = context.BindingContext.BindingData["thing"],
            SameHttp = ReferenceEquals(context.GetHttpContext(), request.HttpContext),
            SameServices = ReferenceEquals(context.InstanceServices, request.HttpContext.RequestServices),
            SameToken = ct == context.CancellationToken && ct.CanBeCanceled,
        });
    }

    public sealed record Parcel(int Weight);
}
