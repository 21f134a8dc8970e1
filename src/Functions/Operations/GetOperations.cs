using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Operations;

/// <summary>The operations of a site that the caller may see, without their numbers.</summary>
public sealed class GetOperations(SiteQueries sites)
{
    /// <summary>
    /// Rows read for one page; a filter that lets little through ends the page early, with a way to go on.
    /// </summary>
    const int RowsMax = 5_000;

    [Function(nameof(GetOperations)), Demands(Permission.SeeOperations)]
    [Summary("List a site's operations")]
    [Query("state", typeof(OperationState), "Only operations in this state.")]
    [Query("kind", typeof(OperationKind), "Only operations of this kind.")]
    [Query("account", typeof(Id<Account>), "Only operations for this account.")]
    [Answers(200, typeof(Page<OperationView>))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/operations")] HttpRequest request,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (Paging.Of(request).Refused(out var problem, out var paging)
            || QueryFilter.Enum<OperationState>(request, "state").Refused(out problem, out var state)
            || QueryFilter.Enum<OperationKind>(request, "kind").Refused(out problem, out var kind)
            || QueryFilter.Id<Account>(request, "account").Refused(out problem, out var account))
        {
            return problem;
        }

        OperationId? after = null;
        if (paging.After is { } token)
        {
            if (!OperationId.TryParse(token, out var last) || last.Site != admitted.Site!.Id)
                return Paging.BadAfter();
            after = last;
        }

        var page = await Page<OperationView>.TakeAsync(
            sites.OperationsAsync(admitted.Site!.Id, after, ct), Shows,
            operation => OperationView.InList(operation, admitted.Caller),
            operation => operation.Id.Value, paging.Top, RowsMax, ct);
        return page.Answer(request);

        bool Shows(Operation operation) => OperationAccess.MaySee(admitted, operation)
            && (state is null || operation.State == state)
            && (kind is null || operation.Kind == kind)
            && (account is null || operation.Account == account);
    }
}
