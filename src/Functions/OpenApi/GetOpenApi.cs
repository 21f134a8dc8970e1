using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using Telephony.Functions.Access;

namespace Telephony.Functions.OpenApi;

/// <summary>The description of this API as OpenAPI 3.1: what you are reading.</summary>
public static class GetOpenApi
{
    internal static readonly byte[] Document = Read();

    static readonly EntityTagHeaderValue Tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Document))[..32]}\"");

    [Function(nameof(GetOpenApi)), Open]
    [Summary("Read this description")]
    [Answers(200, typeof(JsonObject)), Answers(304)]
    public static IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/openapi.json")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(Document, "application/json", entityTag: Tag);
    }

    static byte[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("openapi.json")!;
        var document = new byte[stream.Length];
        stream.ReadExactly(document);
        return document;
    }
}
