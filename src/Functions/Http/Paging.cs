using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Telephony.Domain;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Http;

/// <summary>
/// Which part of a list is asked for: at most <paramref name="Top"/> entries that follow <paramref name="After"/>.
/// </summary>
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

    /// <summary>Rows to ask storage for: one more than is shown says whether there is a next page.</summary>
    public int Rows => Math.Min(Top + 1, TableLimits.PageRowsMax);

    /// <summary>The place, in a list that is in the order of ids.</summary>
    public Checked<Id<T>?> AfterId<T>() =>
        After is null ? default(Id<T>?) : Id<T>.TryParse(After, out var id) ? (Id<T>?)id : BadAfter();

    public static Problem BadAfter() =>
        Problems.BadParameter(
            "after", "It is no place in this list.", "Send 'next' as the page before answered it, or start anew.");

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

/// <summary>
/// A part of a list; <paramref name="Next"/> goes into <c>after</c> for the part that follows, null at the end.
/// </summary>
/// <param name="Items">In the order of the list; fewer than asked for do not mean that there are no more.</param>
/// <param name="Next">Send it as <c>after</c>; absent at the end.</param>
sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <param name="rows">What follows the place, in order; enumerated no further than needed.</param>
    /// <param name="top">How many are shown.</param>
    /// <param name="key">What names the place after an entry.</param>
    /// <param name="ct">Stops between rows.</param>
    public static async Task<Page<T>> TakeAsync(
        IAsyncEnumerable<T> rows, int top, Func<T, string> key, CancellationToken ct)
    {
        var items = await rows.Take(top + 1).ToListAsync(ct);
        return items.Count > top
            ? new(items[..top], Paging.Token(key(items[top - 1])))
            : new(items, null);
    }
}
