using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Telephony.Functions.Http;

/// <summary>Which part of a list is asked for: at most <paramref name="Top"/> entries that follow <paramref name="After"/>.</summary>
readonly record struct Paging(int Top, string? After)
{
    public const int TopMax = 1000;
    public const int TopDefault = 100;

    const int TokenLengthMax = 500;

    public static Checked<Paging> Of(HttpRequest request)
    {
        var top = TopDefault;
        var (tops, tokens) = (request.Query["top"], request.Query["after"]);
        if (tops.Count > 0 && !(tops is [{ } text] && TryTop(text, out top)))
            return Problems.BadParameter("top", "It is not one whole number in range.", $"Send 1 to {TopMax}.");

        string? after = null;
        if (tokens.Count > 0 && !(tokens is [{ } token] && TryDecode(token, out after)))
            return BadAfter();

        return new Paging(top, after);
    }

    public static Problem BadAfter() =>
        Problems.BadParameter("after", "It is no place in this list.", "Send 'next' as the page before answered it, or start anew.");

    /// <summary>The token of the place after an entry.</summary>
    public static string Token(string last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last));

    static bool TryTop(string text, out int top) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out top) && top is >= 1 and <= TopMax;

    static bool TryDecode(string token, out string? after)
    {
        var valid = token.Length is >= 1 and <= TokenLengthMax && Base64Url.IsValid(token);
        after = valid ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : null;
        return valid && after!.All(c => c is >= ' ' and <= '~');
    }
}

/// <summary>A part of a list; <paramref name="Next"/> goes into <c>after</c> for the part that follows, null at the end.</summary>
sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
