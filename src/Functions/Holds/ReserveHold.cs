using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Holds;

/// <summary>
/// The future starter has come: the account gets what was held for it, all that is left or the numbers that are named.
/// </summary>
public sealed class ReserveHold(HoldChanges changes, HoldTable holds, DirectoryTable directory, TimeProvider clock)
{
    /// <param name="Numbers">Which of its numbers; absent for all that are left.</param>
    internal sealed record ReserveHoldBody([Length(1, Hold.NumbersMax)] IReadOnlyList<string>? Numbers = null);

    [Function(nameof(ReserveHold)), Demands(Permission.Allocate)]
    [Summary("Allocate the numbers of a hold")]
    [Takes(typeof(ReserveHoldBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses(
        "account-full", "account-not-at-site", "hold-over", "numbers-refused", "site-not-managed", "too-many-blocks")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = HoldAddress.Route + "/reserve")]
        HttpRequest request,
        string hold,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || (await Json.ReadAsync<ReserveHoldBody>(request, ct)).Refused(out problem, out var body)
            || Read(body, admitted.Site!).Refused(out problem, out var numbers))
        {
            return problem;
        }

        if (HoldAddress.Of(admitted.Site!.Id, hold) is not { } id)
            return Problems.NotFound();

        var operation = OperationRequest.Of(
            admitted, OperationKind.HoldTaken, request, key, clock.GetUtcNow(), numbers?.ToString() ?? "");
        return await changes.AnswerAsync(
            request, operation, id, null, () => WorkAsync(admitted.Site, operation, id, numbers, ct),
            done => Task.FromResult(OperationAnswers.Created(request, done)), ct);
    }

    async Task<Checked<SiteWork>> WorkAsync(
        Site site, Operation operation, OperationId hold, NumberSet? numbers, CancellationToken ct)
    {
        if (await holds.FindAsync(hold, ct) is not { } named)
            return Problems.NotFound();
        if ((await AccountsAtSite.FindAsync(directory, site, named.Hold.Account, "account", ct))
            .Refused(out var notThere, out var account))
        {
            return notThere;
        }

        var command = new TakeHold(named.Hold, numbers, Recipient.Of(account), operation.Order(operation.At));
        return new SiteWork(
            operation with { Account = account.Id, AccountKind = account.Kind }, HoldChanges.Step, operation.At,
            state => PoolDecider.Decide(state, command))
        {
            Beside = change => change.OtherRows > 0 ? [new RowChange.Delete(HoldRow.Write(named))] : [],
        };
    }

    static Checked<NumberSet?> Read(ReserveHoldBody body, Site site)
    {
        if (body.Numbers is null)
            return (NumberSet?)null;
        if (body.Numbers.Count is 0 or > Hold.NumbersMax)
        {
            return Problems.Invalid(ProblemError.OfField(
                "numbers", "out-of-range", $"It has {body.Numbers.Count} numbers.",
                $"Send 1 to {Hold.NumbersMax}, or leave it out for all that are left."));
        }

        return NumberInput.Read(body.Numbers, null, site.Country).Refused(out var problem, out var numbers)
            ? problem
            : numbers;
    }
}
