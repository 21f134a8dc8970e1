using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Numbers;
using Telephony.Functions.Messaging;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>
/// Tells the platform again that a number waits for it. The message always has the same id, so that a repeat of the
/// step tells nobody twice.
/// </summary>
public sealed class RemindOfActivation(SitePartition sites, SiteQueries queries, EventSender events)
{
    /// <returns>Whether it still waits.</returns>
    [Function(nameof(RemindOfActivation))]
    public async Task<bool> Run([ActivityTrigger] OperationStepInput input, CancellationToken ct)
    {
        var id = OperationId.Parse(input.Operation);
        var operation = await sites.FindAsync(id, ct)
            ?? throw new UnreachableException($"{id} was scheduled without a row.");
        if (operation is not { Wait: { } wait, Number: { } number }
            || await queries.NumberAsync(id.Site, number, ct) is not { State: NumberState.Activating } waiting
            || waiting.Operation != id)
        {
            return false;
        }

        await events.RemindAsync(operation, number, wait.Until, input.Now, ct);
        return true;
    }
}
