using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Pool;
using Telephony.Domain.Services;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.VoiceServices;

/// <summary>
/// Ends a voice service of an account. Numbers that services took, that were never in service and that the other
/// services do not need go back to the pool; the rest stay with the account.
/// </summary>
public sealed class DeleteVoiceService(
    SitePartition sites, SiteQueries queries, OperationDriver driver, TimeProvider clock)
{
    [Function(nameof(DeleteVoiceService)), Demands(Permission.AssignVoiceService)]
    [Summary("End a voice service")]
    [Answers(202, typeof(OperationView))]
    [Refuses("numbers-in-service", "operation-running", "service-changed", "site-not-managed")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = PutVoiceService.Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string service,
        CancellationToken ct)
    {
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || Precondition.Of(request).Refused(out problem, out var precondition))
        {
            return problem;
        }

        if (!Id<VoiceService>.TryParse(service, out var id))
            return Problems.NotFound();

        var admitted = Admitted.Of(request);
        var operation = OperationRequest.Of(
            admitted, OperationKind.EndOfService, request, key, clock.GetUtcNow()) with
        {
            Account = admitted.Account!.Id,
            AccountKind = admitted.Account.Kind,
        };
        var started = await driver.StartAsync(
            client, operation, () => CheckAsync(operation, id, precondition, ct), ct);
        return OperationAnswers.Accepted(request, started);
    }

    /// <summary>
    /// The operation with the service as it is, or what can be refused at once; the step decides again.
    /// </summary>
    async Task<Checked<Operation>> CheckAsync(
        Operation operation, Id<VoiceService> id, Precondition precondition, CancellationToken ct)
    {
        var (site, account) = (operation.Id.Site, operation.Account!.Value);
        if ((await queries.HoldingAsync(site, account, ct)).Service(id) is not { } service)
            return Problems.NotFound();
        if (!precondition.HoldsFor(ServiceVersion.Of(service)))
            return Problems.PreconditionFailed("voice service");

        operation = operation with { Service = new(id, service.Code, service.Quantity, service.Version) };
        var command = GiveBackNumbers.Command(operation, operation.At);
        var refusals = await sites.InTheWayAsync(site, state => PoolDecider.Decide(state, command), ct);
        return refusals.Length > 0 ? Refusals.Problem(refusals) : operation;
    }
}
