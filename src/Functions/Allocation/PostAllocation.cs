using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Allocation;

/// <summary>
/// Allocates the very numbers that were asked for, a list or a range, to an account: all of them, or none.
/// </summary>
public sealed class PostAllocation(SitePartition sites, DirectoryTable directory, TimeProvider clock)
{
    public const string Step = "allocate";

    /// <param name="Account">Who gets them.</param>
    /// <param name="Numbers">Which ones; or else a range.</param>
    /// <param name="Range">Which ones; or else a list.</param>
    internal sealed record Body(
        Id<Account> Account,
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null);

    [Function(nameof(PostAllocation)), Demands(Permission.Allocate)]
    [Summary("Allocate numbers by hand")]
    [Takes(typeof(Body))]
    [Answers(201, typeof(OperationView))]
    [Refuses("account-not-at-site", "numbers-refused", "site-not-managed", "too-many-blocks")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/allocations")] HttpRequest request,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || (await Json.ReadAsync<Body>(request, ct)).Refused(out problem, out var body)
            || NumberInput.Read(body.Numbers, body.Range, admitted.Site!.Country).Refused(out problem, out var numbers))
        {
            return problem;
        }

        var now = clock.GetUtcNow();
        var operation = OperationRequest.Of(
            admitted, OperationKind.Allocation, request, key, now, body.Account.Value, numbers.ToString()) with
        {
            Account = body.Account,
        };
        var found = await AccountsAtSite.FindAsync(directory, admitted.Site!, body.Account, "account", ct);
        if (found.Refused(out problem, out var account))
            return await OperationAnswers.RepeatOrAsync(request, sites, operation, problem, ct);

        var command = new Allocate(numbers, account.Id, operation.Id, now);
        var outcome = await sites.TransactAsync(
            new(operation, Step, now, site => PoolDecider.Decide(site, command)), ct);
        return OperationAnswers.Of(request, outcome);
    }
}
