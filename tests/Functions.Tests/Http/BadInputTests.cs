using System.Reflection;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Tests.Access;

namespace Telephony.Functions.Tests.Http;

/// <summary>
/// Every HTTP function that takes a body × bodies that it cannot take: a problem, never a fault, nothing changed.
/// </summary>
public sealed class BadInputTests(TwoOperators world) : IClassFixture<TwoOperators>
{
    static readonly string[] Bodies =
    [
        "", "null", "[]", "42", "\"text\"", "{", "{}", "{}{}", "\u0000", "\uFEFF{", "{\"a\":1}", "{\"name\":null}",
            "{\"name\":[]}",
        "{\"name\":\"\\ud800\",\"sites\":[]}", "{\"name\":\"x\",\"sites\":{}}",
            "{\"name\":\"x\",\"name\":\"y\",\"sites\":[]}",
        "{\"quantity\":1e400,\"code\":\"voice\"}", "{\"quantity\":-1,\"code\":\"voice\"}",
            "{\"account\":\"tenant\",\"from\":\"x\",\"to\":\"y\"}",
        "{\"$type\":\"System.Object\"}", "{\"__proto__\":{}}", new('[', 100_000), new('9', 100_000),
    ];

    public static TheoryData<string, string> Functions =>
    [
        .. from type in typeof(TelephonyApp).Assembly.GetTypes()
           from method in type.GetMethods()
           where method.GetCustomAttribute<FunctionAttribute>() is not null
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null
           from verb in trigger.Methods!
           where verb is "put" or "post" or "patch"
           select (verb.ToUpperInvariant(), trigger.Route!),
    ];

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task A_body_that_cannot_be_taken_is_a_problem_with_a_code_and_changes_nothing(
        string method, string route)
    {
        var before = world.App.Directory.Rows.Select(row => row.ETag).ToList();
        foreach (var body in Bodies)
        {
            var answer = await SendAsync(method, route, new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.True(answer.Status is >= 400 and < 500, $"{answer.Status} for {body[..Math.Min(body.Length, 60)]}");
            answer.IsProblem(answer.Status, answer.Code!);
        }

        Assert.Equal(before, world.App.Directory.Rows.Select(row => row.ETag));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task A_huge_body_is_turned_away(string method, string route)
    {
        // An import may be larger than the rest; this is too large for everything.
        using var body = new StringContent(new string(' ', 20 * Json.BodyBytesMax), Encoding.UTF8, "application/json");
        (await SendAsync(method, route, body)).IsProblem(413, "body-too-large");
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task A_body_of_another_type_is_turned_away(string method, string route) =>
        (await SendAsync(method, route, new StringContent("<a/>", Encoding.UTF8, "application/xml")))
            .IsProblem(415, "unsupported-media-type");

    Task<Answer> SendAsync(string method, string route, StringContent body)
    {
        var path = route["v1/".Length..]
            .Replace("{site}", "own", StringComparison.Ordinal)
            .Replace("{account}", "tenant", StringComparison.Ordinal)
            .Replace("{operator}", "ours", StringComparison.Ordinal)
            .Replace("{user}", "ann", StringComparison.Ordinal)
            .Replace("{service}", "voice", StringComparison.Ordinal);
        if (!route.Contains("{site}") && !route.Contains("{operator}"))
            path += "?operator=ours";
        return world.App.SendAsync(new(method), path, world.Token(Role.Platform), request =>
        {
            request.Content = body;
            request.Headers.TryAddWithoutValidation("If-None-Match", "*");
            request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString());
        });
    }
}
