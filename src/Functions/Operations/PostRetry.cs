using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Lifecycle;
using Telephony.Functions.MainNumber;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Releases;
using Telephony.Functions.Storage;
using Telephony.Functions.VoiceServices;

namespace Telephony.Functions.Operations;

/// <summary>
/// Does an operation again that failed, was refused, was cancelled or ended in part, as an operation of its own. What
/// the first one did stays done, so that only the rest is left.
/// </summary>
public sealed class PostRetry(SitePartition sites, SiteQueries queries, OperationDriver driver, TimeProvider clock)
{
    /// <param name="Note">Why, for who reads the operation.</param>
    internal sealed record RetryBody([Length(1, NumberChange.NoteMax)] string? Note = null);

    [Function("PostOperationRetry"), Demands(Permission.SteerOperations)]
    [Summary("Retry an operation")]
    [Takes(typeof(RetryBody))]
    [Answers(202, typeof(OperationView))]
    [Refuses(
        "operation-open", "operation-succeeded", "operation-not-retryable", "operation-running", "site-not-managed",
        "numbers-refused", "no-service", "pool-exhausted", "too-many-blocks", "too-many-services", "unknown-service",
        "service-changed", "no-run", "account-full", "kept-for-operator", "no-nominated-main", "numbers-in-service")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/operations/{operation}/retry")]
        HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string operation,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || (await Json.ReadAsync<RetryBody>(request, ct)).Refused(out problem, out var body)
            || Reasons.Note(body.Note).Refused(out problem, out var note))
        {
            return problem;
        }

        if (!OperationId.TryParse(operation, out var id)
            || await sites.FindAsync(id, ct) is not { } earlier
            || !OperationAccess.MaySee(admitted, earlier))
        {
            return Problems.NotFound();
        }

        if (InTheWay(admitted, earlier) is { } inTheWay)
            return inTheWay;

        var again = OperationRequest.Of(
            admitted, earlier.Kind, request, key, clock.GetUtcNow(), earlier.Id.Value, note.Text ?? "") with
        {
            Account = earlier.Account,
            AccountKind = earlier.AccountKind,
            Number = earlier.Number,
            Note = note.Text ?? earlier.Note,
            RetryOf = earlier.Id,
            Service = await ServiceAsync(earlier, ct),
        };
        if (admitted.Caller.Role is Role.Platform && PermissionFor(earlier.Kind) is not Permission.ConfigureMain)
            again = again with { Actor = again.Actor with { OnBehalfOf = admitted.Site!.Operator } };
        var started = await driver.StartAsync(client, again, () => CheckAsync(again, ct), ct);
        return started.Refused(out problem, out var driven) ? problem : OperationAnswers.Accepted(request, driven);
    }

    static Problem? InTheWay(Admitted admitted, Operation earlier) =>
        !OperationAccess.MaySteer(admitted, earlier) ? OperationProblems.NotYours()
        : !earlier.HasEnded ? OperationProblems.NotEnded(earlier)
        : earlier.State is OperationState.Succeeded ? OperationProblems.Succeeded()
        : PermissionFor(earlier.Kind) is not { } permission ? OperationProblems.NotRetryable(earlier)
        : !admitted.MayAlso(permission) ? Problems.Forbidden(
            "The operation is not the caller's to do again.", "Ask an admin of the operator.")
        : null;

    /// <summary>What doing it takes; null for what one transaction carries out.</summary>
    static Permission? PermissionFor(OperationKind kind) => kind switch
    {
        OperationKind.VoiceService or OperationKind.EndOfService => Permission.AssignVoiceService,
        OperationKind.Closing => Permission.Allocate,
        OperationKind.MainNumber => Permission.ConfigureMain,
        _ => null,
    };

    /// <summary>As it was asked for, of the service as it is now.</summary>
    async Task<ServiceRequest?> ServiceAsync(Operation earlier, CancellationToken ct) =>
        earlier is { Service: { } service, Account: { } account }
            ? service with
            {
                ExpectedVersion = (await queries.HoldingAsync(earlier.Id.Site, account, ct))
                    .Service(service.Id)?.Version,
            }
            : null;

    async Task<Checked<Operation>> CheckAsync(Operation again, CancellationToken ct)
    {
        var refusals = await sites.InTheWayAsync(again.Id.Site, site => First(site, again), ct);
        return refusals.Length > 0 ? Refusals.Problem(refusals) : again;
    }

    /// <summary>What its first step will decide.</summary>
    static PoolDecision First(SiteState site, Operation again) => again.Kind switch
    {
        OperationKind.VoiceService => PoolDecider.Decide(site, TakeShortfall.Command(again, again.At)),
        OperationKind.EndOfService => GiveBackNumbers.First(site, again, again.At),
        OperationKind.Closing => PoolDecider.Decide(site, LeaveSite.Command(again, again.At)),
        OperationKind.MainNumber => PoolDecider.Decide(site, MainNumberRequest.Command(again, again.At)),
        _ => throw new UnreachableException($"An operation of kind {again.Kind} is not done again."),
    };
}
