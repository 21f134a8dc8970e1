using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Releases;

/// <summary>Removes the names of those for whom nothing is held any more at the operation's site.</summary>
public sealed class ForgetHolds(HoldTable holds)
{
    /// <returns>How many were removed.</returns>
    [Function(nameof(ForgetHolds))]
    public Task<int> Run([ActivityTrigger] string operation, CancellationToken ct) =>
        holds.ForgetAsync(OperationId.Parse(operation).Site, ct);
}
