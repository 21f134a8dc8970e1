using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Telephony.Functions.Places;
using Telephony.Functions.Tests.OpenApi;

namespace Telephony.Functions.Tests.BadInput;

/// <summary>
/// Every operation of the API's description, with an example that the app took, × what must not work: always a problem
/// with a code that is described (<see cref="TestApp.SendAsync"/> looks), never a fault, nothing changed.
/// </summary>
public sealed partial class EveryOperationTests(PlayedExamples examples) : IClassFixture<PlayedExamples>
{
    static readonly string[] PathTricks =
    [
        "..", "%2e%2e", "..%2f..%2fhealth", "a%2Fb", "a%5Cb", "a~b", "~", "%7C", "a|b", "%00", "a%0Ab", "%20", "%C3%A9",
        "%F0%9F%98%80",
        "%ED%A0%80", "%FF", "'%20or%201%20eq%201", "*", "%3F", "%23", "%25", "%2B", "=", ";x=1", "UPPER", "-a",
        new('a', 41), new('a', 6_000),
        "site-1~" + new string('a', 26), "site-1~" + new string('A', 26), "site-1~" + new string('a', 26) + "~take",
        "{site}", "$metadata",
    ];

    static readonly string[] Queries =
    [
        "unknown=1", "$filter=true", "=", "=&&==&", "%00=1", "%FF=%FF", "a%0Ab=1", new string('a', 2_000) + "=1",
        "top[]=1", "TOP=1&Top=2",
    ];

    /// <summary>Parameters that may be any line of text.</summary>
    static readonly string[] FreeTexts = ["floor"];

    /// <summary>It takes what is good of a body, and names the rest with where it stands.</summary>
    const string Sorting = nameof(PostPlaceImport);

    public static TheoryData<string> All => [.. ApiDescription.Operations.Select(operation => operation.Id)];

    public static TheoryData<string> WithBody =>
        [.. ApiDescription.Operations.Where(operation => operation.Body is not null).Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(WithBody))]
    public async Task A_body_that_breaks_its_schema_in_one_place_is_a_problem(string id)
    {
        var operation = ApiDescription.Operation(id);
        var tried = 0;
        var before = Rows();
        foreach (var example in examples.Sent.Where(one => one.Status < 300 && one.Is(operation)))
        {
            var (path, good) = example.Function is Sorting
                ? ($"{example.Path}?dryRun=true", await ErrorsAsync(example))
                : (null, "");
            foreach (var body in MutatedBodies.Wrong(example.Body!.AsObject(), operation.Body!))
            {
                // Before anything is looked up: what is wrong with a body is wrong everywhere.
                var answer = await SendAsync(example, path, body);
                Assert.True(
                    answer.Status == 400 || (path is not null && answer.Is(200).Body["errors"]!.ToJsonString() != good),
                    $"{answer.Status} {answer.Code} for {Shown(body)}: {answer.Body}");
                tried++;
            }
        }

        // A body without members can be wrong in fewer ways.
        Assert.InRange(tried, operation.Body!["properties"] is JsonObject { Count: > 0 } ? 30 : 15, 2_000);
        Assert.Equal(before, Rows());
    }

    [Theory]
    [MemberData(nameof(WithBody))]
    public async Task A_body_that_is_too_large_or_of_another_type_or_no_text_is_a_problem(string id)
    {
        var (operation, example, before) = (ApiDescription.Operation(id), Example(id), Rows());
        var taken = operation.Node["requestBody"]!["content"]!.AsObject().Select(type => type.Key).ToList();
        var body = example.Body!.ToJsonString();

        (await SendAsync(example, body: new string(' ', example.Api.Takes!.BytesMax) + body))
            .IsProblem(413, "body-too-large");
        foreach (var type in new[] { "application/xml", "text/plain", "text/csv", "multipart/form-data" }.Except(taken))
            (await SendAsync(example, body: body, type: type)).IsProblem(415, "unsupported-media-type");
        (await SendAsync(example, body: body, type: "application/json; charset=utf-16"))
            .IsProblem(415, "unsupported-media-type");
        (await SendAsync(example, change: request => request.Content = new ByteArrayContent("{}"u8.ToArray())))
            .IsProblem(415, "unsupported-media-type");
        (await SendAsync(example, change: request =>
        {
            request.Content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(body[..^2]), 0xFF, 0xC0, .. "\"}"u8]);
            request.Content.Headers.ContentType = new("application/json");
        })).IsProblem(400, "bad-json");
        Assert.Equal(before, Rows());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_path_with_a_trick_in_it_leads_nowhere(string id)
    {
        var (operation, example, before) = (ApiDescription.Operation(id), Example(id), Rows());
        var (names, parts) = (operation.Path.Split('/'), example.Path.Split('?')[0].Split('/'));
        foreach (var at in Enumerable.Range(0, names.Length).Where(i => names[i].StartsWith('{')))
        {
            foreach (var trick in PathTricks)
            {
                var path = string.Join('/', parts.Select((part, i) => i == at ? trick : part));
                var answer = await SendAsync(example, path: path + example.Query);
                // Dots are resolved by every server and client, and then the address is another, good one.
                Assert.True(
                    answer.Status is >= 400 and < 500
                        || (answer.Status == 200 && operation.Verb == "GET" && Dots().IsMatch(trick)),
                    $"{answer.Status} for {names[at]} = {Shown(trick)}: {answer.Body}");
            }
        }

        Assert.Equal(before, Rows());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_query_that_is_not_described_is_a_problem(string id)
    {
        var (operation, example, before) = (ApiDescription.Operation(id), Example(id), Rows());
        var path = example.Path.Split('?')[0];
        var wrong = operation.Parameters("query").SelectMany(parameter => WrongQueries(
            (string)parameter["name"]!, ApiDescription.Resolve(parameter["schema"])!));
        foreach (var query in Queries.Concat(wrong))
        {
            var answer = await SendAsync(example, path: $"{path}?{query}");
            Assert.True(answer.Status == 400, $"{answer.Status} {answer.Code} for {Shown(query)}");
        }

        Assert.Equal(before, Rows());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_header_that_is_missing_or_not_of_its_form_is_a_problem(string id)
    {
        var (operation, example, before) = (ApiDescription.Operation(id), Example(id), Rows());
        foreach (var name in example.Headers?.Keys.ToArray() ?? [])
        {
            var missing = await SendAsync(example, change: request => request.Headers.Remove(name));
            missing.IsProblem(
                name is "Idempotency-Key" ? 400 : 428,
                name is "Idempotency-Key" ? "missing-idempotency-key" : "precondition-required");
            string[] wrongs = name is "Idempotency-Key"
                ? ["", "a b", new('a', 201)]
                : ["", "a b", "x", new('a', 201), "W/\"x\"", "\"*\"", "\"Kg\"", "x, y"];
            foreach (var wrong in wrongs)
            {
                var answer = await SendAsync(example, change: request =>
                {
                    request.Headers.Remove(name);
                    request.Headers.TryAddWithoutValidation(name, wrong);
                });
                Assert.True(answer.Status is 400 or 428, $"{answer.Status} for {name}: {Shown(wrong)}");
            }
        }

        Assert.Equal(
            operation.Parameters("header").Count(header => (string?)header["name"] is "Idempotency-Key" or "If-Match"),
            example.Headers?.Count ?? 0);
        Assert.Equal(before, Rows());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_token_that_is_not_good_lets_nobody_in(string id)
    {
        var (operation, example, before) = (ApiDescription.Operation(id), Example(id), Rows());
        var claims = new Dictionary<string, object> { ["sub"] = "paula", ["roles"] = new[] { "Platform" } };
        var now = examples.App.Clock.GetUtcNow();
        foreach (var token in new[]
        {
            "", "garbage", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJwYXVsYSIsInJvbGVzIjpbIlBsYXRmb3JtIl19.",
            examples.App.Issuer.Token(now.AddDays(-1), claims),
            examples.App.Issuer.Token(now, claims, token => token.Issuer = "https://issuer.example"),
            examples.App.Issuer.Token(now, claims, token => token.Audience = "another"),
        })
        {
            var answer = await SendAsync(example, token: token);
            if (!operation.IsOpen)
                answer.IsProblem(401, "unauthenticated");
            else
                Assert.InRange(answer.Status, 200, 304);
        }

        Assert.Equal(before, Rows());
    }

    async Task<string> ErrorsAsync(Example example) =>
        (await SendAsync(example, $"{example.Path}?dryRun=true")).Is(200).Body["errors"]!.ToJsonString();

    static IEnumerable<string> WrongQueries(string name, JsonNode schema)
    {
        IEnumerable<string> values = (string?)schema["type"] is "integer"
            ? ["0", "-1", "+1", "1.0", "1e2", "", "x", "1001", "99999999999999999999", "%00", "%31%20", "%D9%A1"]
            : schema["enum"] is JsonArray known
                ? ["", "x", "0", $"{known[0]},{known[1]}", $"{known[0]}".ToLowerInvariant(), "%F0%9F%98%80", "%00"]
                : (string?)schema["pattern"] is null && FreeTexts.Contains(name)
                    ? ["", "%00", new string('A', 4_000)]
                : ["", "A%20b", "%00", "a|b", "%FF", "%C3%A9", new string('A', 4_000)];
        return values.Append($"1&{name}=1").Select(value => $"{name}={value}");
    }

    async Task<Answer> SendAsync(
        Example example, string? path = null, string? body = null, string type = "application/json",
        string? token = null, Action<HttpRequestMessage>? change = null)
    {
        var answer = await examples.App.SendAsync(
            new(example.Api.Verb), path ?? example.Path, token ?? example.Token(examples.App), request =>
            {
                if ((body ?? example.Body?.ToJsonString()) is { } text)
                {
                    request.Content = new StringContent(text, Encoding.UTF8);
                    request.Content.Headers.Remove("Content-Type");
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                }

                foreach (var (name, value) in example.Headers ?? [])
                    request.Headers.TryAddWithoutValidation(
                        name, name is "Idempotency-Key" ? examples.App.NewKey() : value);
                change?.Invoke(request);
            });
        if (answer is { Status: >= 400, ContentType: not null })
            answer.IsProblem(answer.Status, answer.Code!);
        return answer;
    }

    Example Example(string id) =>
        examples.Sent.First(example => example.Status < 300 && example.Is(ApiDescription.Operation(id)));

    IReadOnlyList<string> Rows() =>
        [.. examples.App.Sites.Rows.Concat(examples.App.Directory.Rows)
            .Select(row => $"{row.PartitionKey} {row.RowKey} {row.ETag}")];

    static string Shown(string text) => text.Length > 200 ? text[..200] + "…" : text;

    [GeneratedRegex(@"\.\.|%2e")]
    private static partial Regex Dots();
}
