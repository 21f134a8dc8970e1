using Microsoft.AspNetCore.Http;
using Telephony.Domain.Numbers;
using Telephony.Functions.Access;
using Telephony.Functions.Http;

namespace Telephony.Functions.Operations;

/// <summary>Makes an operation of a request for a change at a site.</summary>
static class OperationRequest
{
    /// <param name="admitted">Who asks, and where.</param>
    /// <param name="kind">What for.</param>
    /// <param name="request">Its method and path name the request, together with the key.</param>
    /// <param name="key">The caller's own name for it.</param>
    /// <param name="now">When.</param>
    /// <param name="arguments">
    /// What was asked for, in a form that stays the same for as long as operations are kept: a newer version of the app
    /// must know the repeat of a request that an older one took.
    /// </param>
    public static Operation Of(
        Admitted admitted,
        OperationKind kind,
        HttpRequest request,
        IdempotencyKey key,
        DateTimeOffset now,
        params string[] arguments)
    {
        var caller = admitted.Caller;
        var route = (request.Path.Value ?? "").TrimEnd('/').ToLowerInvariant();
        return new()
        {
            Id = OperationIds.Of(
                admitted.Site!.Id, caller.Id.Value, caller.Operator, request.Method, route, key.Value),
            Kind = kind,
            Actor = new(caller.Id.Value, caller.Role, admitted.OnBehalfOf),
            Arguments = OperationIds.Hash(arguments),
            At = now,
        };
    }

    /// <summary>
    /// Who would want what a preview shows. What is decided names an operation; nothing of it is kept.
    /// </summary>
    public static Order Preview(Admitted admitted, DateTimeOffset now) => new(
        new(admitted.Site!.Id, OperationIds.Hash("preview")), Parties.Of(admitted.Caller.Role), now);
}
