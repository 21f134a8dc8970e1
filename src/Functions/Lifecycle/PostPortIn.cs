using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
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

namespace Telephony.Functions.Lifecycle;

/// <summary>
/// Says what became of numbers that were to come from another carrier. Those that have arrived are Available, or go to
/// an account; those that will not come are Retired. All of them, or none.
/// </summary>
public sealed class PostPortIn(NumberChange change, DirectoryTable directory)
{
    /// <summary>How a port to us ends.</summary>
    internal enum PortInOutcome
    {
        Arrived,
        Cancelled,
    }

    /// <param name="Outcome">What became of them.</param>
    /// <param name="Account">Who gets those that have arrived; they are Available to anybody when absent.</param>
    /// <param name="Numbers">Which ones; or else a range.</param>
    /// <param name="Range">Which ones; or else a list.</param>
    internal sealed record PortInBody(
        PortInOutcome Outcome,
        Id<Account>? Account = null,
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null);

    [Function(nameof(PostPortIn)), Demands(Permission.Provision)]
    [Summary("Confirm or cancel ports to us")]
    [Takes(typeof(PortInBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("account-not-at-site", "numbers-refused", "site-not-managed", "too-many-blocks")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/port-ins")] HttpRequest request,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<PortInBody>(request, ct)).Refused(out var problem, out var body))
            return problem;
        if (body is { Outcome: PortInOutcome.Cancelled, Account: not null })
        {
            return Problems.Invalid(ProblemError.OfField(
                "account", "not-taken", "Numbers that do not come are nobody's.", "Leave it out."));
        }

        var wanted = new NumbersWanted(body.Numbers, body.Range)
        {
            Account = body.Account,
            Argument = body.Outcome.ToString(),
            Problem = await InTheWayAsync(Admitted.Of(request).Site!, body.Account, ct),
        };
        return await change.AnswerAsync(
            request, OperationKind.PortIn, wanted, (_, order) => Command(body, order), ct);
    }

    static NumberCommand Command(PortInBody body, Order order) => body.Outcome switch
    {
        PortInOutcome.Arrived => new NumberCommand.ConfirmPortIn(order, body.Account),
        PortInOutcome.Cancelled => new NumberCommand.CancelPortIn(order),
        _ => throw new UnreachableException($"No command for {body.Outcome}."),
    };

    async Task<Problem?> InTheWayAsync(Site site, Id<Account>? account, CancellationToken ct) =>
        account is { } id
        && (await AccountsAtSite.FindAsync(directory, site, id, "account", ct)).Refused(out var problem, out _)
            ? problem
            : null;
}
