using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Telephony.Domain.Access;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>Which number is an account's main number at a site: the one that its callers know.</summary>
public sealed class MainNumberFunctions(
    SitePartition sites, SiteQueries queries, DirectoryTable directory, OperationDriver driver, TimeProvider clock)
{
    internal const string Route = "v1/sites/{site}/accounts/{account}/main-number";

    /// <param name="Number">A number that is nominated as a main number: free, or reserved for the account.</param>
    internal sealed record MainNumberBody([Length(1, PhoneText.LengthMax)] string Number);

    [Function("GetMainNumber"), Demands(Permission.SeeMain)]
    [Summary("Read an account's main number")]
    [Answers(200, typeof(MainNumberView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (await MainNumbers.ReadAsync(queries, admitted.Site!.Id, admitted.Account!.Id, ct) is not { } mains)
            return Problems.NotFound();
        EntityTag.Write(request.HttpContext.Response, mains.ETag);
        return Json.Answer(MainNumberView.Of(mains));
    }

    /// <summary>
    /// Reserves a nominated number and asks the platform to activate it. The account's former main number stays in
    /// service until then, and is a direct number from then on.
    /// </summary>
    [Function("PutMainNumber"), Demands(Permission.ConfigureMain)]
    [Summary("Choose an account's main number")]
    [Takes(typeof(MainNumberBody))]
    [Answers(202, typeof(OperationView))]
    [Refuses(
        "account-not-at-site", "numbers-refused", "no-service", "operation-running", "site-not-managed")]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || Precondition.Of(request).Refused(out problem, out var precondition)
            || (await Json.ReadAsync<MainNumberBody>(request, ct)).Refused(out problem, out var body))
        {
            return problem;
        }

        if (NumberInput.Read(body.Number, admitted.Site!.Country, "number", out var number) is { } wrong)
            return Problems.Invalid(wrong);

        var operation = OperationRequest.Of(
            admitted, OperationKind.MainNumber, request, key, clock.GetUtcNow(), number.ToString()) with
        {
            Account = admitted.Account!.Id,
            AccountKind = admitted.Account.Kind,
            Number = number,
            SeenMain = precondition.Seen,
        };
        var started = await driver.StartAsync(
            client, operation, () => CheckAsync(admitted, operation, ct), ct);
        return OperationAnswers.Accepted(request, started);
    }

    /// <summary>The account keeps the number, for direct use.</summary>
    [Function("DeleteMainNumber"), Demands(Permission.ConfigureMain)]
    [Summary("Remove an account's main number")]
    [Answers(200, typeof(OperationView))]
    [Refuses("no-main-number", "site-not-managed")]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest request, CancellationToken ct)
    {
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || Precondition.Of(request).Refused(out problem, out var precondition))
        {
            return problem;
        }

        var (admitted, now) = (Admitted.Of(request), clock.GetUtcNow());
        var operation = OperationRequest.Of(admitted, OperationKind.MainRemoval, request, key, now) with
        {
            Account = admitted.Account!.Id,
            AccountKind = admitted.Account.Kind,
            SeenMain = precondition.Seen,
        };
        var outcome = await sites.TransactAsync(
            new(operation, NumberChange.Step, now, site => MainNumberRequest.NotAsSeen(site, operation)
                ?? PoolDecider.Decide(site, new RemoveMain(admitted.Account.Id, operation.Order(now)))), ct);
        return outcome is SiteOutcome.Done done
            ? OperationAnswers.Changed(request, done.Operation)
            : OperationAnswers.Of(request, outcome);
    }

    /// <summary>What can be refused at once; the step decides again when it takes the number.</summary>
    async Task<Checked<Operation>> CheckAsync(Admitted admitted, Operation operation, CancellationToken ct)
    {
        var (site, account) = (admitted.Site!, admitted.Account!.Id);
        if ((await AccountsAtSite.FindAsync(directory, site, account, "account", ct)).Refused(out var notThere, out _))
            return notThere;

        var refusals = await sites.InTheWayAsync(
            site.Id, state => MainNumberRequest.Decide(state, operation, operation.At), ct);
        return refusals.Length > 0 ? Refusals.Problem(refusals) : operation;
    }
}
