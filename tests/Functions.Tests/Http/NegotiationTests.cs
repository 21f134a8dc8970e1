using Telephony.Functions.Http;

namespace Telephony.Functions.Tests.Http;

/// <summary>Accept as RFC 9110 says it.</summary>
public sealed class NegotiationTests
{
    [Theory]
    [InlineData("", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("APPLICATION/JSON", "application/json")]
    [InlineData("text/csv", "text/csv")]
    [InlineData("text/*", "text/csv")]
    [InlineData("text/csv; charset=UTF-8", "text/csv")]
    [InlineData("text/html, text/csv", "text/csv")]
    [InlineData("text/csv, application/json", "application/json")]
    [InlineData("text/csv, application/json;q=0.9", "text/csv")]
    [InlineData("text/csv;q=0.2, */*;q=0.1", "text/csv")]
    [InlineData("text/csv;q=0.2, */*;q=0.3", "application/json")]
    [InlineData("text/*;q=0.9, text/csv;q=0.1, application/json;q=0.5", "application/json")]
    [InlineData("*/*, application/json;q=0", "text/csv")]
    [InlineData("application/json;q=0, text/csv;q=0.001", "text/csv")]
    [InlineData("text/csv;q=0", null)]
    [InlineData("text/csv;q=0, application/xml", null)]
    [InlineData("text/csv; charset=utf-16", null)]
    [InlineData("text/html", null)]
    [InlineData("*/*;q=0", null)]
    [InlineData("csv", null)]
    public void The_caller_gets_what_it_likes_best_of_what_there_is(string accept, string? type) => Assert.Equal(
        type, Negotiation.Preferred(accept, Json.ContentType, Csv.ContentType)?.MediaType.Value);
}
