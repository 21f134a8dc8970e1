using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Allocation;

/// <summary>
/// Allocates numbers to an account: the very ones that were asked for, all or none, or as many as were asked for,
/// chosen by the site's rules.
/// </summary>
public sealed class PostAllocation(SitePartition sites, DirectoryTable directory, TimeProvider clock)
{
    public const string Step = "allocate";

    /// <param name="Account">Who gets them.</param>
    /// <param name="Numbers">Which ones; or else a range, or a count.</param>
    /// <param name="Range">Which ones; or else a list, or a count.</param>
    /// <param name="Count">How many; or else a list, or a range.</param>
    /// <param name="Preview">A preview's token: allocate what it showed, or nothing.</param>
    internal sealed record Body(
        Id<Account> Account,
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null,
        [Range(1, AllocationWish.CountMax)] int? Count = null,
        [RegularExpression(PreviewToken.Pattern)] string? Preview = null);

    [Function(nameof(PostAllocation)), Demands(Permission.Allocate)]
    [Summary("Allocate numbers, by name or by count")]
    [Takes(typeof(Body))]
    [Answers(201, typeof(OperationView))]
    [Refuses(
        "account-not-at-site", "numbers-refused", "site-not-managed", "too-many-blocks", "pool-exhausted", "no-run",
        "account-full", "kept-for-operator", "preview-stale")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/allocations")] HttpRequest request,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || (await Json.ReadAsync<Body>(request, ct)).Refused(out problem, out var body)
            || AllocationWish.Read(body.Numbers, body.Range, body.Count, admitted.Site!)
                .Refused(out problem, out var wish)
            || PreviewToken.Read(body.Preview).Refused(out problem, out var preview))
        {
            return problem;
        }

        var now = clock.GetUtcNow();
        string[] arguments = [body.Account.Value, wish.Argument, .. preview is null ? [] : new[] { preview }];
        var operation = OperationRequest.Of(admitted, OperationKind.Allocation, request, key, now, arguments) with
        {
            Account = body.Account,
            Preview = preview,
        };
        var found = await AccountsAtSite.FindAsync(directory, admitted.Site!, body.Account, "account", ct);
        if (found.Refused(out problem, out var account))
            return await OperationAnswers.RepeatOrAsync(request, sites, operation, problem, ct);

        operation = operation with { AccountKind = account.Kind };
        var outcome = await sites.TransactAsync(
            new(operation, Step, now, site => PreviewToken.AsShown(
                wish.Decide(site, operation.Recipient(), operation.Order(now)), operation)), ct);
        return OperationAnswers.Of(request, outcome);
    }
}
