using Azure;
using Microsoft.AspNetCore.Http;
using Telephony.Functions.Http;

namespace Telephony.Functions.Tests.Http;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    [InlineData("!#$%&'*+-.^_`|~()<>@,;:\"/[]?={}")]
    public void An_idempotency_key_is_printable_ASCII(string key)
    {
        Assert.False(IdempotencyKey.Of(With(IdempotencyKey.Header, key)).Refused(out _, out var read));
        Assert.Equal(key, read.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a\tb")]
    public void Another_idempotency_key_is_refused(string key) =>
        Refused(IdempotencyKey.Of(With(IdempotencyKey.Header, key)), 400, "bad-idempotency-key");

    [Fact]
    public void An_idempotency_key_has_at_most_200_characters_and_there_is_one()
    {
        Assert.False(IdempotencyKey.Of(With(IdempotencyKey.Header, new string('k', 200))).Refused(out _, out _));
        Refused(IdempotencyKey.Of(With(IdempotencyKey.Header, new string('k', 201))), 400, "bad-idempotency-key");
        Refused(IdempotencyKey.Of(With(IdempotencyKey.Header, "a", "a")), 400, "bad-idempotency-key");
        Refused(IdempotencyKey.Of(With("Other", "a")), 400, "missing-idempotency-key");
    }

    [Theory]
    [InlineData("W/\"datetime'2026-03-02T09%3A00%3A00.1234567Z'\"")]
    [InlineData("W/\"1\"")]
    public void A_version_goes_out_as_a_strong_tag_and_comes_back_as_it_was(string stored)
    {
        var tag = EntityTag.Of(new(stored));
        Assert.False(Precondition.Of(With("If-Match", tag)).Refused(out _, out var precondition));
        Assert.Equal(new ETag(stored), Assert.IsType<Precondition.Match>(precondition).Version);
        Assert.True(precondition.HoldsFor(new ETag(stored)));
        Assert.False(precondition.HoldsFor(new ETag("W/\"2\"")));
        Assert.False(precondition.HoldsFor(null));
    }

    [Fact]
    public void Creating_holds_for_nothing_that_is_there()
    {
        Assert.False(Precondition.Of(With("If-None-Match", "*")).Refused(out _, out var precondition));
        Assert.True(precondition.HoldsFor(null));
        Assert.False(precondition.HoldsFor(new ETag("W/\"1\"")));
    }

    [Fact]
    public void A_precondition_is_one_of_the_two()
    {
        Refused(Precondition.Of(With("Other", "*")), 428, "precondition-required");
        Refused(Precondition.Of(With("If-None-Match", "\"YQ\"")), 400, "bad-precondition");
        Refused(Precondition.Of(With("If-Match", "\"YQ\"", "\"YQ\"")), 400, "bad-precondition");
        // "Kg" is "*" in base64: storage would take it for any version.
        Refused(Precondition.Of(With("If-Match", "\"Kg\"")), 400, "bad-precondition");
        Refused(Precondition.Of(With("If-Match", "\"YR\"")), 400, "bad-precondition");
        var both = With("If-Match", "\"YQ\"");
        both.Headers.IfNoneMatch = "*";
        Refused(Precondition.Of(both), 400, "bad-precondition");
    }

    [Theory]
    [InlineData("abc-123_X.y", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a\nb", false)]
    [InlineData("<script>", false)]
    public void A_correlation_id_is_taken_when_it_is_safe_to_write_down(string id, bool taken) =>
        Assert.Equal(taken, CorrelationId.Accept(With(CorrelationId.Header, id)).Value == id);

    [Fact]
    public void A_correlation_id_that_is_not_taken_is_replaced()
    {
        var (one, two) =
            (CorrelationId.Accept(With("Other", "a")),
            CorrelationId.Accept(With(CorrelationId.Header, new string('a', 65))));
        Assert.NotEqual(one, two);
        Assert.All([one, two], id => Assert.Matches("^[0-9a-f]{32}$", id.Value));
    }

    static void Refused<T>(Checked<T> read, int status, string code)
    {
        Assert.True(read.Refused(out var problem, out _));
        Assert.Equal((status, code), (problem.Status, problem.Code));
    }

    static HttpRequest With(string header, params string[] values)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[header] = values;
        return request;
    }
}
