using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Numbers;
using Telephony.Functions.Messaging;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>
/// Tells the platform again that numbers wait for it. The message always has the same id, so that a repeat of the
/// step tells nobody twice.
/// </summary>
public sealed class RemindOfActivation(SitePartition sites, EventSender events)
{
    /// <returns>Whether it still waits.</returns>
    [Function(nameof(RemindOfActivation))]
    public async Task<bool> Run([ActivityTrigger] OperationStepInput input, CancellationToken ct)
    {
        var operation = await sites.ExistingAsync(OperationId.Parse(input.Operation), ct);
        var site = await sites.ReadAsync(operation.Id.Site, ct);
        List<E164> waiting = [.. operation.Changed.Where(number => site.Pool.Find(number).IsAwaitedBy(operation))];
        if (operation.Wait is not { } wait || waiting.Count == 0)
            return false;

        await events.RemindAsync(operation, waiting, wait.Until, input.Now, ct);
        return true;
    }
}
