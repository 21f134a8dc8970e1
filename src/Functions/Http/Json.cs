using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Http;

/// <summary>JSON as we read and write it: what is not understood is refused, never guessed or ignored.</summary>
static partial class Json
{
    public const string MediaType = "application/json";

    /// <summary>As Results.Json says it.</summary>
    public static readonly MediaTypeHeaderValue ContentType = new(MediaType) { Charset = "utf-8" };

    public const int BodyBytesMax = 1024 * 1024;

    const int ChunkBytes = 16 * 1024;

    public static readonly JsonSerializerOptions Options = Create();

    /// <summary>The body as a <typeparamref name="T"/>, or the problem that names what is wrong with it.</summary>
    public static async Task<Checked<T>> ReadAsync<T>(
        HttpRequest request, CancellationToken ct, int bytesMax = BodyBytesMax)
        where T : class => (await ReadPatchAsync<T>(request, ct, bytesMax)).Refused(out var problem, out var read)
            ? problem
            : read.Body;

    /// <summary>The same, with the text of it: a member that is null says something else than one that is absent.
    /// </summary>
    public static async Task<Checked<(T Body, ReadOnlyMemory<byte> Text)>> ReadPatchAsync<T>(
        HttpRequest request, CancellationToken ct, int bytesMax = BodyBytesMax)
        where T : class
    {
        if (!Negotiation.IsUtf8(request.ContentType, MediaType))
            return Problems.UnsupportedMediaType(request.ContentType, MediaType);

        if (await BufferAsync(request, bytesMax, ct) is not { } body)
            return Problems.BodyTooLarge(bytesMax);

        try
        {
            var text = body.GetBuffer().AsMemory(0, (int)body.Length);
            return JsonSerializer.Deserialize<T>(text.Span, Options) is { } value
                ? (value, text)
                : Problems.BadJson("$", "The body is null.", "Send an object.");
        }
        catch (JsonException e)
        {
            return Explain(e);
        }
    }

    public static IResult Answer<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, Options, statusCode: status);

    /// <summary>The body, or null as soon as it is too long: the rest is never read.</summary>
    static async Task<MemoryStream?> BufferAsync(HttpRequest request, int bytesMax, CancellationToken ct)
    {
        if (request.ContentLength > bytesMax)
            return null;

        var body = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        for (int read; (read = await request.Body.ReadAsync(chunk, ct)) > 0;)
        {
            if (body.Length + read > bytesMax)
                return null;

            body.Write(chunk, 0, read);
        }

        return body;
    }

    /// <summary>What is wrong, where it stands, and what to do about it.</summary>
    public static Problem Explain(JsonException e)
    {
        var path = e.Path is null or "" ? "$" : e.Path;
        path = path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;
        if (e is UnfitTextException unfit)
            return Problems.BadJson(path, unfit.Message, unfit.WayOut);

        // The serializer tells its refusals apart by their text only; a test holds this to the runtime's words.
        if (UnknownMember().IsMatch(e.Message))
            return Problems.UnknownMember(path);

        if (MissingMembers().Match(e.Message) is { Success: true } missing)
            return Problems.BadJson(
                path, $"Required and missing: {missing.Groups["names"].Value}.", "Add what is missing.");

        if (e.Message.Contains("doesn't allow null values", StringComparison.Ordinal))
            return Problems.BadJson(path, "It is null.", "Send a value.");

        return e.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? Problems.BadJson(
                path, "The value has the wrong type or is out of range.", "Check its type in the API's description.")
            : Problems.BadJson(
                path, $"Not well-formed JSON, at line {e.LineNumber + 1}.",
                "Send one JSON object, without duplicates.");
    }

    static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerOptions.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DictionaryKeyPolicy = null,
            // Answers are JSON and never put into a page as they are: a plus sign stays a plus sign.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            MaxDepth = 16,
            Converters =
            {
                new IdConverterFactory(),
                new EnumConverterFactory(),
                new TimeConverter(),
                new TextConverter<E164>(E164.TryParse, "a number in E.164, such as +442079460000"),
            },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    [GeneratedRegex("The JSON property '.*' could not be mapped to any \\.NET member")]
    private static partial Regex UnknownMember();

    [GeneratedRegex("missing required properties including: (?<names>.*?)\\.?$")]
    private static partial Regex MissingMembers();
}

/// <summary>A text that does not say what it should; the serializer adds where it stood.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Made by the converters only.")]
sealed class UnfitTextException(string reason, string wayOut) : JsonException(reason)
{
    public string WayOut { get; } = wayOut;
}
