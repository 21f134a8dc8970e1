using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
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
    [Query("kind", typeof(AccountKind), "Only accounts of this kind.")]
    [Query("site", typeof(Id<Site>), "Only accounts that are present at this site.")]
    [Answers(200, typeof(Page<Account>))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts")] HttpRequest request,
        CancellationToken ct)
    {
        if (Paging.Of(request).Refused(out var problem, out var paging)
            || paging.AfterId<Account>().Refused(out problem, out var after)
            || QueryFilter.Enum<AccountKind>(request, "kind").Refused(out problem, out var kind)
            || QueryFilter.Id<Site>(request, "site").Refused(out problem, out var site))
        {
            return problem;
        }

        var admitted = Admitted.Of(request);
        var shown = directory.AccountsAsync(admitted.Operator, after, paging.Rows, ct)
            .Where(admitted.Caller.Sees)
            .Where(account => kind is null || account.Kind == kind)
            .Where(account => site is not { } at || account.Kind is AccountKind.Operator || account.Sites.Contains(at));
        return (await Page<Account>.TakeAsync(shown, paging.Top, account => account.Id.Value, ct)).Answer(request);
    }
}
