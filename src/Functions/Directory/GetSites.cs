using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Directory;

/// <summary>The operator's sites that the caller may see.</summary>
public sealed class GetSites(DirectoryTable directory)
{
    [Function(nameof(GetSites))]
    [Demands(Permission.ReadDirectory)]
    [Summary("List an operator's sites")]
    [Answers(200, typeof(Page<Site>))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites")] HttpRequest request,
        CancellationToken ct)
    {
        if (Paging.Of(request).Refused(out var problem, out var paging)
            || paging.AfterId<Site>().Refused(out problem, out var after))
        {
            return problem;
        }

        var admitted = Admitted.Of(request);
        var visible = directory.SitesAsync(admitted.Operator, after, paging.Rows, ct).Where(admitted.Caller.Sees);
        return (await Page<Site>.TakeAsync(visible, paging.Top, site => site.Id.Value, ct)).Answer(request);
    }
}
