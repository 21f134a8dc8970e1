using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.DirectNumbers;

/// <summary>
/// Puts direct numbers in service, or takes them out of it: in one transaction, or where the platform has to confirm it
/// by an operation that waits for that.
/// </summary>
public sealed class DirectChange(SitePartition sites, OperationDriver driver)
{
    /// <param name="request">Who asks.</param>
    /// <param name="client">Durable's client.</param>
    /// <param name="operation">What is asked for.</param>
    /// <param name="ct">Stops before the transaction.</param>
    internal async Task<IResult> AnswerAsync(
        HttpRequest request, DurableTaskClient client, Operation operation, CancellationToken ct)
    {
        if (await RepeatAsync(request, client, operation, ct) is { } repeat)
            return repeat;

        var outcome = await sites.TransactAsync(
            new(operation, NumberChange.Step, operation.At, site => Waits(site.Rules)
                ? new PoolDecision.Undecided()
                : Decide(site))
            {
                Note = LeftOut.Note,
            }, ct);
        // One that ended meanwhile was a repeat's, which waited.
        if (outcome is not (SiteOutcome.Undecided or SiteOutcome.HasEnded))
        {
            return outcome is SiteOutcome.Done done
                ? Done(request, done.Operation)
                : OperationAnswers.Of(request, outcome);
        }

        var started = await driver.StartAsync(client, operation, CheckAsync, ct);
        return OperationAnswers.Accepted(request, started);

        static bool Waits(SiteRules rules) =>
            rules is { ManagedByPlatform: true, DirectActivation: DirectActivation.PlatformConfirms };

        PoolDecision Decide(SiteState site) => DirectRequest.Decide(site, operation, operation.At);

        async Task<Checked<Operation>> CheckAsync()
        {
            var refusals = await sites.InTheWayAsync(operation.Id.Site, Decide, ct);
            return refusals.Length > 0 ? Refusals.Problem(refusals) : operation;
        }
    }

    /// <summary>
    /// The first answer when the request is a repeat, though the rules or the number's use may have changed since; else
    /// null.
    /// </summary>
    internal async Task<IResult?> RepeatAsync(
        HttpRequest request, DurableTaskClient client, Operation operation, CancellationToken ct)
    {
        if (await sites.FindAsync(operation.Id, ct) is not { } earlier)
            return null;
        if (earlier.Arguments != operation.Arguments)
            return Problems.IdempotencyKeyReused();
        if (!DirectRequest.Is(earlier))
        {
            // A word on a main number, whose first try may have died before it told the operation that waits for it.
            await client.WakeAsync(OperationDriver.MainNumberInstance(earlier.Id.Site, earlier.Account), ct);
            return Done(request, earlier);
        }

        return earlier.Did(NumberChange.Step)
            ? Done(request, earlier)
            : OperationAnswers.Accepted(request, await driver.DriveAsync(client, earlier, isRepeat: true, ct));
    }

    static IResult Done(HttpRequest request, Operation operation) => HttpMethods.IsDelete(request.Method)
        ? OperationAnswers.Changed(request, operation)
        : OperationAnswers.Created(request, operation);
}
