using Telephony.Domain.Access;
using Telephony.Functions.Tests.Access;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>A parameter that is not described is refused everywhere, and the refusal names those that are.</summary>
public sealed class ParameterTests(TwoOperators world) : IClassFixture<TwoOperators>
{
    const string Numbers = "sites/own/numbers";

    [Theory]
    [InlineData(Numbers, "stat=Reserved", "stat")]
    [InlineData(Numbers, "State=Reserved", "State")]
    [InlineData(Numbers, "top=5&operator=ours", "operator")]
    [InlineData("accounts?operator=ours", "country=GB", "country")]
    [InlineData("sites/own", "top=1", "top")]
    [InlineData("health", "verbose=true", "verbose")]
    [InlineData("health", "=", "")]
    public async Task An_unknown_parameter_is_refused_by_name(string path, string query, string named)
    {
        var answer = await GetAsync($"{path}{(path.Contains('?') ? '&' : '?')}{query}");
        answer.IsProblem(400, "unknown-parameter");
        Assert.Equal(named, Assert.Single(answer.Fields));
    }

    [Fact]
    public async Task The_refusal_names_what_is_known() => Assert.Equal(
        "Leave it out, or send one of account, after, kind, role, state, top.",
        (string?)(await GetAsync($"{Numbers}?x=1")).Errors[0]["wayOut"]);

    [Theory]
    [InlineData(Numbers + "?top=5&state=Available&role=Direct&kind=Standard&account=tenant")]
    [InlineData("accounts?operator=ours&top=5")]
    [InlineData("accounts/tenant/numbers?operator=ours&state=Reserved")]
    public async Task What_is_described_is_taken(string path) => (await GetAsync(path)).Is(200);

    [Fact]
    public async Task Who_may_not_see_a_thing_does_not_learn_of_it_by_a_wrong_parameter() =>
        (await world.App.GetAsync("sites/foreign/numbers?x=1", world.Token(Role.OperatorAdmin)))
            .IsProblem(404, "not-found");

    Task<Answer> GetAsync(string path) => world.App.GetAsync(path, world.Token(Role.Platform));
}
