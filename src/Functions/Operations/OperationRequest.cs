using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Telephony.Functions.Access;
using Telephony.Functions.Http;

namespace Telephony.Functions.Operations;

/// <summary>Makes an operation of a request for a change at a site.</summary>
static class OperationRequest
{
    public static Operation Of<TBody>(
        Admitted admitted, OperationKind kind, HttpRequest request, IdempotencyKey key, TBody body, DateTimeOffset now)
    {
        var caller = admitted.Caller;
        var route = request.Path.Value ?? "";
        return new()
        {
            Id = OperationIds.Of(
                admitted.Site!.Id, caller.Id.Value, caller.Operator, request.Method, route.ToLowerInvariant(), key.Value),
            Kind = kind,
            Actor = new(caller.Id.Value, caller.Role, admitted.OnBehalfOf),
            Arguments = OperationIds.Hash(JsonSerializer.Serialize(body, Json.Options)),
            At = now,
        };
    }
}
