using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions;

/// <summary>Whether the app answers at all. It says nothing else, because anybody may ask.</summary>
public static class GetHealth
{
    [Function(nameof(GetHealth))]
    [Open]
    [Summary("Ask whether the app answers")]
    [Answers(200, typeof(Health))]
    public static IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/health")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Json.Answer(new Health("ok"));
    }

    /// <param name="Status">Always <c>ok</c>.</param>
    sealed record Health(string Status);
}
