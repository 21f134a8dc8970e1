using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Numbers;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Lifecycle;

/// <summary>
/// Nominates numbers that are Available or Reserved as main numbers, or withdraws that. All of them, or none. An
/// operator's admins may where the site's rule 'mainNomination' is OperatorAllowed.
/// </summary>
public sealed class PostNomination(NumberChange change)
{
    /// <param name="Withdraw">Whether they are to be nominated no more.</param>
    /// <param name="Numbers">Which ones; or else a range.</param>
    /// <param name="Range">Which ones; or else a list.</param>
    internal sealed record NominationBody(
        bool Withdraw = false,
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null);

    [Function(nameof(PostNomination)), Demands(Permission.Nominate)]
    [Summary("Nominate main numbers, or withdraw it")]
    [Takes(typeof(NominationBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("numbers-refused", "site-not-managed", "too-many-blocks")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/nominations")] HttpRequest request,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<NominationBody>(request, ct)).Refused(out var problem, out var body))
            return problem;

        var wanted = new NumbersWanted(body.Numbers, body.Range) { Argument = body.Withdraw ? "withdraw" : "" };
        return await change.AnswerAsync(
            request, OperationKind.Nomination, wanted, (_, order) => body.Withdraw
                ? new NumberCommand.WithdrawNomination(order)
                : new NumberCommand.Nominate(order), ct);
    }
}
