using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Numbers;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Numbers;

/// <summary>
/// Which site has a number, in E.164. Operators learn of numbers at their own sites only, as far as the caller sees
/// them.
/// </summary>
public sealed class GetNumber(ClaimTable claims, SiteQueries sites, DirectoryTable directory)
{
    [Function(nameof(GetNumber)), Demands(Permission.SeePool, AllOperators = true)]
    [Summary("Find the site that has a number")]
    [Answers(200, typeof(NumberPlace))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/numbers/{number}")] HttpRequest request,
        string number,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        // A claim may be of a number that is about to come in, or has just gone: the site knows.
        return E164.TryParse(number, out var id)
            && await claims.SiteOfAsync(id, ct) is { } claimed
            && await directory.SiteAsync(claimed, ct) is { } site
            && admitted.IsAbout(site)
            && await sites.NumberAsync(site.Id, id, ct) is { State: not NumberState.Retired } found
                ? Json.Answer(NumberPlace.Of(site, id, found))
                : Problems.NotFound();
    }
}
