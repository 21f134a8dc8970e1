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

/// <summary>What the platform does to numbers that it names: to all of them, or to none.</summary>
public sealed class PlatformMoves(NumberChange change)
{
    /// <param name="Numbers">Which ones; or else a range.</param>
    /// <param name="Range">Which ones; or else a list.</param>
    internal sealed record NumbersBody(
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null);

    /// <param name="Reason">Why, on one line.</param>
    /// <param name="Numbers">Which ones; or else a range.</param>
    /// <param name="Range">Which ones; or else a list.</param>
    internal sealed record ReasonedNumbersBody(
        [Length(1, NumberChange.NoteMax)] string Reason,
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null);

    /// <summary>Puts Staged numbers into the site's pool.</summary>
    [Function("PostOffer"), Demands(Permission.Provision)]
    [Summary("Offer staged numbers")]
    [Takes(typeof(NumbersBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("numbers-refused", "site-not-managed", "too-many-blocks")]
    public Task<IResult> Offer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/offers")] HttpRequest request,
        CancellationToken ct) =>
        MoveAsync(request, OperationKind.Offer, order => new NumberCommand.Offer(order), ct);

    /// <summary>Makes blocked numbers what they were before.</summary>
    [Function("PostUnblock"), Demands(Permission.Provision)]
    [Summary("Unblock numbers")]
    [Takes(typeof(NumbersBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("numbers-refused", "site-not-managed", "too-many-blocks")]
    public Task<IResult> Unblock(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/unblocks")] HttpRequest request,
        CancellationToken ct) =>
        MoveAsync(request, OperationKind.Unblock, order => new NumberCommand.Unblock(order), ct);

    /// <summary>
    /// Takes numbers that nobody has out of the site for good. Their history stays; any site may have them again, this
    /// one too.
    /// </summary>
    [Function("PostRetirement"), Demands(Permission.Provision)]
    [Summary("Retire numbers")]
    [Takes(typeof(ReasonedNumbersBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("numbers-refused", "site-not-managed", "too-many-blocks")]
    public Task<IResult> Retire(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/retirements")] HttpRequest request,
        CancellationToken ct) =>
        MoveForAsync(request, OperationKind.Retirement, order => new NumberCommand.Retire(order), ct);

    /// <summary>Ends the rest of numbers before its time: they are Available, and a nomination is cleared.</summary>
    [Function("PostCooldownEnd"), Demands(Permission.Provision)]
    [Summary("End the rest of numbers early")]
    [Takes(typeof(ReasonedNumbersBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("numbers-refused", "site-not-managed", "too-many-blocks")]
    public Task<IResult> EndCooldown(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/cooldown-ends")]
        HttpRequest request,
        CancellationToken ct) =>
        MoveForAsync(request, OperationKind.CooldownEnd, order => new NumberCommand.EndCooldown(order), ct);

    async Task<IResult> MoveAsync(
        HttpRequest request, OperationKind kind, Func<Order, NumberCommand> command, CancellationToken ct) =>
        (await Json.ReadAsync<NumbersBody>(request, ct)).Refused(out var problem, out var body)
            ? problem
            : await change.AnswerAsync(
                request, kind, new(body.Numbers, body.Range), (_, order) => command(order), ct);

    async Task<IResult> MoveForAsync(
        HttpRequest request, OperationKind kind, Func<Order, NumberCommand> command, CancellationToken ct)
    {
        if ((await Json.ReadAsync<ReasonedNumbersBody>(request, ct)).Refused(out var problem, out var body)
            || Reasons.Read(body.Reason).Refused(out problem, out var reason))
        {
            return problem;
        }

        return await change.AnswerAsync(
            request, kind, new(body.Numbers, body.Range) { Note = reason }, (_, order) => command(order), ct);
    }
}
