using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Net.Http.Headers;
using Telephony.Domain;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Http;

/// <summary>
/// Which part of a list is asked for: at most <paramref name="Top"/> entries that follow <paramref name="After"/>.
/// </summary>
readonly record struct Paging(int Top, string? After)
{
    public const int TopMax = 1000;
    public const int TopDefault = 100;

    public const string AfterName = "after";

    const int TokenLengthMax = 500;

    public static Checked<Paging> Of(HttpRequest request)
    {
        var top = TopDefault;
        var (tops, tokens) = (request.Query["top"], request.Query[AfterName]);
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

    /// <summary>The place, in a list that is in the order of numbers.</summary>
    public Checked<E164?> AfterNumber() =>
        After is null ? default(E164?) : E164.TryParse(After, out var number) ? (E164?)number : BadAfter();

    public static Problem BadAfter() =>
        Problems.BadParameter(
            AfterName, "It is no place in this list.", "Send 'next' as the page before answered it, or start anew.");

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
/// A part of a list; <paramref name="Next"/> goes into <c>after</c> for the part that follows, null at the end. Every
/// list is answered through <see cref="Answer"/>, so every list can also be had as CSV.
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

    /// <summary>
    /// The same with a filter: one that lets little through ends the page early, with a way to go on.
    /// </summary>
    /// <param name="rows">What follows the place, in order; enumerated no further than needed.</param>
    /// <param name="shows">Which of them are shown.</param>
    /// <param name="view">How.</param>
    /// <param name="key">What names the place after a row.</param>
    /// <param name="top">How many are shown.</param>
    /// <param name="rowsMax">How many rows are looked at.</param>
    /// <param name="ct">Stops between rows.</param>
    public static async Task<Page<T>> TakeAsync<TRow>(
        IAsyncEnumerable<TRow> rows, Predicate<TRow> shows, Func<TRow, T> view, Func<TRow, string> key, int top,
        int rowsMax, CancellationToken ct)
    {
        var (items, looked, last) = (new List<T>(), 0, "");
        await foreach (var row in rows.WithCancellation(ct))
        {
            if (items.Count == top || looked++ == rowsMax)
                return new(items, Paging.Token(last));
            last = key(row);
            if (shows(row))
                items.Add(view(row));
        }

        return new(items, null);
    }

    /// <summary>JSON, or CSV when the request likes that better; a Link says where the next part is.</summary>
    public IResult Answer(HttpRequest request)
    {
        var response = request.HttpContext.Response;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (Negotiation.Preferred(request.Headers.Accept, Json.ContentType, Csv.ContentType) is not { } preferred)
            return Problems.NotAcceptable($"{Json.MediaType} or {Csv.MediaType}");

        if (Next is { } next)
            response.Headers.Link = $"<{PathOf(request, next)}>; rel=\"next\"";
        return preferred == Csv.ContentType
            ? new CsvAnswer<T>(Items, FileName(request))
            : Json.Answer(this);
    }

    /// <summary>Relative to the host, whose public name a function behind a gateway does not know.</summary>
    static string PathOf(HttpRequest request, string next)
    {
        var others = request.Query.Where(parameter => parameter.Key != Paging.AfterName);
        var query = new QueryBuilder(others) { { Paging.AfterName, next } };
        return $"{request.PathBase}{request.Path}{query}";
    }

    /// <summary>What the address names, such as sites-london-numbers.csv.</summary>
    static string FileName(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        var version = path.IndexOf("/v1/", StringComparison.OrdinalIgnoreCase);
        var name = path[(version < 0 ? 0 : version + "/v1/".Length)..].Trim('/');
        return string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')) + ".csv";
    }
}
