using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Releases;

/// <summary>
/// Takes numbers from the account that has them. Those that were in service rest first, for as long as the site's rules
/// say; the others are Available at once. All of them, or none.
/// </summary>
public sealed class PostRelease(NumberChange change)
{
    /// <param name="Account">Whose they are.</param>
    /// <param name="Numbers">Which ones; or else a range.</param>
    /// <param name="Range">Which ones; or else a list.</param>
    internal sealed record ReleaseBody(
        Id<Account> Account,
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null);

    [Function(nameof(PostRelease)), Demands(Permission.Allocate)]
    [Summary("Release numbers")]
    [Takes(typeof(ReleaseBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("numbers-refused", "site-not-managed", "too-many-blocks")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/releases")] HttpRequest request,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<ReleaseBody>(request, ct)).Refused(out var problem, out var body))
            return problem;

        var wanted = new NumbersWanted(body.Numbers, body.Range) { Account = body.Account };
        return await change.AnswerAsync(request, OperationKind.Release, wanted, (site, order) =>
            new NumberCommand.Release(
                order, body.Account, site.Rules.CooldownDays, site.Rules.CooldownDaysMain), ct);
    }
}
