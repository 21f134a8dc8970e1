using Telephony.Functions.Http;

namespace Telephony.Functions.OpenApi;

/// <summary>
/// What an HTTP function does, in a few words. With the three below it says what the API's description cannot read from
/// the code; everything else there comes from the route, the demand, the types and their comments.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class SummaryAttribute(string text) : Attribute
{
    public string Text { get; } = text;

    /// <summary>A POST that only asks, such as a preview: it needs no Idempotency-Key.</summary>
    public bool ChangesNothing { get; init; }
}

/// <summary>The body that it reads; JSON unless said otherwise.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class TakesAttribute(Type body, params string[] mediaTypes) : Attribute
{
    public Type Body { get; } = body;

    public IReadOnlyList<string> MediaTypes { get; } = mediaTypes is [] ? ["application/json"] : mediaTypes;

    public int BytesMax { get; init; } = Json.BodyBytesMax;
}

/// <summary>An answer when all is well; JSON unless said otherwise, and for a list CSV as well.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
sealed class AnswersAttribute(int status, Type? body = null, params string[] mediaTypes) : Attribute
{
    public int Status { get; } = status;

    /// <summary>Null for an answer without a body.</summary>
    public Type? Body { get; } = body;

    public bool IsPage => Body is { IsGenericType: true } && Body.GetGenericTypeDefinition() == typeof(Page<>);

    public IReadOnlyList<string> MediaTypes =>
        mediaTypes is not [] ? mediaTypes : IsPage ? [Json.MediaType, Csv.MediaType] : [Json.MediaType];
}

/// <summary>
/// A parameter of the query, other than <c>top</c> and <c>after</c>, which every function has that answers a Page, and
/// <c>operator</c>, which follows from the route.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
sealed class QueryAttribute(string name, Type type, string meaning) : Attribute
{
    public string Name { get; } = name;

    /// <summary>An enum, an id, or a simple type of JSON.</summary>
    public Type Type { get; } = type;

    public string Meaning { get; } = meaning;
}

/// <summary>
/// The codes of problems that it can answer, beyond those that follow from its body, headers, parameters and demand.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class RefusesAttribute(params string[] codes) : Attribute
{
    public IReadOnlyList<string> Codes { get; } = codes;
}
