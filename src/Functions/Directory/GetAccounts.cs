using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Directory;

/// <summary>The operator's accounts that the caller may see, its own one among them.</summary>
public sealed class GetAccounts(DirectoryTable directory)
{
    [Function(nameof(GetAccounts))]
    [Demands(Permission.ReadDirectory)]
    [Summary("List an operator's accounts")]
    [Answers(200, typeof(Page<Account>))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts")] HttpRequest request,
        CancellationToken ct)
    {
        if (Paging.Of(request).Refused(out var problem, out var paging)
            || paging.AfterId<Account>().Refused(out problem, out var after))
        {
            return problem;
        }

        var admitted = Admitted.Of(request);
        var visible = directory.AccountsAsync(admitted.Operator, after, paging.Rows, ct).Where(admitted.Caller.Sees);
        return (await Page<Account>.TakeAsync(visible, paging.Top, account => account.Id.Value, ct)).Answer(request);
    }
}
