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
            [{ } text] when System.Enum.TryParse<T>(text, ignoreCase: false, out var value)
                && char.IsAsciiLetter(text[0]) && System.Enum.IsDefined(value) => (T?)value,
            _ => Problems.BadParameter(
                name, "It is not one of the values.", $"Send one of {string.Join(", ", System.Enum.GetNames<T>())}."),
        };

    public static Checked<Id<T>?> Id<T>(HttpRequest request, string name) => request.Query[name] switch
    {
        [] => (Id<T>?)null,
        [{ } text] when Domain.Id<T>.TryParse(text, out var id) => (Id<T>?)id,
        [{ } text] => Problems.BadId(name, text),
        _ => Problems.BadParameter(name, "It is sent more than once.", "Send it once."),
    };
}
