using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;

namespace Telephony.Functions.Access;

/// <summary>What one HTTP function demands.</summary>
/// <param name="Permission">Null for a function that is open to all.</param>
/// <param name="RouteNames">The names in its route, in order.</param>
/// <param name="MayBeNew">Whether the last of them may name what is not there yet.</param>
/// <param name="AllOperators">Whether it is about all operators.</param>
sealed record Demand(Permission? Permission, IReadOnlyList<string> RouteNames, bool MayBeNew, bool AllOperators);

/// <summary>The demands of every HTTP function, by the entry point that the worker knows it by.</summary>
sealed partial class DemandList
{
    const BindingFlags Declared = BindingFlags.DeclaredOnly
        | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    readonly FrozenDictionary<string, Demand> demands;

    DemandList(FrozenDictionary<string, Demand> demands) => this.demands = demands;

    /// <exception cref="InvalidOperationException">
    /// An HTTP function says not, or not clearly, what it demands.
    /// </exception>
    public static DemandList Of(IEnumerable<Type> types)
    {
        var demands = new Dictionary<string, Demand>(StringComparer.Ordinal);
        foreach (var method in types.SelectMany(type => type.GetMethods(Declared)))
        {
            if (TriggerOf(method) is { } trigger && !demands.TryAdd(EntryPoint(method), Read(method, trigger)))
                throw new InvalidOperationException($"{EntryPoint(method)} names two HTTP functions.");
        }

        return new(demands.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>Null for what is no HTTP function.</summary>
    public Demand? Find(string entryPoint) => demands.GetValueOrDefault(entryPoint);

    static HttpTriggerAttribute? TriggerOf(MethodInfo method) =>
        method.GetCustomAttribute<FunctionAttribute>() is null
            ? null
            : method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
                .FirstOrDefault(trigger => trigger is not null);

    static Demand Read(MethodInfo method, HttpTriggerAttribute trigger)
    {
        var names = RouteName().Matches(trigger.Route ?? "").Select(match => match.Groups["name"].Value).ToArray();
        var open = method.GetCustomAttribute<OpenAttribute>() is not null;
        return method.GetCustomAttribute<DemandsAttribute>() switch
        {
            null when open => new(null, names, false, false),
            { } demands when !open => new(demands.Permission, names, demands.MayBeNew, demands.AllOperators),
            _ => throw new InvalidOperationException(
                $"{EntryPoint(method)} is an HTTP function: give it either [Demands(…)] or [Open]."),
        };
    }

    static string EntryPoint(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";

    [GeneratedRegex(@"\{\**(?<name>\w+)[^}]*\}")]
    private static partial Regex RouteName();
}
