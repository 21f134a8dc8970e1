using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Access;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Directory;

/// <summary>One account, with the sites that it is attached to.</summary>
public sealed class GetAccount(DirectoryTable directory)
{
    [Function(nameof(GetAccount))]
    [Demands(Permission.ReadDirectory)]
    [Summary("Read an account")]
    [Answers(200, typeof(Account))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts/{account}")] HttpRequest request,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        return DirectoryAnswers.Of(await directory.FindAsync(admitted.Operator, admitted.Account!.Id, ct), request);
    }

}
