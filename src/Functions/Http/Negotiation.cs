using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Telephony.Functions.Http;

/// <summary>Which form an answer should have, and which a body has, as RFC 9110 says it.</summary>
static class Negotiation
{
    /// <summary>
    /// The offered one with the highest quality, of several the first; null when the caller takes none of them.
    /// </summary>
    public static MediaTypeHeaderValue? Preferred(
        StringValues accept, params ReadOnlySpan<MediaTypeHeaderValue> offered)
    {
        if (StringValues.IsNullOrEmpty(accept))
            return offered[0];
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges))
            return null;

        MediaTypeHeaderValue? best = null;
        var highest = 0.0;
        foreach (var type in offered)
        {
            if (Quality(type, ranges) is var quality && quality > highest)
                (best, highest) = (type, quality);
        }

        return best;
    }

    /// <summary>Whether a body is of this type, and in UTF-8.</summary>
    public static bool IsUtf8(string? contentType, string mediaType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>That of the range that fits most closely; 0 when none fits.</summary>
    static double Quality(MediaTypeHeaderValue type, IEnumerable<MediaTypeHeaderValue> ranges) =>
        ranges.Where(type.IsSubsetOf).MaxBy(Closeness) is { } range ? range.Quality ?? 1 : 0;

    static int Closeness(MediaTypeHeaderValue range) => range switch
    {
        { MatchesAllTypes: true } => 0,
        { MatchesAllSubTypes: true } => 1,
        _ => 2 + range.Parameters.Count(parameter => !parameter.Name.Equals("q", StringComparison.OrdinalIgnoreCase)),
    };
}
