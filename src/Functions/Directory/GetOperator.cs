using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Access;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Directory;

/// <summary>One operator.</summary>
public sealed class GetOperator(DirectoryTable directory)
{
    [Function(nameof(GetOperator))]
    [Demands(Permission.ReadDirectory)]
    [Summary("Read an operator")]
    [Answers(200, typeof(Operator))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/operators/{operator}")] HttpRequest request,
        CancellationToken ct) =>
        DirectoryAnswers.Of(await directory.FindAsync(Admitted.Of(request).Operator, ct), request);

}
