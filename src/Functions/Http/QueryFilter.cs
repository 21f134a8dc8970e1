using Microsoft.AspNetCore.Http;
using Telephony.Domain;

namespace Telephony.Functions.Http;

/// <summary>Filters of a list, named in the query as in the JSON; absent means that all pass.</summary>
static class QueryFilter
{
    public static Checked<T?> Enum<T>(HttpRequest request, string name)
        where T : struct, System.Enum => request.Query[name] switch
        {
            [] => (T?)null,
            // The names only: parsing alone would take numbers too, and make one value of a list of names.
            [{ } text] when System.Enum.GetNames<T>().Contains(text, StringComparer.Ordinal) =>
                System.Enum.Parse<T>(text),
            _ => Problems.BadParameter(
                name, "It is not one of the values.", $"Send one of {string.Join(", ", System.Enum.GetNames<T>())}."),
        };

    /// <summary>Yes or no; null when it is not said.</summary>
    public static Checked<bool?> Flag(HttpRequest request, string name) => request.Query[name] switch
    {
        [] => (bool?)null,
        ["true"] => (bool?)true,
        ["false"] => (bool?)false,
        _ => Problems.BadParameter(name, "It is neither true nor false.", "Send true or false, once."),
    };

    /// <summary>A text to compare with; null when there is none.</summary>
    public static Checked<string?> Text(HttpRequest request, string name, int lengthMax) =>
        request.Query[name] switch
        {
            [] => (string?)null,
            [{ Length: > 0 } text] when text.Length <= lengthMax && !text.Any(char.IsControl) => text,
            _ => Problems.BadParameter(
                name, "It is empty, too long, no line of text, or sent more than once.",
                $"Send 1 to {lengthMax} characters, once."),
        };

    public static Checked<Id<T>?> Id<T>(HttpRequest request, string name) => request.Query[name] switch
    {
        [] => (Id<T>?)null,
        [{ } text] when Domain.Id<T>.TryParse(text, out var id) => (Id<T>?)id,
        [{ } text] => Problems.BadId(name, text),
        _ => Problems.BadParameter(name, "It is sent more than once.", "Send it once."),
    };
}
