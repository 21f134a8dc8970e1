using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Functions.Access;

namespace Telephony.Functions.Directory;

/// <summary>One operator.</summary>
public sealed class GetOperator(DirectoryTable directory)
{
    [Function(nameof(GetOperator))]
    [Demands(Permission.ReadDirectory)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/operators/{operator}")] HttpRequest request,
        CancellationToken ct) =>
        DirectoryAnswers.Of(await directory.FindAsync(Admitted.Of(request).Operator, ct), request);

}
