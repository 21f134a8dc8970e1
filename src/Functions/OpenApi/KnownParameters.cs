using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Telephony.Functions.Http;

namespace Telephony.Functions.OpenApi;

/// <summary>
/// Refuses a parameter of the query that the function's description does not know: a filter whose name is misspelt
/// would else let everything through.
/// </summary>
sealed class KnownParameters(IReadOnlyList<ApiFunction> functions) : IFunctionsWorkerMiddleware
{
    readonly FrozenDictionary<string, FrozenSet<string>> known = functions
        .GroupBy(function => function.EntryPoint)
        .ToFrozenDictionary(
            group => group.Key, group => group.SelectMany(function => function.QueryNames).ToFrozenSet());

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http && Unknown(http.Request, context) is { } problem)
            await problem.ExecuteAsync(http);
        else
            await next(context);
    }

    Problem? Unknown(HttpRequest request, FunctionContext context)
    {
        var names = known.GetValueOrDefault(context.FunctionDefinition.EntryPoint, []);
        return request.Query.Keys.FirstOrDefault(key => !names.Contains(key)) is { } unknown
            ? Problems.UnknownParameter(unknown, names)
            : null;
    }
}
