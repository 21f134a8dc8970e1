using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Operations;

/// <summary>An operation's state, steps and result, and why it waits while it does.</summary>
public sealed class GetOperation(SitePartition sites)
{
    [Function(nameof(GetOperation)), Demands(Permission.SeeOperations)]
    [Summary("Follow an operation")]
    [Answers(200, typeof(OperationView))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/operations/{operation}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string operation,
        CancellationToken ct)
    {
        if (!OperationId.TryParse(operation, out var id)
            || await sites.FindAsync(id, ct) is not { } found
            || !OperationAccess.MaySee(Admitted.Of(request), found))
        {
            return Problems.NotFound();
        }

        return OperationAnswers.State(request, found, found.HasEnded ? null : await ProgressAsync(client, found, ct));
    }

    static async Task<OperationProgress?> ProgressAsync(
        DurableTaskClient client, Operation operation, CancellationToken ct)
    {
        var id = OperationDriver.InstanceOf(operation);
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true, ct);
        return instance is { SerializedCustomStatus: not null } && instance.ReadInputAs<string>() == operation.Id.Value
            ? instance.ReadCustomStatusAs<OperationProgress>()
            : null;
    }
}
