using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Telephony.LocalRuntime.Invocation;

namespace Telephony.LocalRuntime.Http;

/// <summary>HTTP functions as endpoints.</summary>
sealed class HttpFunctions(FunctionExecutionDelegate pipeline, ILogger logger)
{
    /// <summary>Where the ASP.NET Core integration keeps the HttpContext, so where GetHttpContext looks.</summary>
    const string HttpContextKey = "HttpRequestContext";

    public void Map(IEndpointRouteBuilder endpoints, IEnumerable<LocalFunction> functions)
    {
        foreach (var function in functions)
            if (function.Trigger is Trigger.Http trigger)
                Map(endpoints, function, trigger);
    }

    void Map(IEndpointRouteBuilder endpoints, LocalFunction function, Trigger.Http trigger)
    {
        var endpoint = endpoints.Map(trigger.Route, http => RunAsync(http, function)).WithDisplayName(function.Name);
        if (trigger.Methods.Count > 0)
            endpoint.WithMetadata(new HttpMethodMetadata(trigger.Methods));
    }

    async Task RunAsync(HttpContext http, LocalFunction function)
    {
        var context = new LocalFunctionContext(
            function,
            new TriggerInput.Request(http),
            http.RequestServices,
            http.Request.RouteValues,
            http.RequestAborted);
        context.Items[HttpContextKey] = http;
        try
        {
            // The result is written after the middleware have had their way, as in the worker.
            await pipeline(context);
            if (context.Result is IResult result)
                await result.ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            Log.CallerLeft(logger, function.Name);
        }
        catch (Exception e)
        {
            Log.FunctionFailed(logger, e, function.Name, context.InvocationId);
            Fail(http);
        }
    }

    static void Fail(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            // Too late for a status: the caller must at least not take half a body for the whole.
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }
}
