using Telephony.Domain;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>Which codes a function can answer: those that follow from what it is, and its own.</summary>
static class ProblemsOf
{
    static readonly Dictionary<string, string[]> Shared = new()
    {
        ["Unauthenticated"] = ["unauthenticated"],
        ["Forbidden"] = ["forbidden"],
        ["NotFound"] = ["not-found"],
        ["NotAcceptable"] = ["not-acceptable"],
        ["InternalError"] = ["internal-error"],
        ["BodyTooLarge"] = ["body-too-large"],
        ["UnsupportedMediaType"] = ["unsupported-media-type"],
        ["PreconditionFailed"] = ["precondition-failed"],
        ["PreconditionRequired"] = ["precondition-required"],
        ["IdempotencyKeyReused"] = ["idempotency-key-reused"],
        ["Unavailable"] = ["identity-unavailable", "storage-unavailable"],
        ["SiteBusy"] = ["identity-unavailable", "site-busy", "storage-unavailable"],
    };

    public static IEnumerable<string> Codes(ApiFunction function)
    {
        var codes = new SortedSet<string>(function.Refuses, StringComparer.Ordinal)
        {
            "internal-error", "unknown-parameter",
        };
        if (function.Demand.Permission is not null)
            codes.UnionWith(
                ["unauthenticated", "forbidden", "not-found", "identity-unavailable", "storage-unavailable"]);
        if (function.TakesOperator || function.IsPaged || function.Filters.Length > 0)
            codes.Add("bad-parameter");
        if (function.IsPaged)
            codes.Add("not-acceptable");
        if (function.Demand.MayBeNew || function.Filters.Any(filter => IsId(filter.Type)))
            codes.Add("bad-id");
        if (function.Takes is not null)
            codes.UnionWith(
            [
                "bad-json", "unknown-member", "body-too-large", "unsupported-media-type", "invalid", "bad-request",
            ]);
        if (function.NeedsKey)
            codes.UnionWith(["missing-idempotency-key", "bad-idempotency-key", "idempotency-key-reused"]);
        if (function.NeedsPrecondition)
            codes.UnionWith(["precondition-required", "bad-precondition", "precondition-failed"]);
        if (function.Verb is not "GET" && function.Demand.RouteNames.Contains("site"))
            codes.Add("site-busy");
        return codes;
    }

    /// <summary>The name of the response with just these codes; null when a function answers them by itself.</summary>
    public static string? NameOfShared(IEnumerable<string> codes) => Shared
        .FirstOrDefault(response => response.Value.ToHashSet(StringComparer.Ordinal).SetEquals(codes)).Key;

    static bool IsId(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Id<>);
}
