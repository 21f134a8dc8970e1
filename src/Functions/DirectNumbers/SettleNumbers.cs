using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.DirectNumbers;

/// <summary>
/// Sees what became of direct numbers that waited for the platform, once none of them does any more, and gives up
/// waiting where it is called off or too late: those are then as they were before.
/// </summary>
public sealed class SettleNumbers(SitePartition sites)
{
    [Function(nameof(SettleNumbers))]
    public async Task<Settled> Run([ActivityTrigger] SettleInput input, CancellationToken ct)
    {
        var operation = await sites.ExistingAsync(OperationId.Parse(input.Operation), ct);
        var site = await sites.ReadAsync(operation.Id.Site, ct);
        if (input.Cause is Cause.Look
            && operation.Changed.Any(number => site.Pool.Find(number).IsAwaitedBy(operation)))
        {
            return new(null, null);
        }

        var said = await SaidAsync(operation, site, ct);
        List<ProblemError> failed = [];
        var command = new GiveUpDirect(operation.Changed, operation.Id, operation.Order(input.Now));
        var outcome = await sites.TransactAsync(
            new(operation, Operation.SettleStep, input.Now, state =>
            {
                failed = [.. DirectOutcome.Failed(state, operation, input.Cause, said)];
                return PoolDecider.Decide(state, command);
            })
            {
                Note = (seen, _) => DirectOutcome.Note(seen, input.Cause, failed),
            }, ct);
        return DirectOutcome.Of(outcome is SiteOutcome.Done done ? done.Operation : operation, input.Cause);
    }

    /// <summary>
    /// The operations that last moved numbers which are not where they were to go: the platform's word that it failed,
    /// or what somebody did since. As many as an answer can name.
    /// </summary>
    async Task<Dictionary<E164, Operation>> SaidAsync(Operation operation, SiteState site, CancellationToken ct)
    {
        var said = new Dictionary<E164, Operation>();
        foreach (var number in operation.Changed)
        {
            if (said.Count == RowErrors.ListedMax)
                break;
            if (site.Pool.Find(number) is { Waits: false, Operation: { } last } found
                && !DirectOutcome.IsThere(operation, found)
                && await sites.FindAsync(last, ct) is { } moved)
            {
                said.Add(number, moved);
            }
        }

        return said;
    }
}
