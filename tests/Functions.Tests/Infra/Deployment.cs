using System.Text.Json.Nodes;

namespace Telephony.Functions.Tests.Infra;

/// <summary>
/// What infra/bicep deploys to an environment, as the Bicep compiler predicts it: every name and value is worked out,
/// but for those that only Azure knows, which stay expressions in square brackets.
/// </summary>
sealed class Deployment(string text)
{
    readonly JsonArray resources = JsonNode.Parse(text)!["predictedResources"]!.AsArray();

    /// <summary>The compiler's answer, as it is.</summary>
    public string Text => text;

    /// <summary>All resources of a type: <c>Microsoft.Web/sites</c>.</summary>
    public IReadOnlyList<Resource> All(string type) =>
        [.. resources.Select(node => new Resource(node!.AsObject())).Where(resource => resource.Type == type)];

    public Resource Single(string type) => Assert.Single(All(type));

    /// <summary>The function app's settings, named as Azure has them: <c>Auth__Audience</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings() =>
        Single("Microsoft.Web/sites").Property("siteConfig.appSettings")!.AsArray().ToDictionary(
            setting => (string)setting!["name"]!, setting => (string)setting!["value"]!);
}

/// <param name="Node">The resource with its properties.</param>
sealed record Resource(JsonObject Node)
{
    public string Type => (string)Node["type"]!;

    /// <summary>The last part of its name: the queue's, not the namespace's.</summary>
    public string Name => ((string)Node["name"]!).Split('/')[^1];

    public string Id => (string)Node["id"]!;

    /// <summary>One of its properties: <c>siteConfig.minTlsVersion</c>; null when it is not set.</summary>
    public JsonNode? Property(string path) =>
        path.Split('.').Aggregate(Node["properties"], (node, name) => node?[name]);

    public T Get<T>(string path) =>
        Property(path) is { } value ? value.GetValue<T>() : throw new InvalidOperationException($"{Id} has no {path}.");
}
