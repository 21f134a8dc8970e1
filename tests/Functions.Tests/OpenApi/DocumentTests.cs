using System.Text.Json.Nodes;
using Telephony.Testing;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>The description that is served says what the code does, with examples that were really sent.</summary>
public sealed class DocumentTests(PlayedExamples examples) : IClassFixture<PlayedExamples>
{
    const string Stale = $"is not what the code says: run {PlayedExamples.Command} and look at what changed.";

    static readonly string File = Path.Combine(Repository.Root, "src", "Functions", "OpenApi", "openapi.json");

    [Fact]
    public void Every_function_has_an_example()
    {
        var silent = ApiFunctions.All
            .Where(function => !examples.Sent.Any(example => example.Function == function.Name && example.Status < 300))
            .Select(function => function.Name);
        Assert.True(!silent.Any(), $"Add a request to {PlayedExamples.File} for {string.Join(", ", silent)}.");
    }

    [Fact]
    public void Examples_are_answered_as_they_say()
    {
        if (PlayedExamples.IsWriting)
            System.IO.File.WriteAllText(PlayedExamples.File, examples.Text);
        Assert.True(
            System.IO.File.ReadAllText(PlayedExamples.File) == examples.Text, $"{PlayedExamples.File} {Stale}");
    }

    [Fact]
    public void The_description_is_what_the_code_says()
    {
        var document = Document.Write(ApiFunctions.All, examples.Sent);
        if (PlayedExamples.IsWriting)
            System.IO.File.WriteAllText(File, document);
        Assert.True(System.IO.File.ReadAllText(File) == document, $"{File} {Stale}");
    }

    [Fact]
    public void Every_member_says_what_it_means()
    {
        var schemas = JsonNode.Parse(Document.Write(ApiFunctions.All, examples.Sent))!["components"]!["schemas"]!;
        var silent =
            from schema in schemas.AsObject()
            from member in schema.Value!["properties"]?.AsObject() ?? []
            where member.Value!["description"] is null && member.Value["$ref"] is null
            select $"{schema.Key}.{member.Key}";
        Assert.True(!silent.Any(), $"Give its type a comment, <param name=…>: {string.Join(", ", silent)}");
    }

    [Fact]
    public async Task It_is_served_to_anybody_and_once_only_to_who_has_it()
    {
        var answer = await examples.App.GetAsync("openapi.json", token: null);
        Assert.Equal((200, "application/json"), (answer.Status, answer.ContentType));
        Assert.Equal("3.1.0", (string?)answer.Body["openapi"]);

        var again = await examples.App.SendAsync(HttpMethod.Get, "openapi.json", token: null, request =>
            request.Headers.TryAddWithoutValidation("If-None-Match", answer.ETag));
        Assert.Equal(304, again.Status);
        Assert.Equal(answer.ETag, again.ETag);
    }
}
