using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Telephony.Domain.Access;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>A request that was sent to the app as it stands here, and what the app answered.</summary>
/// <param name="Function">Which function it is for.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="As">Who sends it: a persona, or nobody, who has no token.</param>
/// <param name="Path">
/// Below <c>v1/</c>. Here and in the headers <c>{PostImport.id}</c> is the id that the last example of that function
/// was answered, and <c>{GetRules.etag}</c> its ETag.
/// </param>
/// <param name="Status">What was answered.</param>
/// <param name="Headers">Those that the function needs.</param>
/// <param name="Body">What was sent.</param>
/// <param name="Answer">What was answered; written by <c>tools/openapi/write</c>.</param>
sealed partial record Example(
    string Function,
    string Title,
    string As,
    string Path,
    int Status,
    Dictionary<string, string>? Headers = null,
    JsonNode? Body = null,
    JsonNode? Answer = null)
{
    /// <summary>Its name in the description.</summary>
    [JsonIgnore]
    public string Key => NotWord().Replace(Title.ToLowerInvariant(), "-").Trim('-');

    [JsonIgnore]
    public ApiFunction Api => ApiFunctions.All.Single(function => function.Name == Function);

    /// <summary>With its question mark; empty when there is none.</summary>
    [JsonIgnore]
    public string Query => Path.Contains('?') ? Path[Path.IndexOf('?')..] : "";

    public bool Is(ApiOperation operation) => XmlComments.Camel(Function) == operation.Id;

    public string? Token(TestApp app) => As switch
    {
        "nobody" => null,
        "paula" => app.Token(Role.Platform, user: "paula"),
        "olivia" => app.Token(Role.OperatorAdmin, "harbour", user: "olivia"),
        "ada" => app.Token(Role.OccupierAdmin, "harbour", "acme", user: "ada"),
        _ => throw new InvalidOperationException($"Say in Example.Token who {As} is."),
    };

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotWord();
}
