using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Http;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Http;

namespace Telephony.Functions.Tests.Http;

public sealed class JsonTests
{
    const string Good = """{"site":"london","number":"+442079460000","role":"OperatorUser","count":3,"names":["a"]}""";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_is_read_with_its_value_types()
    {
        Assert.False((await ReadAsync(Good)).Refused(out _, out var body));
        Assert.Equal((Id<Site>.Parse("london"), E164.Parse("+442079460000")), (body.Site, body.Number));
        Assert.Equal((Role.OperatorUser, 3, null), (body.Role, body.Count, body.Note));
    }

    [Theory]
    [InlineData("", "bad-json", "$")]
    [InlineData("{", "bad-json", "$")]
    [InlineData("null", "bad-json", "$")]
    [InlineData("[]", "bad-json", "$")]
    [InlineData("42", "bad-json", "$")]
    [InlineData("{} {}", "bad-json", "$")]
    [InlineData("{}", "bad-json", "$")]
    [InlineData("""{"site":"london",}""", "bad-json", null)]
    [InlineData("""{/*hi*/"site":"london"}""", "bad-json", null)]
    [InlineData("""{"site":"London","number":"+442079460000","role":"Platform","count":3,"names":[]}""", "bad-json",
        "site")]
    [InlineData("""{"site":7,"number":"+442079460000","role":"Platform","count":3,"names":[]}""", "bad-json", "site")]
    [InlineData("""{"site":null,"number":"+442079460000","role":"Platform","count":3,"names":[]}""", "bad-json",
        "site")]
    [InlineData("""{"site":"london","number":"020 7946 0000","role":"Platform","count":3,"names":[]}""", "bad-json",
        "number")]
    [InlineData("""{"site":"london","number":"+442079460000","role":0,"count":3,"names":[]}""", "bad-json", "role")]
    [InlineData("""{"site":"london","number":"+442079460000","role":"0","count":3,"names":[]}""", "bad-json", "role")]
    [InlineData("""{"site":"london","number":"+442079460000","role":"platform","count":3,"names":[]}""", "bad-json",
        "role")]
    [InlineData("""{"site":"london","number":"+442079460000","role":"Platform, OperatorUser","count":3,"names":[]}""",
        "bad-json", "role")]
    [InlineData("""{"site":"london","number":"+442079460000","role":"Platform","count":"3","names":[]}""", "bad-json",
        "count")]
    [InlineData("""{"site":"london","number":"+442079460000","role":"Platform","count":99999999999,"names":[]}""",
        "bad-json", "count")]
    [InlineData("""{"site":"london","number":"+442079460000","role":"Platform","count":1.5,"names":[]}""", "bad-json",
        "count")]
    [InlineData("""{"site":"london","number":"+442079460000","role":"Platform","count":3,"names":["a",1]}""",
        "bad-json", "names[1]")]
    [InlineData("""{"site":"london","number":"+442079460000","role":"Platform","count":3,"names":null}""", "bad-json",
        "names")]
    [InlineData("""{"site":"london","number":"+442079460000","role":"Platform","count":3}""", "bad-json", "$")]
    [InlineData("""{"site":"london","site":"paris","number":"+442079460000","role":"Platform","count":3,"names":[]}""",
        "bad-json", null)]
    [InlineData("""{"site":"london","number":"+442079460000","role":"Platform","count":3,"names":[],"admin":true}""",
        "unknown-member", "admin")]
    [InlineData("""{"Site":"london","number":"+442079460000","role":"Platform","count":3,"names":[]}""",
        "unknown-member", "Site")]
    public async Task What_is_not_understood_is_refused_and_named(string json, string code, string? field)
    {
        Assert.True((await ReadAsync(json)).Refused(out var problem, out _));
        Assert.Equal((400, code), (problem.Status, problem.Code));
        if (field is not null)
            Assert.Equal(field, Assert.Single(problem.Errors).Field);
        Assert.DoesNotContain("Telephony", problem.Detail + string.Concat(problem.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", problem.Detail + string.Concat(problem.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_member_is_named()
    {
        Assert.True((await ReadAsync("""{"site":"london","role":"Platform","count":3}"""))
            .Refused(out var problem, out _));
        Assert.Contains("'number', 'names'", problem.Errors[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nesting_has_an_end()
    {
        Assert.True((await ReadAsync(new string('[', 5_000))).Refused(out var problem, out _));
        Assert.Equal("bad-json", problem.Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/json-seq")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Only_JSON_in_UTF8_is_read(string? contentType)
    {
        Assert.True((await Json.ReadAsync<Sample>(Request(Good, contentType), Ct)).Refused(out var problem, out _));
        Assert.Equal((415, "unsupported-media-type"), (problem.Status, problem.Code));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task A_body_may_be_as_long_as_the_limit_whether_its_length_is_said_or_not(int over, bool refused)
    {
        var json = Good.PadRight(Json.BodyBytesMax + over);
        foreach (var said in new[] { true, false })
        {
            var request = Request(json);
            request.ContentLength = said ? json.Length : null;
            Assert.Equal(refused, (await Json.ReadAsync<Sample>(request, Ct)).Refused(out var problem, out _));
            Assert.Equal(refused ? "body-too-large" : null, problem?.Code);
        }
    }

    [Fact]
    public async Task A_body_without_an_end_is_not_read_to_it()
    {
        var endless = new EndlessStream();
        var request = Request("");
        (request.Body, request.ContentLength) = (endless, null);

        Assert.True((await Json.ReadAsync<Sample>(request, Ct)).Refused(out var problem, out _));

        Assert.Equal(413, problem.Status);
        Assert.InRange(endless.BytesRead, Json.BodyBytesMax, Json.BodyBytesMax + 64 * 1024);
    }

    static Task<Checked<Sample>> ReadAsync(string json) => Json.ReadAsync<Sample>(Request(json), Ct);

    static HttpRequest Request(string body, string? contentType = "application/json") => new DefaultHttpContext
    {
        Request = { Body = new MemoryStream(Encoding.UTF8.GetBytes(body)), ContentType = contentType },
    }.Request;

    sealed record Sample(
        Id<Site> Site, E164 Number, Role Role, int Count, ImmutableArray<string> Names, string? Note = null);

    sealed class EndlessStream : MemoryStream
    {
        public int BytesRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            BytesRead += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
