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
/// Withholds numbers that are Available, Staged or at rest, for good or until a time. Afterwards they are what they
/// were; a rest goes on meanwhile. All of them, or none.
/// </summary>
public sealed class PostBlock(NumberChange change, TimeProvider clock)
{
    /// <param name="Reason">Why, on one line.</param>
    /// <param name="Until">When it ends by itself; never when absent.</param>
    /// <param name="Numbers">Which ones; or else a range.</param>
    /// <param name="Range">Which ones; or else a list.</param>
    internal sealed record BlockBody(
        [Length(1, NumberChange.NoteMax)] string Reason,
        DateTimeOffset? Until = null,
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null);

    [Function(nameof(PostBlock)), Demands(Permission.Provision)]
    [Summary("Block numbers")]
    [Takes(typeof(BlockBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("numbers-refused", "site-not-managed", "too-many-blocks")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/blocks")] HttpRequest request,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<BlockBody>(request, ct)).Refused(out var problem, out var body)
            || Reasons.Read(body.Reason).Refused(out problem, out var reason))
        {
            return problem;
        }

        var until = body.Until?.ToUniversalTime();
        var wanted = new NumbersWanted(body.Numbers, body.Range)
        {
            Note = reason,
            Argument = $"{until:O}",
            Problem = until <= clock.GetUtcNow() ? Over() : null,
        };
        return await change.AnswerAsync(
            request, OperationKind.Block, wanted, (_, order) => new NumberCommand.Block(order, until), ct);
    }

    static Problem Over() => Problems.Invalid(ProblemError.OfField(
        "until", "in-the-past", "It is over.", "Send a time to come, or leave it out to block them for good."));
}
