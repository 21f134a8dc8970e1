using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
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
/// Says how far numbers have come that leave for another carrier: Started takes them out of use, Left retires them,
/// Cancelled makes them what they were. All of them, or none.
/// </summary>
public sealed class PostPortOut(NumberChange change)
{
    /// <summary>How far a port from us has come.</summary>
    internal enum PortOutOutcome
    {
        Started,
        Left,
        Cancelled,
    }

    /// <param name="Outcome">How far they have come.</param>
    /// <param name="Numbers">Which ones; or else a range.</param>
    /// <param name="Range">Which ones; or else a list.</param>
    internal sealed record PortOutBody(
        PortOutOutcome Outcome,
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null);

    [Function(nameof(PostPortOut)), Demands(Permission.Provision)]
    [Summary("Start, confirm or cancel ports from us")]
    [Takes(typeof(PortOutBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("numbers-refused", "site-not-managed", "too-many-blocks")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/port-outs")] HttpRequest request,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<PortOutBody>(request, ct)).Refused(out var problem, out var body))
            return problem;

        var wanted = new NumbersWanted(body.Numbers, body.Range) { Argument = body.Outcome.ToString() };
        return await change.AnswerAsync(
            request, OperationKind.PortOut, wanted, (_, order) => Command(body.Outcome, order), ct);
    }

    static NumberCommand Command(PortOutOutcome outcome, Order order) => outcome switch
    {
        PortOutOutcome.Started => new NumberCommand.PortOut(order),
        PortOutOutcome.Left => new NumberCommand.ConfirmPortOut(order),
        PortOutOutcome.Cancelled => new NumberCommand.CancelPortOut(order),
        _ => throw new UnreachableException($"No command for {outcome}."),
    };
}
