using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Holds;

/// <summary>Prolongs or shortens a hold, or gives it another name; and ends it before its time.</summary>
public sealed class PatchHold(HoldChanges changes, HoldTable holds, TimeProvider clock)
{
    /// <param name="Until">When it is to end; absent to leave that as it is.</param>
    /// <param name="Name">The future starter; absent to leave that as it is.</param>
    internal sealed record HoldChangeBody(
        DateTimeOffset? Until = null, [Length(1, BodyErrors.NameMax)] string? Name = null);

    [Function(nameof(PatchHold)), Demands(Permission.Allocate)]
    [Summary("Prolong or rename a hold")]
    [Takes(typeof(HoldChangeBody))]
    [Answers(200, typeof(OperationView))]
    [Refuses("hold-end", "hold-over", "site-not-managed")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = HoldAddress.Route)] HttpRequest request,
        string hold,
        CancellationToken ct)
    {
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || Precondition.Of(request).Refused(out problem, out var precondition)
            || (await Json.ReadAsync<HoldChangeBody>(request, ct)).Refused(out problem, out var body)
            || Checked(body).Refused(out problem, out var wanted))
        {
            return problem;
        }

        var admitted = Admitted.Of(request);
        if (HoldAddress.Of(admitted.Site!.Id, hold) is not { } id)
            return Problems.NotFound();

        var operation = OperationRequest.Of(
            admitted, OperationKind.HoldChange, request, key, clock.GetUtcNow(),
            wanted.Until is { } until ? PostHold.Argument(until) : "");
        return await Change(request, operation, id, wanted.Name, precondition, named => new(
            operation with { Account = named.Hold.Account }, HoldChanges.Step, operation.At,
            site => PoolDecider.Decide(
                site, new ChangeHold(named.Hold, wanted.Until, operation.Order(operation.At))))
        {
            Beside = _ => [new RowChange.Merge(HoldRow.Write(Renamed(named, wanted.Name, operation.Id)))],
        }, ct);
    }

    /// <summary>Its numbers are in the pool at once.</summary>
    [Function("DeleteHold"), Demands(Permission.Allocate)]
    [Summary("End a hold")]
    [Answers(200, typeof(OperationView))]
    [Refuses("site-not-managed")]
    public async Task<IResult> End(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = HoldAddress.Route)] HttpRequest request,
        string hold,
        CancellationToken ct)
    {
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || Precondition.Of(request).Refused(out problem, out var precondition))
        {
            return problem;
        }

        var admitted = Admitted.Of(request);
        if (HoldAddress.Of(admitted.Site!.Id, hold) is not { } id)
            return Problems.NotFound();

        var operation = OperationRequest.Of(admitted, OperationKind.HoldEnd, request, key, clock.GetUtcNow());
        return await Change(request, operation, id, null, precondition, named => new(
            operation with { Account = named.Hold.Account }, HoldChanges.Step, operation.At,
            site => PoolDecider.Decide(site, new EndHold(named.Hold, operation.Order(operation.At))))
        {
            Beside = _ => [new RowChange.Delete(HoldRow.Write(named))],
        }, ct);
    }

    Task<IResult> Change(
        HttpRequest request, Operation operation, OperationId hold, string? name, Precondition precondition,
        Func<NamedHold, SiteWork> work, CancellationToken ct)
    {
        return changes.AnswerAsync(
            request, operation, hold, name, WorkAsync,
            done => Task.FromResult(OperationAnswers.Changed(request, done)), ct);

        async Task<Checked<SiteWork>> WorkAsync() =>
            await holds.FindAsync(hold, ct) is not { } named ? Problems.NotFound()
            : precondition.HoldsFor(named.ETag) ? work(named)
            : Problems.PreconditionFailed("hold");
    }

    static NamedHold Renamed(NamedHold named, string? name, OperationId by) =>
        name is null ? named : named with { Name = name, Named = by };

    static Checked<HoldChangeBody> Checked(HoldChangeBody body)
    {
        var errors = new BodyErrors();
        if (body is { Until: null, Name: null })
        {
            errors.Add(
                "until", "one-of", "Neither 'until' nor 'name' says what to change.", "Send one of them, or both.");
        }

        var name = body.Name is { } text ? errors.Line("name", text) : null;
        return errors.Problem is { } problem ? problem : body with { Name = name };
    }
}
