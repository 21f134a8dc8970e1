using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Access;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Directory;

/// <summary>One site.</summary>
public sealed class GetSite(DirectoryTable directory)
{
    [Function(nameof(GetSite))]
    [Demands(Permission.ReadDirectory)]
    [Summary("Read a site")]
    [Answers(200, typeof(Site))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}")] HttpRequest request,
        CancellationToken ct)
    {
        var site = Admitted.Of(request).Site!;
        return DirectoryAnswers.Of(await directory.FindAsync(site.Operator, site.Id, ct), request);
    }

}
