using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Telephony.Domain;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>
/// Starts the operation that another one called for. Its row was written in the transaction that called for it, so it
/// is never forgotten: what dies before this is started by the sweep.
/// </summary>
public sealed class StartLinked(SitePartition sites, OperationDriver driver)
{
    /// <returns>Whether there was one.</returns>
    [Function(nameof(StartLinked))]
    public async Task<bool> Run(
        [ActivityTrigger] string operation, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        var id = OperationId.Parse(operation);
        var calling = await sites.FindAsync(id, ct)
            ?? throw new UnreachableException($"{id} was scheduled without a row.");
        if (calling.Linked is not { } linked || await sites.FindAsync(linked, ct) is not { } called)
            return false;

        await driver.DriveAsync(client, called, isRepeat: true, ct);
        return true;
    }
}
