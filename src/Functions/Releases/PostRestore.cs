using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Releases;

/// <summary>
/// Gives resting numbers back to the account that gave them up by mistake; no other account can have them before their
/// rest is over. All of them, or none.
/// </summary>
public sealed class PostRestore(NumberChange change, DirectoryTable directory)
{
    /// <param name="Account">Who gave them up.</param>
    /// <param name="Numbers">Which ones; or else a range.</param>
    /// <param name="Range">Which ones; or else a list.</param>
    internal sealed record RestoreBody(
        Id<Account> Account,
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null);

    [Function(nameof(PostRestore)), Demands(Permission.Allocate)]
    [Summary("Restore released numbers")]
    [Takes(typeof(RestoreBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("account-not-at-site", "numbers-refused", "site-not-managed", "too-many-blocks")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/restores")] HttpRequest request,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<RestoreBody>(request, ct)).Refused(out var problem, out var body))
            return problem;

        var found = await AccountsAtSite.FindAsync(
            directory, Admitted.Of(request).Site!, body.Account, "account", ct);
        var wanted = new NumbersWanted(body.Numbers, body.Range)
        {
            Account = body.Account,
            InTheWay = found.Refused(out var notThere, out _) ? notThere : null,
        };
        return await change.AnswerAsync(request, OperationKind.Restore, wanted, (_, order) =>
            new NumberCommand.Restore(order, body.Account), ct);
    }
}
