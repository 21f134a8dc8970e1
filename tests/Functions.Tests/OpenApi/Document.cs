using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Telephony.Domain.Numbers;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>Makes the API's description from the functions, their types and comments, and the examples.</summary>
static class Document
{
    /// <summary>By the folder that a function is in.</summary>
    static readonly Dictionary<string, (string Name, string Description)> Tags = new()
    {
        ["Functions"] = ("App", "The app itself."),
        ["OpenApi"] = ("App", "The app itself."),
        ["Directory"] = ("Directory", "Operators, their sites, accounts and users."),
        ["Numbers"] = ("Numbers", "The numbers of a site, of an occupier and of an operator."),
        ["Provisioning"] = ("Provisioning", "What the platform does: numbers come into a site's pool."),
        ["Allocation"] = ("Allocation", "Numbers are given to accounts by hand."),
        ["VoiceServices"] = ("Voice services", "Services of accounts, and the numbers that they take."),
        ["MainNumber"] = ("Main numbers", "The number by which an account is known: chosen, activated, replaced."),
        ["DirectNumbers"] = ("Activation", "Numbers are put in service, and taken out of it."),
        ["Groups"] = ("What callers meet", "Hours, holidays and where calls go; what a caller meets at a moment."),
        ["Releases"] = ("Releases", "Numbers are given up, and had back; accounts are closed."),
        ["Holds"] = ("Holds", "Numbers are kept for future starters."),
        ["Lifecycle"] = ("Life of a number", "What the platform does to numbers that are there: block, port, retire."),
        ["History"] = ("History", "Who had a number when."),
        ["Tasks"] = ("Tasks", "What the platform is asked for, and what came of it."),
        ["Messaging"] = ("Dead letters", "Commands of the back office that could not be carried out."),
        ["Audits"] = ("Audits", "What is wrong at a site, or soon will be."),
        ["Rules"] = ("Rules", "What a site lets people do."),
        ["Settings"] = ("Settings", "How numbers in service are set, one by one or many at once."),
        ["Places"] = ("Places", "Spaces, switches, ports and handsets of a site, and what stands on what."),
        ["Assignment"] = ("Assignment", "Who has a number, where it rings, and where emergency services go to."),
        ["Operations"] = ("Operations", "What became of a request for a change."),
    };

    static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    const string About =
        """
        Phone numbers of flexible workspaces: the platform provisions them for an operator's sites, the operator gives
        them to occupiers, by hand or by assigning a voice service.

        **Who asks.** Every request but those for this description and the app's health carries a token:
        `Authorization: Bearer …`. What the caller may not see is answered as what is not there: 404.

        **Lists** answer at most `top` entries and `next`; send it as `after` for what follows. There is no more when
        `next` is absent. A page may hold fewer entries than asked for, even none, and still have a `next`.

        **Changes** that answer an operation carry an `Idempotency-Key` of the caller's choice; sending the same request
        with the same key again is harmless and answers the same operation. `PUT`, `PATCH` and `DELETE` carry `If-Match`
        with the ETag that was read, or `If-None-Match: *` to create what had none: rules that nobody has written yet,
        too.

        **Problems** are `application/problem+json`. Programs go by `code`, which never changes; `errors` has an entry
        for each field or number in the way, with a way out. An unknown member of a body and an unknown parameter of a
        query are refused, never ignored. An address that the API does not have (404), and a verb that an address does
        not take (405), are answered by the host that the app runs in, with no such body.

        What is answered leaves out members that have no value, and may get new members: do not refuse those.
        """;

    public static string Write(IReadOnlyList<ApiFunction> functions, IReadOnlyList<Example> examples)
    {
        var comments = new XmlComments(typeof(TelephonyApp).Assembly, typeof(Number).Assembly);
        var schemas = new Schemas(comments);
        var operations = new Operations(schemas, comments, examples);
        schemas.Answered(typeof(ProblemBody));
        foreach (var body in functions.SelectMany(function => function.Answers).Select(answer => answer.Body))
            if (body is not null)
                schemas.Answered(body);

        var paths = new JsonObject();
        foreach (var path in functions.GroupBy(function => $"/{function.Route}"))
            paths[path.Key] = new JsonObject(path.Select(function => KeyValuePair.Create(
                function.Verb.ToLowerInvariant(), (JsonNode?)operations.Of(function, TagOf(function).Name))));

        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = Info(),
            ["servers"] = new JsonArray(new JsonObject
            {
                ["url"] = "/api", ["description"] = "The app that serves this description.",
            }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["tags"] = new JsonArray([.. functions.Select(TagOf).Distinct().Select(tag => new JsonObject
            {
                ["name"] = tag.Name, ["description"] = tag.Description,
            })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["bearer"] = Bearer() },
                ["parameters"] = Parameters.Components,
                ["headers"] = Headers.Components,
                ["responses"] = operations.SharedResponses,
                ["schemas"] = ProblemCodes(schemas.Components),
            },
        };
        return document.ToJsonString(Indented).Replace("\r\n", "\n", StringComparison.Ordinal) + "\n";
    }

    static JsonObject Info() => new()
    {
        ["title"] = "Telephony",
        ["version"] = "1.0.0",
        ["description"] = About,
        ["license"] = new JsonObject
        {
            ["name"] = "All rights reserved", ["identifier"] = "LicenseRef-All-Rights-Reserved",
        },
    };

    static JsonObject Bearer() => new()
    {
        ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT",
        ["description"] = "A token of the configured issuer, meant for this app.",
    };

    static JsonObject ProblemCodes(JsonObject schemas)
    {
        var all = ProblemCatalog.All.Keys;
        schemas["Problem"]!["properties"]!["code"]!["enum"] = new JsonArray([.. all.Select(code => (JsonNode)code)]);
        schemas["ProblemError"]!["properties"]!["code"]!["enum"] = new JsonArray(
            [.. all.Concat(ProblemCatalog.OfErrors).Distinct().Order(StringComparer.Ordinal)
                .Select(code => (JsonNode)code)]);
        return schemas;
    }

    static (string Name, string Description) TagOf(ApiFunction function)
    {
        var folder = function.Code.DeclaringType!.Namespace!.Split('.')[^1];
        return Tags.TryGetValue(folder, out var tag)
            ? tag
            : throw new InvalidOperationException($"Say in Document.Tags what the functions in {folder} are about.");
    }
}
