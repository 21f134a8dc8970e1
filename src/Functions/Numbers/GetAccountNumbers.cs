using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Numbers;

/// <summary>The numbers of an account, an occupier's or the operator's own, at all its sites.</summary>
public sealed class GetAccountNumbers(NumberList numbers, SiteQueries queries, DirectoryTable directory)
{
    [Function(nameof(GetAccountNumbers)), Demands(Permission.SeeAccountNumbers)]
    [Summary("List an account's numbers at all its sites")]
    [Query("state", typeof(NumberState), "Only numbers in this state.")]
    [Query("role", typeof(NumberRole), "Only numbers with this role.")]
    [Query("kind", typeof(NumberKind), "Only numbers of this kind.")]
    [Answers(200, typeof(Page<NumberView>))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts/{account}/numbers")] HttpRequest request,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (Paging.Of(request).Refused(out var problem, out var paging)
            || GetSiteNumbers.Filter(request).Refused(out problem, out var filter)
            || Place.Of(paging.After).Refused(out problem, out var after))
        {
            return problem;
        }

        var account = admitted.Account!;
        var items = new List<NumberView>();
        var (blocksLeft, done) = (NumberList.BlocksMax, (Place?)null);
        foreach (var site in await SitesAsync(admitted, account, ct))
        {
            var order = string.CompareOrdinal(site.Id.Value, after?.Site);
            if (order < 0)
                continue;
            if (items.Count == paging.Top || blocksLeft == 0)
                return new Page<NumberView>(items, done!.Token).Answer(request);

            var shown = filter with
            {
                Account = account.Id,
                Only = admitted.OnlyUser is { } only ? await queries.NumbersOfAsync(site.Id, only, ct) : null,
            };
            var page = await numbers.ReadAsync(
                site.Id, shown, order == 0 ? after?.Number : null,
                paging.Top - items.Count, ct, blocksLeft);
            items.AddRange(page.Numbers.Select(number => NumberView.Of(site.Id.Value, number.Key, number.Value)));
            if (page.Next is { } next)
                return new Page<NumberView>(items, new Place(site.Id.Value, next).Token).Answer(request);

            blocksLeft -= page.Blocks;
            done = new(site.Id.Value, E164.Last);
        }

        return new Page<NumberView>(items, null).Answer(request);
    }

    async Task<IEnumerable<Site>> SitesAsync(Admitted admitted, Account account, CancellationToken ct)
    {
        var all = await directory.SitesAsync(account.Operator, null, TableLimits.PageRowsMax, ct).ToListAsync(ct);
        return all.Where(site => account.IsAt(site) && admitted.Caller.Sees(site));
    }

    /// <summary>Where a page ended: a site and a number of it.</summary>
    sealed record Place(string Site, E164 Number)
    {
        public string Token => Paging.Token($"{Site}~{Number}");

        public static Checked<Place?> Of(string? token) => token?.Split('~') switch
        {
            null => (Place?)null,
            [var site, var number] when E164.TryParse(number, out var after) => new Place(site, after),
            _ => Paging.BadAfter(),
        };
    }
}
