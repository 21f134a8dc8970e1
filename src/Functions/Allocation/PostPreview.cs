using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Services;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Functions.VoiceServices;

namespace Telephony.Functions.Allocation;

/// <summary>
/// Shows what an allocation, or a voice service, would take and why, or what is in its way. Nothing is changed.
/// </summary>
public sealed class PostPreview(SitePartition sites, DirectoryTable directory, TimeProvider clock)
{
    /// <param name="Account">Who would get them.</param>
    /// <param name="Numbers">Which ones; or else a range, or a count.</param>
    /// <param name="Range">Which ones; or else a list, or a count.</param>
    /// <param name="Count">How many; or else a list, or a range.</param>
    internal sealed record PreviewAllocationBody(
        Id<Account> Account,
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null,
        [Range(1, AllocationWish.CountMax)] int? Count = null);

    /// <param name="Code">One of the site's services.</param>
    /// <param name="Quantity">Units, 1 to 10,000.</param>
    internal sealed record PreviewServiceBody(
        [Length(1, Id<object>.LengthMax), RegularExpression(Id<object>.Pattern)] string Code,
        [Range(1, VoiceService.QuantityMax)] int Quantity);

    [Function("PreviewAllocation"), Demands(Permission.Allocate)]
    [Summary("Show what an allocation would give", ChangesNothing = true)]
    [Takes(typeof(PreviewAllocationBody))]
    [Answers(200, typeof(Preview))]
    [Refuses(
        "account-not-at-site", "numbers-refused", "site-not-managed", "too-many-blocks", "pool-exhausted", "no-run",
        "account-full", "kept-for-operator")]
    public async Task<IResult> OfAllocation(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/allocations/preview")]
        HttpRequest request,
        CancellationToken ct)
    {
        var site = Admitted.Of(request).Site!;
        if ((await Json.ReadAsync<PreviewAllocationBody>(request, ct)).Refused(out var problem, out var body)
            || AllocationWish.Read(body.Numbers, body.Range, body.Count, site).Refused(out problem, out var wish)
            || (await AccountsAtSite.FindAsync(directory, site, body.Account, "account", ct))
                .Refused(out problem, out var account))
        {
            return problem;
        }

        return await AnswerAsync(Admitted.Of(request), account, null, (state, order) =>
            wish.Decide(state, Recipient.Of(account), order), ct);
    }

    [Function("PreviewVoiceService"), Demands(Permission.AssignVoiceService)]
    [Summary("Show what a voice service would take", ChangesNothing = true)]
    [Takes(typeof(PreviewServiceBody))]
    [Answers(200, typeof(Preview))]
    [Refuses(
        "account-not-at-site", "bad-id", "site-not-managed", "too-many-blocks", "pool-exhausted", "no-run",
        "account-full", "kept-for-operator", "unknown-service", "too-many-services", "no-nominated-main")]
    public async Task<IResult> OfVoiceService(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PutVoiceService.Route + "/preview")]
        HttpRequest request,
        string service,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        var site = admitted.Site!;
        if ((await Json.ReadAsync<PreviewServiceBody>(request, ct)).Refused(out var problem, out var body)
            || PutVoiceService.Wanted(service, body.Code, body.Quantity).Refused(out problem, out var wanted)
            || (await AccountsAtSite.FindAsync(directory, site, admitted.Account!.Id, "account", ct))
                .Refused(out problem, out var account))
        {
            return problem;
        }

        return await AnswerAsync(admitted, account, wanted, (state, order) => PoolDecider.Decide(
            state, new AssignService(
            Recipient.Of(account), wanted.Id, wanted.Code, wanted.Quantity,
            state.Holding(account.Id).Service(wanted.Id)?.Version, order)), ct);
    }

    async Task<IResult> AnswerAsync(
        Admitted admitted, Account account, ServiceRequest? service,
        Func<SiteState, Order, PoolDecision> decide, CancellationToken ct)
    {
        var (site, order) = (admitted.Site!.Id, OperationRequest.Preview(admitted, clock.GetUtcNow()));
        var (decision, rulesVersion) = await sites.PreviewAsync(site, state => decide(state, order), ct);
        return Preview.Answer(site, account.Id, service, decision, rulesVersion);
    }
}
