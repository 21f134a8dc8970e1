using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Telephony.Functions.Http;

/// <summary>Gives each request its correlation id before anything can go wrong. Other triggers pass.</summary>
sealed class CorrelateRequests(ILogger<CorrelateRequests> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        var id = CorrelationId.Accept(http.Request);
        id.Attach(http);
        // Answers repeat what callers sent, and no browser may take one for a page.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        using (logger.BeginScope(new Dictionary<string, object> { ["CorrelationId"] = id.Value }))
            await next(context);
    }
}
