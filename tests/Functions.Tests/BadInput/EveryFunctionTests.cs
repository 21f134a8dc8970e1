using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace Telephony.Functions.Tests.BadInput;

/// <summary>
/// Every HTTP function, found by reflection, at a site where things are, × what must not work: nothing changes, nothing
/// breaks.
/// </summary>
public sealed partial class EveryFunctionTests(World world) : IClassFixture<World>
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

    public static TheoryData<string, string> WithRoute =>
        [.. All.Where(f => f.Route.Contains('{')).Select(f => (f.Method, f.Route))];

    public static TheoryData<string, string> WithBody =>
        [.. All.Where(f => f.Method is "POST" or "PUT" or "PATCH").Select(f => (f.Method, f.Route))];

    static IEnumerable<(string Method, string Route, MethodInfo Code)> All =>
        from type in typeof(TelephonyApp).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.GetCustomAttribute<FunctionAttribute>() is not null
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger is not null
        from verb in trigger.Methods!
        select (verb.ToUpperInvariant(), trigger.Route!, method);

    [Fact]
    public void Every_function_that_takes_a_body_has_its_type_within_its_class() => Assert.All(
        All.Where(f => f.Method is "POST" or "PUT" or "PATCH"), function =>
            Assert.NotEmpty(MutatedBodies.Of(function.Code)));

    [Theory]
    [MemberData(nameof(WithBody))]
    public async Task A_body_that_is_wrong_in_one_place_is_a_problem_with_a_code(string method, string route)
    {
        var place = await world.PlaceAsync();
        var before = Tables();
        var tried = 0;
        foreach (var body in All.Where(f => f.Method == method && f.Route == route)
            .SelectMany(f => MutatedBodies.Of(f.Code)).SelectMany(MutatedBodies.Wrong))
        {
            var answer = await SendAsync(place, method, Path(place, route, null), body);
            Assert.True(answer.Status is >= 400 and < 500,
                $"{answer.Status} for {body[..Math.Min(body.Length, 200)]}: {answer.Body}");
            answer.IsProblem(answer.Status, answer.Code!);
            tried++;
        }

        Assert.InRange(tried, 9, 1_000);
        Assert.Equal(before, Tables());
    }

    [Theory]
    [MemberData(nameof(WithRoute))]
    public async Task A_path_with_a_trick_in_it_leads_nowhere(string method, string route)
    {
        var place = await world.PlaceAsync();
        var before = Tables();
        foreach (var name in Placeholder().Matches(route).Select(match => match.Groups["name"].Value))
        {
            foreach (var trick in PathTricks)
            {
                var answer = await SendAsync(place, method, Path(place, route, name, trick), "{}");
                // Dots are resolved by every server and client, and then the address is another, good one.
                Assert.True(
                    answer.Status is >= 400 and < 500
                        || (answer.Status == 200 && method == "GET" && (trick.Contains("..") || trick.Contains("%2e"))),
                    $"{answer.Status} for {name} = {trick[..Math.Min(trick.Length, 60)]}: {answer.Body}");
                if (answer is { Status: not 200, ContentType: not null })
                    answer.IsProblem(answer.Status, answer.Code!);
            }
        }

        Assert.Equal(before, Tables());
    }

    [Theory]
    [MemberData(nameof(WithRoute))]
    public async Task A_query_that_makes_no_sense_breaks_nothing(string method, string route)
    {
        var place = await world.PlaceAsync();
        var before = Tables();
        foreach (var query in new[] { "top=1&top=2", "top=%00", "after=%00", "after=" + new string('A', 4_000),
            "operator=%00", "operator=a&operator=b", "state=%F0%9F%98%80", "=&&==&", "%FF=%FF", "operator=nobody" })
        {
            var answer = await SendAsync(place, method, $"{Path(place, route, null).Split('?')[0]}?{query}", "{}");
            Assert.InRange(answer.Status, 200, 499);
        }

        Assert.Equal(before, Tables());
    }

    Task<Answer> SendAsync(Place place, string method, string path, string body) =>
        world.App.SendAsync(new(method), path, place.Platform, request =>
        {
            if (method is not "GET")
            {
                // A precondition that never holds: whatever the body passes as, nothing is written.
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                request.Headers.TryAddWithoutValidation("If-Match", "\"b2xk\"");
                request.Headers.TryAddWithoutValidation("Idempotency-Key", world.App.NewKey());
            }
        });

    /// <summary>The route with what is there in it, but for one name.</summary>
    static string Path(Place place, string route, string? name, string trick = "") =>
        Placeholder().Replace(route["v1/".Length..], match => match.Groups["name"].Value switch
        {
            var named when named == name => trick,
            "site" => place.Site,
            "account" => place.Tenant,
            "operator" => "acme",
            "number" => place.Number(1),
            "operation" => $"{place.Site}~{new string('a', 26)}",
            _ => "some-id",
        }) + (route.Contains("{site}") || route.Contains("{op") ? "" : "?operator=acme");

    IReadOnlyList<string> Tables() =>
        [.. world.App.Sites.Rows
            .Concat(world.App.Directory.Rows).Select(row => $"{row.PartitionKey} {row.RowKey} {row.ETag}")];

    [GeneratedRegex(@"\{(?<name>\w+)\}")]
    private static partial Regex Placeholder();
}
