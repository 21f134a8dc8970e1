using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Telephony.LocalRuntime.Invocation;

/// <summary>Route values as arguments, of the types that the worker's converters know as well.</summary>
static class RouteValue
{
    static readonly Dictionary<Type, Func<string, object>> Parsers = new()
    {
        [typeof(string)] = text => text,
        [typeof(bool)] = text => bool.Parse(text),
        [typeof(int)] = text => int.Parse(text, CultureInfo.InvariantCulture),
        [typeof(long)] = text => long.Parse(text, CultureInfo.InvariantCulture),
        [typeof(Guid)] = text => Guid.Parse(text),
    };

    public static Func<string, object>? ParserOf(Type type) =>
        Parsers.GetValueOrDefault(Nullable.GetUnderlyingType(type) ?? type);

    /// <summary>The value, or what an optional parameter that is not in the request's path has instead.</summary>
    public static object? Read(HttpRequest request, ParameterInfo parameter, Func<string, object> parse)
    {
        var value = request.RouteValues[parameter.Name!];
        if (Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text)
            return parse(text);
        if (parameter.HasDefaultValue)
            return parameter.DefaultValue;
        return !parameter.ParameterType.IsValueType || Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            ? null
            : throw new InvalidOperationException($"No value for parameter '{parameter.Name}', which has no default.");
    }
}
