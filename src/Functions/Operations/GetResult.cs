using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Operations;

/// <summary>The result of an allocation or an import, at the address that its creation answered.</summary>
public sealed class GetResult(SitePartition sites)
{
    [Function("GetAllocation"), Demands(Permission.SeeOperations)]
    [Summary("Read an allocation's result")]
    [Answers(200, typeof(OperationView))]
    public Task<IResult> Allocation(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/allocations/{id}")]
        HttpRequest request, string id, CancellationToken ct) => FindAsync(request, OperationKind.Allocation, id, ct);

    [Function("GetImport"), Demands(Permission.SeeOperations)]
    [Summary("Read an import's result")]
    [Answers(200, typeof(OperationView))]
    public Task<IResult> Import(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/imports/{id}")] HttpRequest request,
        string id, CancellationToken ct) => FindAsync(request, OperationKind.Import, id, ct);

    async Task<IResult> FindAsync(HttpRequest request, OperationKind kind, string id, CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        return OperationId.TryParse(id, out var operation)
            && operation.Site == admitted.Site!.Id
            && await sites.FindAsync(operation, ct) is { } found
            && found.Kind == kind
            && OperationAccess.MaySee(admitted, found)
                ? Json.Answer(OperationView.Of(found, admitted.Caller))
                : Problems.NotFound();
    }
}
