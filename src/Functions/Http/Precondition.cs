using System.Buffers.Text;
using System.Text;
using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Telephony.Functions.Http;

/// <summary>What must be true for a change to go ahead: the thing is new, or just as the caller read it.</summary>
abstract record Precondition
{
    /// <summary>If-None-Match: *</summary>
    public sealed record Create : Precondition;

    /// <summary>If-Match with the version that was read.</summary>
    public sealed record Match(ETag Version) : Precondition;

    public static Checked<Precondition> Of(HttpRequest request)
    {
        var (match, noneMatch) = (request.Headers.IfMatch, request.Headers.IfNoneMatch);
        return (match.Count, noneMatch.Count) switch
        {
            (0, 0) => Problems.PreconditionRequired(),
            (0, 1) when noneMatch == "*" => new Create(),
            (1, 0) when EntityTag.TryRead(match, out var version) => new Match(version),
            _ => Problems.BadPrecondition(),
        };
    }

    /// <summary>The version that was read, as an operation keeps it; empty for a thing that is new.</summary>
    public string Seen => this is Match match ? match.Version.ToString() : "";

    /// <summary>Whether it holds for a thing at this version, or for one that is not there.</summary>
    public bool HoldsFor(ETag? stored) => this switch
    {
        Create => stored is null,
        Match match => stored == match.Version,
        _ => false,
    };
}

/// <summary>
/// A row's version as HTTP wants it. Storage's own is a weak one with odd characters, which If-Match may not carry, so
/// it is wrapped; callers treat it as opaque.
/// </summary>
static class EntityTag
{
    const int LengthMax = 200;

    public static string Of(ETag version) =>
        $"\"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(version.ToString()))}\"";

    public static void Write(HttpResponse response, ETag version) => response.Headers.ETag = Of(version);

    public static bool TryRead(StringValues header, out ETag version)
    {
        version = default;
        if (header is not [['"', .. var text, '"']] || text.Length is 0 or > LengthMax || !Base64Url.IsValid(text))
            return false;

        version = new(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)));
        // Text that we never wrote could mean "any version" to storage.
        return version != ETag.All && version.ToString().All(c => c is >= ' ' and <= '~')
            && Of(version) == $"\"{text}\"";
    }
}
