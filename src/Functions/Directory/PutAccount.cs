using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Access;
using Telephony.Functions.Http;

namespace Telephony.Functions.Directory;

/// <summary>Creates an occupier, renames it, or changes the sites that it is attached to.</summary>
public sealed class PutAccount(DirectoryTable directory, DirectoryChanges changes, SiteChoice choice)
{
    [Function(nameof(PutAccount))]
    [Demands(Permission.ManageAccountsAndUsers, MayBeNew = true)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/accounts/{account}")] HttpRequest request,
        string account,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<AccountBody>(request, ct)).Refused(out var problem, out var body)
            || Precondition.Of(request).Refused(out problem, out var precondition))
        {
            return problem;
        }

        var (admitted, id) = (Admitted.Of(request), Id<Account>.Parse(account));
        var (owner, stored) = (admitted.Operator, await directory.FindAsync(admitted.Operator, id, ct));
        if (account == owner.Value)
            return Problems.OperatorsOwnAccount(account);

        var errors = new BodyErrors();
        var sites = await choice.CheckAsync(owner, admitted.Caller, stored?.Value.Sites ?? [], body.Sites, errors, ct);
        var wanted = new Account(id, owner, AccountKind.Occupier, errors.Line("name", body.Name), sites);
        return errors.Problem
            ?? DirectoryAnswers.Of(
                await changes.PutAsync(wanted, precondition, ct), request, wanted, "account", account);
    }


    sealed record AccountBody(string Name, ImmutableArray<Id<Site>> Sites);
}
