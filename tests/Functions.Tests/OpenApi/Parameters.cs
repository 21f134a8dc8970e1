using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>The parameters that several functions have, described once, and which of them a function has.</summary>
static class Parameters
{
    const string OperationPattern = "^[a-z0-9][a-z0-9-]{0,39}~[a-z2-7]{26}$";

    static readonly Dictionary<string, JsonObject> All = new()
    {
        ["site"] = InPath("site", "The site's id, unique everywhere.", Id(), "harbour-london"),
        ["operator"] = InPath("operator", "The operator's id, unique everywhere.", Id(), "harbour"),
        ["account"] = InPath("account", "The account's id, unique within its operator.", Id(), "acme"),
        ["user"] = InPath("user", "The user's id, unique within the operator.", Id(), "ada"),
        ["service"] = InPath("service", "The service's id, unique within the account at the site.", Id(), "phones"),
        ["number"] = InPath(
            "number", "In E.164, or in the national form of the site's country.",
            Text("^[0-9+() .-]+$", 1, 32), "+442079460001"),
        ["version"] = InPath("version", "The version's number; 0 for the defaults.", new()
        {
            ["type"] = "integer", ["minimum"] = 0, ["maximum"] = int.MaxValue,
        }, null),
        ["operation"] = InPath(
            "operation", "The operation's id, as its creation answered it.", Text(OperationPattern, 28, 67), null),
        ["space"] = InPath("space", "The space's id, unique within the site.", Id(), "desk-2-14"),
        ["switch"] = InPath("switch", "The switch's id, unique within the site.", Id(), "core-2"),
        ["port"] = InPath("port", "The port's id, unique within the site.", Id(), "core-2-12"),
        ["mac"] = InPath(
            "mac", "The handset's hardware address, in any of the usual spellings.",
            Text("^[0-9A-Fa-f.:-]+$", 12, 17), "001a2b3c4d5e"),
        ["hold"] = InPath("hold", "The hold's id, as its creation answered it.", Text("^[a-z2-7]{26}$", 26, 26), null),
        ["id"] = InPath("id", "The id, as its creation answered it.", Text(OperationPattern, 28, 67), null),
        ["top"] = InQuery("top", "Entries at most.", new()
        {
            ["type"] = "integer", ["minimum"] = 1, ["maximum"] = Paging.TopMax, ["default"] = Paging.TopDefault,
        }),
        ["after"] = InQuery(
            "after", "Where to go on: `next` of the page before. Opaque.", Text("^[A-Za-z0-9_-]+$", 1, 500)),
        ["operatorQuery"] = InQuery(
            "operator", "Which operator is meant. A caller that belongs to one need not say it; the platform must, but "
            + "for the list of operators.", Id()),
        ["idempotencyKey"] = InHeader(
            IdempotencyKey.Header, "The caller's own name for this change: a repeat with the same key and body answers "
            + "what the first one did, and does nothing twice.", Text("^[!-~]+$", 1, IdempotencyKey.LengthMax), true),
        ["ifMatch"] = InHeader(
            "If-Match", "The ETag that was read: nothing happens when it has changed since.", Tag(), false),
        ["ifMatchRequired"] = InHeader(
            "If-Match", "The ETag that was read: nothing happens when it has changed since.", Tag(), true),
        ["ifNoneMatch"] = InHeader(
            "If-None-Match", "`*` to create: nothing happens when it is there already. Send this or If-Match.",
            new() { ["type"] = "string", ["enum"] = new JsonArray("*") }, false),
        ["ifNoneMatchTag"] = InHeader(
            "If-None-Match", "An ETag that was answered before: 304 when nothing has changed.", Text(null, 1, 500),
            false),
        ["correlationId"] = InHeader(
            CorrelationId.Header, "Ties the request to its answer and its lines in the log; chosen by us when absent "
            + "or not of this form.", Text("^[A-Za-z0-9._-]+$", 1, CorrelationId.LengthMax), false),
    };

    public static JsonObject Components =>
        new(All.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.DeepClone())));

    public static JsonArray Of(ApiFunction function, Schemas schemas)
    {
        var names = function.Demand.RouteNames.Select(PathParameter).ToList();
        var inQuery = function.Filters.Select(filter => (JsonNode)Query(filter, schemas));
        if (function.IsPaged)
            names.AddRange(["top", "after"]);
        if (function.TakesOperator)
            names.Add("operatorQuery");
        if (function.NeedsKey)
            names.Add("idempotencyKey");
        if (function.NeedsPrecondition)
            names.AddRange(function.Verb is "DELETE" ? ["ifMatchRequired"] : ["ifMatch", "ifNoneMatch"]);
        if (function.Answers.Any(answer => answer.Status == 304))
            names.Add("ifNoneMatchTag");
        names.Add("correlationId");
        return new([.. inQuery, .. names.Select(name => (JsonNode)new JsonObject
        {
            ["$ref"] = $"#/components/parameters/{name}",
        })]);
    }

    static string PathParameter(string name) => All.ContainsKey(name)
        ? name
        : throw new InvalidOperationException($"Say in Parameters.All what {{{name}}} is in a route.");

    static JsonObject Query(QueryAttribute filter, Schemas schemas) => InQuery(
        filter.Name, filter.Meaning,
        Schemas.Text(filter.Type) is not null
            ? schemas.Answered(filter.Type).AsObject()
            // A parameter that is there is a text, whatever a text in a body may be.
            : filter.Type == typeof(string) ? new() { ["type"] = "string" }
            : Json.Options.GetJsonSchemaAsNode(filter.Type).AsObject());

    static JsonObject InPath(string name, string meaning, JsonObject schema, string? example)
    {
        if (example is not null)
            schema["examples"] = new JsonArray(example);
        return new()
        {
            ["name"] = name, ["in"] = "path", ["required"] = true, ["description"] = meaning, ["schema"] = schema,
        };
    }

    static JsonObject InQuery(string name, string meaning, JsonObject schema) =>
        new() { ["name"] = name, ["in"] = "query", ["description"] = meaning, ["schema"] = schema };

    static JsonObject InHeader(string name, string meaning, JsonObject schema, bool required) => new()
    {
        ["name"] = name, ["in"] = "header", ["required"] = required, ["description"] = meaning, ["schema"] = schema,
    };

    static JsonObject Id() => Schemas.Text(typeof(Id<Site>))!;

    static JsonObject Tag() => Text("^\"[A-Za-z0-9_-]+\"$", 3, 202);

    static JsonObject Text(string? pattern, int min, int max)
    {
        var schema = new JsonObject { ["type"] = "string", ["minLength"] = min, ["maxLength"] = max };
        if (pattern is not null)
            schema["pattern"] = pattern;
        return schema;
    }
}
