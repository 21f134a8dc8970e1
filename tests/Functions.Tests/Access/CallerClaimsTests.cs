using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Telephony.Domain.Access;
using Telephony.Functions.Access;
using Telephony.Functions.Http;

namespace Telephony.Functions.Tests.Access;

public sealed class CallerClaimsTests
{
    [Theory]
    [InlineData("""{"sub":"ann","roles":["Platform"]}""", "ann Platform   all")]
    [InlineData("""{"sub":"ann","roles":"Platform","operator":"ours"}""", "ann Platform   all")]
    [InlineData("""{"oid":"0f-1","sub":"ANN","roles":["OperatorAdmin"],"operator":"ours"}""",
        "0f-1 OperatorAdmin ours  all")]
    [InlineData("""{"sub":"ann","roles":["OperatorAdmin"],"operator":"ours","sites":[]}""", "ann OperatorAdmin ours  ")]
    [InlineData("""{"sub":"ann","roles":["OperatorAdmin"],"operator":"ours","sites":["b","a"]}""",
        "ann OperatorAdmin ours  a,b")]
    [InlineData("""{"sub":"ann","roles":["OperatorUser"],"operator":"ours"}""", "ann OperatorUser ours  ")]
    [InlineData("""{"sub":"ann","roles":["OperatorUser"],"operator":"ours","sites":"a"}""", "ann OperatorUser ours  a")]
    [InlineData("""{"sub":"ann","roles":["OccupierAdmin"],"operator":"ours","account":"tenant","sites":["a"]}""",
        "ann OccupierAdmin ours tenant ")]
    [InlineData("""{"sub":"ann","roles":["Other.Role","OperatorAdmin"],"operator":"ours"}""",
        "ann OperatorAdmin ours  all")]
    public void Claims_make_a_caller(string claims, string expected)
    {
        Assert.False(Read(claims).Refused(out _, out var caller));
        var sites = caller.Sites is null ? "all" : string.Join(',', caller.Sites);
        Assert.Equal(expected, $"{caller.Id} {caller.Role} {caller.Operator} {caller.Account} {sites}");
    }

    [Theory]
    [InlineData("""{"roles":["Platform"]}""")]
    [InlineData("""{"sub":"Ann Smith","roles":["Platform"]}""")]
    [InlineData("""{"sub":"ann"}""")]
    [InlineData("""{"sub":"ann","roles":["platform"]}""")]
    [InlineData("""{"sub":"ann","roles":["0"]}""")]
    [InlineData("""{"sub":"ann","roles":["OperatorUser","OperatorAdmin"],"operator":"ours"}""")]
    [InlineData("""{"sub":"ann","roles":["OperatorAdmin"]}""")]
    [InlineData("""{"sub":"ann","roles":["OperatorAdmin"],"operator":"Ours"}""")]
    [InlineData("""{"sub":"ann","roles":["OperatorAdmin"],"operator":"ours","sites":["a","B"]}""")]
    [InlineData("""{"sub":"ann","roles":["OccupierUser"],"operator":"ours"}""")]
    [InlineData("""{"sub":"ann","roles":["OccupierAdmin"],"operator":"ours","account":"~"}""")]
    public void Claims_that_do_not_say_who_it_is_are_refused(string claims)
    {
        Assert.True(Read(claims).Refused(out var problem, out _));
        Assert.Equal(403, problem.Status);
    }

    [Theory]
    [InlineData("http://login.example/")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("not an address")]
    [InlineData("")]
    public void An_authority_that_others_could_answer_for_stops_the_start(string authority) =>
        Assert.Throws<InvalidOperationException>(() => Settings(authority, "telephony"));

    [Theory]
    [InlineData("https://login.example/tenant/v2.0")]
    [InlineData("http://127.0.0.1:7071/dev")]
    [InlineData("http://localhost:7071/dev")]
    public void An_authority_is_https_or_here(string authority)
    {
        Assert.Equal(new Uri(authority), Settings(authority, "telephony").Authority);
        Assert.Throws<InvalidOperationException>(() => Settings(authority, ""));
    }

    [Theory]
    [InlineData(typeof(Undemanding))]
    [InlineData(typeof(Undecided))]
    public void A_function_that_does_not_say_what_it_demands_stops_the_start(Type functions) =>
        Assert.Contains(
            functions.Name, Assert.Throws<InvalidOperationException>(() => DemandList.Of([functions])).Message,
            StringComparison.Ordinal);

    static Checked<Caller> Read(string claims) =>
        CallerClaims.Read(new JsonWebToken("{\"alg\":\"none\"}", claims), ["oid", "sub"]);

    static AuthSettings Settings(string authority, string audience) => AuthSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection([new("Auth:Authority", authority), new("Auth:Audience", audience)]).Build());

    static class Undemanding
    {
        [Function("Undemanding")]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => _ = request;
    }

    static class Undecided
    {
        [Function("Undecided"), Open, Demands(Permission.SeePool)]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => _ = request;
    }
}
