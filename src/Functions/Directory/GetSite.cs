using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Functions.Access;

namespace Telephony.Functions.Directory;

/// <summary>One site.</summary>
public sealed class GetSite(DirectoryTable directory)
{
    [Function(nameof(GetSite))]
    [Demands(Permission.ReadDirectory)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}")] HttpRequest request,
        CancellationToken ct)
    {
        var site = Admitted.Of(request).Site!;
        return DirectoryAnswers.Of(await directory.FindAsync(site.Operator, site.Id, ct), request);
    }

}
