using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Assignment;
using Telephony.Functions.Directory;
using Telephony.Functions.DirectNumbers;
using Telephony.Functions.Http;
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
public sealed class PostRetry(
    SitePartition sites, SiteQueries queries, DirectoryTable directory, OperationDriver driver, TimeProvider clock)
{
    /// <summary>What no service has.</summary>
    const int NoVersion = 0;

    /// <param name="Note">Why, for who reads the operation.</param>
    internal sealed record RetryBody([Length(1, NumberChange.NoteMax)] string? Note = null);

    [Function("PostOperationRetry"), Demands(Permission.SteerOperations)]
    [Summary("Retry an operation")]
    [Takes(typeof(RetryBody))]
    [Answers(202, typeof(OperationView))]
    [Refuses(
        "account-not-at-site", "operation-open", "operation-succeeded", "operation-not-retryable",
        "operation-running", "site-not-managed",
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
            Wishes = Left(earlier),
            // A number has changed by what the first try did to it.
            Seen = earlier.Kind is OperationKind.Assignment ? earlier.Seen : null,
            Numbers = earlier.Kind is OperationKind.Settings
                ? earlier.Numbers.Except(earlier.Changed.Union(earlier.Unchanged))
                : earlier.Numbers,
            Note = note.Text ?? earlier.Note,
            Settings = earlier.Settings,
            RetryOf = earlier.Id,
            Service = await ServiceAsync(earlier, ct),
        };
        if (admitted.Caller.Role is Role.Platform
            && PermissionFor(earlier.Kind)
                is not (Permission.ConfigureMain or Permission.ActivateDirect or Permission.EditSettings))
            again = again with { Actor = again.Actor with { OnBehalfOf = admitted.Site!.Operator } };
        var started = await driver.StartAsync(client, again, () => CheckAsync(admitted.Site!, again, ct), ct);
        return OperationAnswers.Accepted(request, started);
    }

    static Problem? InTheWay(Admitted admitted, Operation earlier) =>
        !OperationAccess.MaySteer(admitted, earlier) ? OperationProblems.NotYours()
        : !earlier.HasEnded ? OperationProblems.NotEnded(earlier)
        : earlier.State is OperationState.Succeeded ? OperationProblems.Succeeded()
        : PermissionFor(earlier.Kind) is not { } permission ? OperationProblems.NotRetryable(earlier)
        : IsOccupiers(earlier) ? OperationProblems.Occupiers()
        : earlier.Wishes.Length > 0 && Left(earlier).IsEmpty ? OperationProblems.Succeeded()
        : !admitted.MayAlso(permission) ? Problems.Forbidden(
            "The operation is not the caller's to do again.", "Ask an admin of the operator.")
        : null;

    /// <summary>
    /// An occupier's people may do this with their own numbers: done again by others, it would do more than they could
    /// have asked for.
    /// </summary>
    static bool IsOccupiers(Operation earlier) =>
        earlier.Kind is OperationKind.Assignment or OperationKind.Settings && earlier.Actor.Role.IsOccupiers();

    /// <summary>The numbers that it left; what it did is not done again over what others did since.</summary>
    static ImmutableArray<LineWish> Left(Operation earlier)
    {
        var taken = AssignPart.ErrorsOf(earlier, earlier.Changed)
            .Where(error => error.Code == LineRefusals.UserGone).Select(error => error.Number).ToHashSet();
        var done = earlier.Changed.Union(earlier.Unchanged);
        return
        [
            .. earlier.Wishes.Where(
                wish => !done.Contains(wish.Number) || taken.Contains(wish.Number.ToString())),
        ];
    }

    /// <summary>What doing it takes; null for what one transaction carries out.</summary>
    static Permission? PermissionFor(OperationKind kind) => kind switch
    {
        OperationKind.VoiceService or OperationKind.EndOfService => Permission.AssignVoiceService,
        OperationKind.Closing => Permission.Allocate,
        OperationKind.MainNumber => Permission.ConfigureMain,
        OperationKind.Settings => Permission.EditSettings,
        OperationKind.Assignment => Permission.Assign,
        OperationKind.DirectActivation or OperationKind.DirectDeactivation => Permission.ActivateDirect,
        _ => null,
    };

    /// <summary>
    /// As it was asked for. Where it had changed the service, that must still be as it left it: somebody's later wish
    /// is not taken back.
    /// </summary>
    async Task<ServiceRequest?> ServiceAsync(Operation earlier, CancellationToken ct)
    {
        if (earlier is not { Service: { } service, Account: { } account })
            return null;
        if (earlier.Did(GiveBackNumbers.FirstStep))
            return service with { ExpectedVersion = NoVersion };
        if (!earlier.Did(TakeShortfall.Step))
            return service;

        var now = (await queries.HoldingAsync(earlier.Id.Site, account, ct)).Service(service.Id);
        var isAsLeft = now?.Code == service.Code && now.Quantity == service.Quantity;
        return service with { ExpectedVersion = isAsLeft ? now!.Version : service.ExpectedVersion ?? NoVersion };
    }

    async Task<Checked<Operation>> CheckAsync(Site site, Operation again, CancellationToken ct)
    {
        if (again.Kind is OperationKind.VoiceService or OperationKind.MainNumber
            && (await AccountsAtSite.FindAsync(directory, site, again.Account!.Value, "account", ct))
                .Refused(out var notThere, out _))
        {
            return notThere;
        }

        // Each number is decided by itself, as it is then.
        if (again.Kind is OperationKind.Assignment or OperationKind.Settings)
            return await Refusals.NotManagedAsync(sites, site.Id, ct) is { } closed ? closed : again;

        var refusals = await sites.InTheWayAsync(site.Id, state => First(state, again), ct);
        return refusals.Length > 0 ? Refusals.Problem(refusals) : again;
    }

    /// <summary>What its first step will decide.</summary>
    static PoolDecision First(SiteState site, Operation again) => again.Kind switch
    {
        OperationKind.VoiceService => PoolDecider.Decide(site, TakeShortfall.Command(again, again.At)),
        OperationKind.EndOfService => GiveBackNumbers.First(site, again, again.At),
        OperationKind.Closing => PoolDecider.Decide(site, LeaveSite.Command(again, again.At)),
        OperationKind.MainNumber => MainNumberRequest.Decide(site, again, again.At),
        OperationKind.DirectActivation or OperationKind.DirectDeactivation =>
            DirectRequest.Decide(site, again, again.At),
        _ => throw new UnreachableException($"An operation of kind {again.Kind} is not done again."),
    };
}
