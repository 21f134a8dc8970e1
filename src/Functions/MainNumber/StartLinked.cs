using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Telephony.Domain;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>
/// Starts the operations that another one called for. Their rows were written in the transaction that called for them,
/// so they are never forgotten: what dies before this is started by the sweep.
/// </summary>
public sealed class StartLinked(SitePartition sites, OperationDriver driver)
{
    /// <returns>Whether there was one.</returns>
    [Function(nameof(StartLinked))]
    public async Task<bool> Run(
        [ActivityTrigger] string operation, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        var calling = await sites.ExistingAsync(OperationId.Parse(operation), ct);
        var any = false;
        foreach (var linked in new[] { calling.Linked, calling.LinkedNumbers }.OfType<OperationId>())
        {
            if (await sites.FindAsync(linked, ct) is not { } called)
                continue;
            await driver.DriveAsync(client, called, isRepeat: true, ct);
            any = true;
        }

        return any;
    }
}
