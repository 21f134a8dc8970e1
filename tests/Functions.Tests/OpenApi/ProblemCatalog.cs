using System.Collections.Immutable;
using System.Reflection;
using Telephony.Domain;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>Every problem that the app can answer, made once to read its status, code and title.</summary>
static class ProblemCatalog
{
    static readonly XmlComments Comments = new(typeof(Refusal).Assembly);

    public static readonly ImmutableSortedDictionary<string, Entry> All = Made()
        .DistinctBy(entry => entry.Code)
        .ToImmutableSortedDictionary(entry => entry.Code, entry => entry, StringComparer.Ordinal);

    public sealed record Entry(int Status, string Code, string Meaning);

    /// <summary>
    /// The codes of single errors within a problem, beside those that the problem itself has. By hand; a test of any
    /// function that answers another one fails.
    /// </summary>
    public static readonly ImmutableArray<string> OfErrors =
    [
        "account-has-holds", "account-has-numbers", "account-has-port-outs", "already-provisioned", "assigned",
        "bad-email", "bad-encoding", "bad-preview", "bad-text", "calculated-number", "cell-too-long",
        "critical-above-low", "duplicate-column", "earmarked",
        "fails-without-looking", "fails-without-main", "formula", "forward-without-number", "held-already",
        "held-for-another", "in-service", "in-the-past", "is-main", "kept-over-maximum", "live-elsewhere",
        "lost-leading-zero", "lost-plus-sign", "missing-column", "named-twice", "no-command", "no-header", "no-rows",
        "no-transition", "nominated-main", "not-a-flag", "not-a-number", "not-at-site", "not-due", "not-in-hold",
        "not-nominated", "not-provisioned", "not-taken", "not-the-former", "not-theirs", "number-taken", "one-of",
        "only-for-port-in", "only-platform", "out-of-range", "part-of-a-run", "range-mixed-length", "range-reversed",
        "range-too-long", "reminder-after-deadline", "row-too-long", "run-over-premium", "service-over-maximum",
        "site-needed", "stray-quote",
        "too-far-ahead", "too-many", "too-many-accounts", "too-many-rows", "unclosed-quote", "under-way", "unfit-role",
        "unknown-account", "unknown-column", "unknown-country", "unknown-kind", "unknown-operator", "unknown-site",
        "unknown-state", "unknown-time-zone", "wrong-column-count", "wrong-separator",
        // Of spaces, switches, ports and handsets.
        "account-has-spaces", "bad-mac", "fewer-ports", "lease-not-yours", "mac-taken", "outlet-without-space",
        "numbers-ring", "port-taken", "switch-full", "unknown-port", "unknown-space", "unknown-switch",
        // Of assignments.
        "handset-busy", "handset-in-session", "handset-not-shared", "handset-nowhere", "handset-of-another",
        "hot-desk-off", "location-differs", "location-incomplete", "no-port", "no-session", "no-user", "not-assigned",
        "not-in-service", "nothing-named", "nothing-to-swap", "port-elsewhere", "port-not-patched", "same-handset",
        "space-of-another", "too-long", "two-places", "unknown-handset", "unknown-user", "user-gone", "user-of-another",
        // Of numbers that are to be in service, or out of it.
        "activation-deadline", "activation-failed", "cancelled", "deactivation-deadline", "deactivation-failed",
        "no-entitlement",
        // Of numbers' settings.
        "call-loop", "calls-too-far", "changed-since", "emergency-number", "no-main-number", "not-dialable",
        "not-the-accounts", "number-needed", "setting-not-yours", "to-itself",
        // Of what callers of a main number meet.
        "bad-time", "end-before-start", "loop", "missing", "no-reception", "no-such-date",
        "not-a-direct-number-in-service", "not-forwarded", "not-that-day", "overlaps", "voicemail-off",
    ];

    static IEnumerable<Entry> Made() =>
    [
        // Reflection cannot pass the spans that these take.
        Of(Problems.Invalid()),
        Of(Problems.BadCsv()),
        Of(Problems.UserHasNumbers()),
        .. new[] { typeof(Problems), typeof(OperationProblems) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => method.ReturnType == typeof(Problem) 
                && !method.GetParameters().Any(parameter => parameter.ParameterType.IsByRefLike))
            .Select(method => Of((Problem)method.Invoke(null, [.. method.GetParameters().Select(Any)])!)),
        // Both has the code of its first, and what is wrong with a place that of the place.
        .. typeof(Refusal).GetNestedTypes().Where(type => type != typeof(Refusal.Both)
            && type != typeof(Refusal.OfPlace)).Select(type => Of(
            Refusals.Problem([(Refusal)Constructor(type).Invoke([.. Constructor(type).GetParameters().Select(Any)])]),
            type)),
        new(409, OperationDriver.AlreadyRunning, "Another operation is running."),
    ];

    static Entry Of(Problem problem) => new(problem.Status, problem.Code, $"{problem.Title}.");

    /// <summary>The title of most refusals is the same; the comment of its type says what it is about.</summary>
    static Entry Of(Problem problem, Type refusal) =>
        new(problem.Status, problem.Code, Comments.Of(refusal) ?? $"{problem.Title}.");

    static ConstructorInfo Constructor(Type refusal) => refusal.GetConstructors().Single();

    static Operation AnyOperation => new()
    {
        Id = OperationId.Parse($"site~{new string('a', 26)}"), Kind = OperationKind.Allocation, Actor = Actor.System,
        Arguments = "", At = default,
    };

    static object? Any(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => "x",
        var type when parameter.Name == "status" && type == typeof(int) => 400,
        { IsGenericType: true } type when type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) =>
            type.GetField("Empty")!.GetValue(null),
        { IsValueType: true } type => Activator.CreateInstance(type),
        var type when type == typeof(Operation) => AnyOperation,
        var type when type == typeof(IEnumerable<string>) => Array.Empty<string>(),
        _ => null,
    };
}
