using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Functions.Access;

namespace Telephony.Functions.Tests.Access;

/// <summary>
/// Every HTTP function × every role × own, other and foreign things, found by reflection: a new one is in at once.
/// </summary>
public sealed partial class EveryFunctionTests(TwoOperators world) : IClassFixture<TwoOperators>
{
    // By hand, as people read it: what y, a (own account), n (own numbers), o (own operations), s (itself),
    // p (policy, off) and - mean is in Expect.
    static readonly Dictionary<Permission, string> Table = new()
    {
        [Permission.ReadDirectory] = "yyyas",
        [Permission.ManageSitesAndOperators] = "y----",
        [Permission.Provision] = "y----",
        [Permission.ManageAccountsAndUsers] = "yy---",
        [Permission.SeePool] = "yyy--",
        [Permission.ReadRules] = "yyy--",
        [Permission.EditRules] = "yp---",
        [Permission.EditPlatformRules] = "y----",
        [Permission.SeeAccountNumbers] = "yyyan",
        [Permission.Allocate] = "yyp--",
        [Permission.AssignVoiceService] = "yyp--",
        [Permission.SteerOperations] = "yyy--",
        [Permission.SeeMain] = "yyya-",
        [Permission.ConfigureMain] = "yyp--",
        [Permission.ActivateMain] = "pp---",
        [Permission.ActivateDirect] = "yyp--",
        [Permission.SeeOperations] = "yyyao",
        [Permission.Nominate] = "yp---",
        [Permission.DeadLetters] = "y----",
        [Permission.RequestNumbers] = "yyp--",
        [Permission.AnswerTasks] = "y----",
        [Permission.Audit] = "yyy--",
        [Permission.SeeHistory] = "yyya-",
        [Permission.Assign] = "yyyp-",
        [Permission.EditSettings] = "yyypp",
        [Permission.EditEmergency] = "yyy--",
        [Permission.ManageNetwork] = "yyp--",
    };

    public static TheoryData<string, string> Functions =>
        [.. HttpFunctions().Select(function => (function.Method, function.Route))];

    [Fact]
    public void Every_function_demands_what_is_listed_here() => Assert.Equal(
        Demanded.Select(line => $"{line.Key} {line.Value}").Order(StringComparer.Ordinal),
        HttpFunctions().Select(function => $"{function.Method} {function.Route} {function.Permission}")
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task Nobody_gets_in_without_a_token(string method, string route)
    {
        var answer = await world.App.SendAsync(new(method), Path(route, "own", "tenant", "ours"), token: null);
        if (Demanded[$"{method} {route}"] is null)
            Assert.Equal(200, answer.Status);
        else
            answer.IsProblem(401, "unauthenticated");
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task With_its_own_things_each_role_may_do_what_the_table_says(string method, string route)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var answer =
                await world.App.SendAsync(new(method), Path(route, "own", "tenant", "ours"), world.Token(role));
            Expect(answer, Demanded[$"{method} {route}"], role, route);
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task What_is_at_another_site_of_the_operator_is_there_for_its_admins_only(string method, string route)
    {
        if (!route.Contains("{site}", StringComparison.Ordinal)
            && !route.Contains("{account}", StringComparison.Ordinal)
            && !route.Contains("{operation}", StringComparison.Ordinal))
            return;

        foreach (var role in Enum.GetValues<Role>())
        {
            var answer =
                await world.App.SendAsync(new(method), Path(route, "other", "elsewhere", "ours"), world.Token(role));
            if (role is Role.Platform or Role.OperatorAdmin)
                Expect(answer, Demanded[$"{method} {route}"], role, route);
            else
                answer.IsProblem(404, "not-found");
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task What_is_another_operators_is_not_there(string method, string route)
    {
        if (Demanded[$"{method} {route}"] is null)
            return;

        var before = world.App.Directory.Rows.Select(row => row.ETag).ToList();
        foreach (var role in Enum.GetValues<Role>().Where(role => role is not Role.Platform))
        {
            var answer =
                await world.App.SendAsync(new(method), Path(route, "foreign", "tenant", "theirs"), world.Token(role));
            answer.IsProblem(404, "not-found");
        }

        Assert.Equal(before, world.App.Directory.Rows.Select(row => row.ETag));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task What_is_nowhere_is_refused_as_what_is_hidden_is(string method, string route)
    {
        if (!Placeholder().IsMatch(route))
            return;

        var hidden =
            await world.App.SendAsync(
            new(method), Path(route, "foreign", "tenant", "theirs"), world.Token(Role.OperatorUser));
        var nowhere =
            await world.App.SendAsync(
            new(method), Path(route, "nowhere", "nobody", "none"), world.Token(Role.OperatorUser));

        nowhere.IsProblem(404, "not-found");
        Assert.Equal((string?)hidden.Body["detail"], (string?)nowhere.Body["detail"]);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task Path_tricks_lead_nowhere(string method, string route)
    {
        if (!Placeholder().IsMatch(route))
            return;

        foreach (var trick in new[] { "..%2Fforeign", "own%00", "OWN", "own~", "%7Esites", "own%20",
            "own%2F..%2Fforeign", "-own", new string('a', 41) })
        {
            var answer =
                await world.App.SendAsync(
                new(method), Path(route, trick, trick, trick), world.Token(Role.OperatorAdmin));
            Assert.InRange(answer.Status, 400, 404);
            Assert.NotEqual(401, answer.Status);
        }
    }

    static void Expect(Answer answer, Permission? permission, Role role, string route)
    {
        var allowed = permission is not { } demanded || Table[demanded][(int)role] switch
        {
            'y' or 'a' or 'n' or 'o' => true,
            's' => route.Contains("{user}", StringComparison.Ordinal),
            _ => false,
        };
        if (!allowed)
        {
            answer.IsProblem(403, "forbidden");
            return;
        }

        Assert.True(answer.Status is not (401 or 403) and < 500, $"{role}: {answer.Status} {answer.Body}");
    }

    static string Path(string route, string site, string account, string owner) =>
        Placeholder().Replace(route["v1/".Length..], match => match.Groups["name"].Value switch
        {
            "site" => site,
            "account" => account,
            "operator" => owner,
            "user" => "ann",
            "operation" => $"{site}~{new string('a', 26)}",
            "number" => "%2B442079460000",
            _ => "some-id",
        }) + (route.Contains("{site}") || route.Contains("{op") || route is "v1/health" or "v1/openapi.json"
            ? ""
            : $"?operator={owner}");

    static IEnumerable<(string Method, string Route, Permission? Permission)> HttpFunctions() =>
        from type in typeof(TelephonyApp).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.GetCustomAttribute<FunctionAttribute>() is not null
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger is not null
        from verb in trigger.Methods!
        select (verb.ToUpperInvariant(), trigger.Route!, method.GetCustomAttribute<DemandsAttribute>()?.Permission);

    [GeneratedRegex(@"\{(?<name>\w+)\}")]
    private static partial Regex Placeholder();
}
