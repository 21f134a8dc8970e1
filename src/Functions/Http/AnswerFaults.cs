using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Http;

/// <summary>
/// Answers a fault of an HTTP function with a problem that tells nothing about our insides; they are in the log. A
/// fault of another trigger goes on to the host, which repeats the work.
/// </summary>
sealed class AnswerFaults(ILogger<AnswerFaults> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            await AnswerAsync(http, e, context.FunctionDefinition.Name);
        }
    }

    async Task AnswerAsync(HttpContext http, Exception e, string function)
    {
        var problem = Classify(e);
        if (e is ServiceBusException)
            Log.MessagingFailed(logger, e, function);
        else if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            Log.StorageFailed(logger, e, function);
        else if (problem.Status == StatusCodes.Status500InternalServerError)
            Log.Failed(logger, e, function);

        // What the function had begun to answer is not true any more.
        http.Response.Clear();
        CorrelationId.Of(http)?.Attach(http);
        await problem.ExecuteAsync(http);
    }

    static Problem Classify(Exception e) => e switch
    {
        BadHttpRequestException bad => Problems.BadRequest(bad.StatusCode),
        SiteBusyException => Problems.SiteBusy(),
        ServiceBusException => Problems.MessagingUnavailable(),
        _ when StorageFaults.Is(e) => Problems.StorageUnavailable(),
        _ => Problems.InternalError(),
    };
}
