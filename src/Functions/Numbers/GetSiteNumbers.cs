using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Access;
using Telephony.Functions.History;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Numbers;

/// <summary>Every number that is provisioned at a site; and those that one account has there.</summary>
public sealed class GetSiteNumbers(
    NumberList numbers, SiteQueries sites, SitePartition operations, HistoryTable history)
{
    [Function(nameof(GetSiteNumbers)), Demands(Permission.SeePool)]
    [Summary("List a site's numbers")]
    [Query("state", typeof(NumberState), "Only numbers in this state.")]
    [Query("role", typeof(NumberRole), "Only numbers with this role.")]
    [Query("kind", typeof(NumberKind), "Only numbers of this kind.")]
    [Query("account", typeof(Id<Account>), "Only numbers that this account has.")]
    [Answers(200, typeof(Page<NumberView>))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/numbers")] HttpRequest request,
        CancellationToken ct) =>
        QueryFilter.Id<Account>(request, "account").Refused(out var problem, out var account)
            ? Task.FromResult<IResult>(problem)
            : PageAsync(request, account, ct);

    [Function("GetAccountNumbersAtSite"), Demands(Permission.SeeAccountNumbers)]
    [Summary("List an account's numbers at a site")]
    [Query("state", typeof(NumberState), "Only numbers in this state.")]
    [Query("role", typeof(NumberRole), "Only numbers with this role.")]
    [Query("kind", typeof(NumberKind), "Only numbers of this kind.")]
    [Answers(200, typeof(Page<NumberView>))]
    public Task<IResult> OfAccount(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/accounts/{account}/numbers")]
        HttpRequest request,
        CancellationToken ct) => PageAsync(request, Admitted.Of(request).Account!.Id, ct);

    [Function("GetSiteNumber"), Demands(Permission.SeePool)]
    [Summary("Read a number")]
    [Answers(200, typeof(NumberView))]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/numbers/{number}")]
        HttpRequest request,
        string number,
        CancellationToken ct)
    {
        var site = Admitted.Of(request).Site!;
        if (PhoneText.Read(number, site.Country) is not PhoneReading.Understood { Number: var id }
            || await sites.NumberAsync(site.Id, id, ct) is not { } found)
        {
            return Problems.NotFound();
        }

        EntityTag.Write(request.HttpContext.Response, NumberView.ETagOf(found));
        return Json.Answer(NumberView.Of(site.Id.Value, id, found) with { Reason = await ReasonAsync(id, found, ct) });
    }

    /// <summary>An operation's row is kept for weeks, the history for years.</summary>
    async Task<string?> ReasonAsync(E164 id, Number number, CancellationToken ct) => number switch
    {
        { Operation: { } operation } when await operations.FindAsync(operation, ct) is { } found =>
            OperationView.ReasonOf(found, id),
        { Operation: { } operation, Since: { } since } =>
            (await history.OfAsync(operation, id, since, ct))
                .Select(HistoryView.ReasonOf).OfType<string>().LastOrDefault(),
        _ => null,
    };

    async Task<IResult> PageAsync(HttpRequest request, Id<Account>? account, CancellationToken ct)
    {
        if (Paging.Of(request).Refused(out var problem, out var paging)
            || paging.AfterNumber().Refused(out problem, out var after)
            || Filter(request).Refused(out problem, out var filter))
        {
            return problem;
        }

        var admitted = Admitted.Of(request);
        var site = admitted.Site!.Id;
        if (admitted.OnlyUser is { } only)
            filter = filter with { Only = await sites.NumbersOfAsync(site, only, ct) };
        var page = await numbers.ReadAsync(
            site, filter with { Account = account }, after, paging.Top, ct);
        return new Page<NumberView>(
            [.. page.Numbers.Select(number => NumberView.Of(site.Value, number.Key, number.Value))],
            page.Next is { } next ? Paging.Token(next.ToString()) : null).Answer(request);
    }

    internal static Checked<NumberFilter> Filter(HttpRequest request) =>
        QueryFilter.Enum<NumberState>(request, "state").Refused(out var problem, out var state)
        || QueryFilter.Enum<NumberRole>(request, "role").Refused(out problem, out var role)
        || QueryFilter.Enum<NumberKind>(request, "kind").Refused(out problem, out var kind)
            ? problem
            : new NumberFilter(state, role, kind);
}
