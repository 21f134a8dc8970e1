using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Telephony.Functions.Access;
using Telephony.Functions.Operations;

namespace Telephony.Functions.OpenApi;

/// <summary>An HTTP function as its callers see it, read from its attributes.</summary>
sealed record ApiFunction
{
    const BindingFlags Declared = BindingFlags.DeclaredOnly
        | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    /// <summary>Its name, unique in the app.</summary>
    public required string Name { get; init; }

    /// <summary>GET, POST, PUT, PATCH or DELETE.</summary>
    public required string Verb { get; init; }

    /// <summary>Without the host's prefix, such as <c>v1/sites/{site}</c>.</summary>
    public required string Route { get; init; }

    public required MethodInfo Code { get; init; }

    public required Demand Demand { get; init; }

    public required SummaryAttribute Summary { get; init; }

    public TakesAttribute? Takes => Code.GetCustomAttribute<TakesAttribute>();

    public ImmutableArray<AnswersAttribute> Answers =>
        [.. Code.GetCustomAttributes<AnswersAttribute>().OrderBy(answer => answer.Status)];

    public ImmutableArray<QueryAttribute> Filters => [.. Code.GetCustomAttributes<QueryAttribute>()];

    public IReadOnlyList<string> Refuses => Code.GetCustomAttribute<RefusesAttribute>()?.Codes ?? [];

    public bool IsPaged => Answers.Any(answer => answer.IsPage);

    /// <summary>
    /// Whether <c>?operator=</c> says which operator is meant: where the route names neither it nor a site.
    /// </summary>
    public bool TakesOperator =>
        Demand.Permission is not null && !Demand.RouteNames.Any(name => name is "site" or "operator" or "operation");

    public bool NeedsKey => Verb switch
    {
        "GET" => false,
        "POST" => !Summary.ChangesNothing,
        _ => Answers.Any(answer => answer.Body == typeof(OperationView)),
    };

    public bool NeedsPrecondition => Verb is "PUT" or "PATCH" or "DELETE";

    /// <summary>The names of all parameters of its query.</summary>
    public IEnumerable<string> QueryNames =>
    [
        .. Filters.Select(filter => filter.Name),
        .. IsPaged ? ["top", "after"] : Array.Empty<string>(),
        .. TakesOperator ? ["operator"] : Array.Empty<string>(),
    ];

    /// <summary>The name that the worker knows it by.</summary>
    public string EntryPoint => $"{Code.DeclaringType!.FullName}.{Code.Name}";

    /// <summary>The HTTP functions among the methods of these types, in the order of their routes.</summary>
    /// <exception cref="InvalidOperationException">One is not described; the message says what to do.</exception>
    public static ImmutableArray<ApiFunction> In(IEnumerable<Type> types)
    {
        var list = types.ToList();
        var demands = DemandList.Of(list);
        return
        [
            .. from method in list.SelectMany(type => type.GetMethods(Declared))
               let function = method.GetCustomAttribute<FunctionAttribute>()
               let trigger = method.GetParameters()
                   .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
                   .FirstOrDefault(found => found is not null)
               where function is not null && trigger is not null
               from api in Read(method, function, trigger, demands)
               orderby api.Route, api.Verb
               select api,
        ];
    }

    static IEnumerable<ApiFunction> Read(
        MethodInfo method, FunctionAttribute function, HttpTriggerAttribute trigger, DemandList demands) =>
        from verb in trigger.Methods ?? []
        let api = new ApiFunction
        {
            Name = function.Name,
            Verb = verb.ToUpperInvariant(),
            Route = trigger.Route ?? function.Name,
            Code = method,
            Demand = demands.Find($"{method.DeclaringType!.FullName}.{method.Name}")!,
            Summary = method.GetCustomAttribute<SummaryAttribute>() ?? throw Undescribed(function, "[Summary(…)]"),
        }
        select api switch
        {
            { Answers: [] } => throw Undescribed(function, "[Answers(…)] for each answer when all is well"),
            { Takes: null, Verb: "POST" or "PUT" or "PATCH" } => throw Undescribed(function, "[Takes(typeof(Body))]"),
            _ => api,
        };

    static InvalidOperationException Undescribed(FunctionAttribute function, string missing) => new(
        $"{function.Name} is an HTTP function that is not described: give it {missing}, "
        + "as CONTRIBUTING.md says under 'Describing an HTTP function'.");
}
