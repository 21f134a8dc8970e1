using System.Text.Json.Nodes;

namespace Telephony.Functions.Tests;

/// <summary>What the app answered.</summary>
sealed record Answer(
    int Status, string? ContentType, string? ETag, IReadOnlyDictionary<string, string> Headers, JsonObject Body)
{
    /// <summary>The body as it came, byte order mark and all.</summary>
    public string Text { get; init; } = "";

    public string? Code => (string?)Body["code"];

    public string Id => (string)Body["id"]!;

    public IReadOnlyList<JsonNode> Items => [.. Body["items"]!.AsArray().Select(item => item!)];

    public IReadOnlyList<JsonNode> Errors => [.. Body["errors"]!.AsArray().Select(error => error!)];

    public Answer Is(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Body}");
        return this;
    }

    /// <summary>The fields that the problem's errors name.</summary>
    public IEnumerable<string?> Fields => Body["errors"]!.AsArray().Select(error => (string?)error!["field"]);

    /// <summary>It is a problem as all problems are: with a code, words, and something to find it by.</summary>
    public void IsProblem(int status, string code)
    {
        Assert.True((status, code) == (Status, Code), $"Expected {status} {code}, got {Status}: {Body}");
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(($"/problems/{code}", status), ((string?)Body["type"], (int?)Body["status"]));
        Assert.All(["title", "detail", "correlationId"], member => Assert.NotEmpty((string?)Body[member] ?? ""));
        Assert.Equal((string?)Body["correlationId"], Headers["X-Correlation-Id"]);
    }
}
