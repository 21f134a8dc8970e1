using System.Text;
using Microsoft.IdentityModel.Tokens;
using Telephony.Domain.Access;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Access;

/// <summary>Tokens as an attacker, or a mistaken client, sends them.</summary>
public sealed class TokenTests(TwoOperators world) : IClassFixture<TwoOperators>
{
    static readonly Dictionary<string, object> Claims = new()
    {
        ["sub"] = "ann", ["roles"] = new[] { nameof(Role.OperatorAdmin) }, ["operator"] = "ours",
    };

    TestApp App => world.App;

    DateTimeOffset Now => App.Clock.GetUtcNow();

    [Theory]
    [InlineData("as issued", 200)]
    [InlineData("just expired", 200)]
    [InlineData("expired", 401)]
    [InlineData("a little early", 200)]
    [InlineData("not valid yet", 401)]
    [InlineData("without an end", 401)]
    [InlineData("of another issuer", 401)]
    [InlineData("for another audience", 401)]
    [InlineData("for nobody", 401)]
    [InlineData("of another key with our key's name", 401)]
    [InlineData("of an unknown key", 401)]
    [InlineData("by another algorithm", 401)]
    [InlineData("unsigned", 401)]
    [InlineData("signed with the public key as a secret", 401)]
    [InlineData("with its signature cut off", 401)]
    [InlineData("changed", 401)]
    [InlineData("garbage", 401)]
    public async Task Only_a_live_token_of_our_issuer_for_us_lets_anybody_in(string token, int status)
    {
        var answer = await App.GetAsync("sites/own", Make(token));
        Assert.Equal(status, answer.Status);
        if (status == 401)
        {
            answer.IsProblem(401, "unauthenticated");
            Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers["WWW-Authenticate"]);
        }
    }

    [Theory]
    [InlineData("Basic YW5uOnNlY3JldA==")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("bearer a, bearer b")]
    public async Task Another_form_of_authorization_is_refused(string header) =>
        (await App.SendAsync(HttpMethod.Get, "sites/own", null, request =>
            request.Headers.TryAddWithoutValidation("Authorization", header))).IsProblem(401, "unauthenticated");

    [Fact]
    public async Task Two_tokens_are_refused_though_each_is_valid()
    {
        var token = Make("as issued");
        var answer = await App.SendAsync(HttpMethod.Get, "sites/own", null, request =>
            request.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {token}", $"Bearer {token}"]));
        answer.IsProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Forged_tokens_cannot_make_us_flood_the_issuer()
    {
        for (var i = 0; i < 20; i++)
            await App.GetAsync("sites/own", Make("of an unknown key"));
        Assert.InRange(App.Issuer.Discoveries, 1, 3);
    }

    [Theory]
    [InlineData("roles")]
    [InlineData("operator")]
    [InlineData("sub")]
    public async Task A_token_without_what_says_who_the_caller_is_lets_nobody_in(string claim)
    {
        var claims = new Dictionary<string, object>(Claims);
        claims.Remove(claim);
        (await App.GetAsync("sites/own", App.Issuer.Token(Now, claims))).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task The_platform_names_the_operator_where_the_route_does_not()
    {
        var platform = App.Token(Role.Platform);
        (await App.GetAsync("sites", platform)).IsProblem(400, "bad-parameter");
        (await App.GetAsync("sites?operator=ours&operator=theirs", platform)).IsProblem(400, "bad-parameter");
        (await App.GetAsync("sites?operator=none", platform)).IsProblem(404, "not-found");
        Assert.Equal(2, (await App.GetAsync("sites?operator=ours", platform)).Body["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Lists_hold_only_what_the_caller_sees()
    {
        foreach (var (role, sites, accounts) in new[]
        {
            (Role.OperatorAdmin, "other own", "elsewhere ours tenant"),
            (Role.OperatorUser, "own", "ours tenant"),
            (Role.OccupierAdmin, "own", "tenant"),
        })
        {
            Assert.Equal(sites, await IdsAsync("sites", role));
            Assert.Equal(accounts, await IdsAsync("accounts", role));
        }
    }

    [Fact]
    public async Task An_occupiers_user_reads_itself_and_no_colleague()
    {
        var token = world.Token(Role.OccupierUser);
        Assert.Equal("Ann", (string?)(await App.GetAsync("accounts/tenant/users/ann", token)).Body["name"]);
        (await App.GetAsync("accounts/tenant/users/bob", token)).IsProblem(404, "not-found");
    }

    async Task<string> IdsAsync(string list, Role role) => string.Join(
        ' ', (await App.GetAsync(list, world.Token(role))).Body["items"]!.AsArray()
            .Select(item => (string?)item!["id"]));

    string Make(string token)
    {
        var issuer = App.Issuer;
        var good = issuer.Token(Now, Claims);
        var parts = good.Split('.');
        return token switch
        {
            "as issued" => good,
            "just expired" => issuer.Token(Now, Claims, made => made.Expires = Now.AddSeconds(-29).UtcDateTime),
            "expired" => issuer.Token(Now, Claims, made =>
                (made.NotBefore, made.Expires) = (Now.AddHours(-1).UtcDateTime, Now.AddSeconds(-31).UtcDateTime)),
            "a little early" => issuer.Token(Now, Claims, made => made.NotBefore = Now.AddSeconds(29).UtcDateTime),
            "not valid yet" => issuer.Token(Now, Claims, made => made.NotBefore = Now.AddSeconds(31).UtcDateTime),
            "without an end" => issuer.Token(Now, Claims, made => made.Expires = null),
            "of another issuer" => issuer.Token(Now, Claims, made => made.Issuer = "https://issuer.example"),
            "for another audience" => issuer.Token(Now, Claims, made => made.Audience = "other"),
            "for nobody" => issuer.Token(Now, Claims, made => made.Audience = null),
            "of another key with our key's name" =>
                Signed(new RsaSecurityKey(TestIssuer.NewKey().Rsa) { KeyId = issuer.Key.KeyId }),
            "of an unknown key" => Signed(TestIssuer.NewKey()),
            "by another algorithm" => issuer.Token(Now, Claims, made =>
                made.SigningCredentials = new(issuer.Key, SecurityAlgorithms.RsaSha384)),
            "unsigned" => $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.",
            "signed with the public key as a secret" => issuer.Token(Now, Claims, made => made.SigningCredentials = new(
                new SymmetricSecurityKey(
                    Encoding.UTF8.GetBytes(issuer.Key.Rsa.ExportSubjectPublicKeyInfoPem())) { KeyId =
                    issuer.Key.KeyId },
                SecurityAlgorithms.HmacSha256)),
            "with its signature cut off" => $"{parts[0]}.{parts[1]}.",
            "changed" => $"{parts[0]}.{ForTheirs(parts[1])}.{parts[2]}",
            _ => "a.b.c",
        };

        string Signed(RsaSecurityKey key) =>
            issuer.Token(Now, Claims, made => made.SigningCredentials = new(key, SecurityAlgorithms.RsaSha256));
    }

    static string ForTheirs(string claims) => Base64UrlEncoder.Encode(
        Base64UrlEncoder.Decode(claims).Replace("ours", "theirs", StringComparison.Ordinal));
}
