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
/// Ends the rest of numbers before its time: they are Available, and a nomination is cleared. All of them, or none.
/// </summary>
public sealed class PostCooldownEnd(NumberChange change)
{
    /// <param name="Reason">Why they need not rest longer, on one line.</param>
    /// <param name="Numbers">Which ones; or else a range.</param>
    /// <param name="Range">Which ones; or else a list.</param>
    internal sealed record CooldownEndBody(
        [Length(1, NumberChange.NoteMax)] string Reason,
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null);

    [Function(nameof(PostCooldownEnd)), Demands(Permission.Provision)]
    [Summary("End the rest of numbers early")]
    [Takes(typeof(CooldownEndBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("numbers-refused", "site-not-managed", "too-many-blocks")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/cooldown-ends")]
        HttpRequest request,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<CooldownEndBody>(request, ct)).Refused(out var problem, out var body)
            || Reasons.Read(body.Reason).Refused(out problem, out var reason))
        {
            return problem;
        }

        return await change.AnswerAsync(
            request, OperationKind.CooldownEnd, new(body.Numbers, body.Range) { Note = reason },
            (_, order) => new NumberCommand.EndCooldown(order), ct);
    }
}
