using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Holds;

/// <summary>The numbers of a site that are kept for future starters, and for whom.</summary>
public sealed class GetHolds(HoldTable holds, TimeProvider clock)
{
    /// <summary>
    /// Rows read for one page; a filter that lets little through ends the page early, with a way to go on.
    /// </summary>
    const int RowsMax = 5_000;

    [Function(nameof(GetHolds)), Demands(Permission.SeePool)]
    [Summary("List a site's holds")]
    [Query("account", typeof(Id<Account>), "Only holds for future starters of this account.")]
    [Answers(200, typeof(Page<HoldView>))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PostHold.Route)] HttpRequest request,
        CancellationToken ct)
    {
        var site = Admitted.Of(request).Site!.Id;
        if (Paging.Of(request).Refused(out var problem, out var paging)
            || QueryFilter.Id<Account>(request, "account").Refused(out problem, out var account))
        {
            return problem;
        }

        OperationId? after = null;
        if (paging.After is { } token)
        {
            if (!OperationId.TryParse($"{site}~{token}", out var last))
                return Paging.BadAfter();
            after = last;
        }

        var (rows, next) = await PageAsync(site, account, after, paging.Top, ct);
        var blocks = await holds.BlocksAsync(site, rows, ct);
        return new Page<HoldView>(
            [.. rows.Select(named => ViewOf(named, blocks.GetValueOrDefault)).OfType<HoldView>()], next)
            .Answer(request);
    }

    [Function("GetHold"), Demands(Permission.SeePool)]
    [Summary("Read a hold")]
    [Answers(200, typeof(HoldView))]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = HoldAddress.Route)] HttpRequest request,
        string hold,
        CancellationToken ct)
    {
        var site = Admitted.Of(request).Site!.Id;
        if (HoldAddress.Of(site, hold) is not { } id || await holds.FindAsync(id, ct) is not { } named)
            return Problems.NotFound();

        var blocks = await holds.BlocksAsync(site, [named], ct);
        if (ViewOf(named, blocks.GetValueOrDefault) is not { } view)
            return Problems.NotFound();

        EntityTag.Write(request.HttpContext.Response, named.ETag);
        return Json.Answer(view);
    }

    async Task<(List<NamedHold> Rows, string? Next)> PageAsync(
        Id<Site> site, Id<Account>? account, OperationId? after, int top, CancellationToken ct)
    {
        var (shown, rows, last) = (new List<NamedHold>(), 0, after);
        await foreach (var named in holds.AllAsync(site, after, ct))
        {
            if (shown.Count == top || rows++ == RowsMax)
                return (shown, Paging.Token(last!.Value.Hash));
            last = named.Hold.Id;
            if (account is null || named.Hold.Account == account)
                shown.Add(named);
        }

        return (shown, null);
    }

    /// <summary>What is left of it; null when nothing is, though its row is still there.</summary>
    HoldView? ViewOf(NamedHold named, Func<BlockId, Block?> block)
    {
        var left = named.Hold.Left(block);
        if (left.Count == 0)
            return null;

        var until = left.Select(number => block(number.Block)![number.Slot]!.Until!.Value).Min();
        return HoldView.Of(
            named.Hold.Id, named.Hold.Account, named.Name, until, left, isOver: until <= clock.GetUtcNow());
    }
}
