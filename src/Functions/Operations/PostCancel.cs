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

/// <summary>
/// Calls an operation off while it waits, or while a step of it is tried again. What it had begun is undone where that
/// can be; what it had finished stays, and it then ends as Partial.
/// </summary>
public sealed class PostCancel(SitePartition sites, OperationDriver driver)
{
    [Function("PostOperationCancel"), Demands(Permission.SteerOperations)]
    [Summary("Cancel an operation")]
    [Takes(typeof(EmptyBody))]
    [Answers(202, typeof(OperationView))]
    [Refuses("operation-ended", "site-not-managed")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/operations/{operation}/cancel")]
        HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string operation,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (IdempotencyKey.Of(request).Refused(out var problem, out _)
            || (await Json.ReadAsync<EmptyBody>(request, ct)).Refused(out problem, out _))
        {
            return problem;
        }

        if (!OperationId.TryParse(operation, out var id)
            || await sites.FindAsync(id, ct) is not { } found
            || !OperationAccess.MaySee(admitted, found))
        {
            return Problems.NotFound();
        }

        if (!OperationAccess.MaySteer(admitted, found))
            return OperationProblems.NotYours();
        if (found.State is OperationState.Cancelled)
            return OperationAnswers.Accepted(request, found);
        if (found.HasEnded)
            return OperationProblems.Ended(found);
        if (await Refusals.NotManagedAsync(sites, id.Site, ct) is { } closed)
            return closed;

        // One that nobody scheduled yet could not hear it.
        var driven = await driver.DriveAsync(client, found, isRepeat: true, ct);
        if (driven.HasEnded)
            return OperationProblems.Ended(driven);
        try
        {
            await client.RaiseEventAsync(
                OperationDriver.InstanceOf(driven), OperationEvents.Cancel(driven.Id.Value), null, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What ended in between takes no event.
            if (await sites.FindAsync(id, ct) is { HasEnded: true } ended)
                return OperationProblems.Ended(ended);
            throw;
        }

        return OperationAnswers.Accepted(request, driven);
    }
}
