using Microsoft.Azure.Functions.Worker;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.DirectNumbers;

/// <summary>Asks the platform to put numbers in service, or to take them out of it, in one transaction.</summary>
public sealed class BeginNumbers(SitePartition sites)
{
    [Function(nameof(BeginNumbers))]
    public Task<Begun> Run([ActivityTrigger] OperationStepInput input, CancellationToken ct) => sites.BeginAsync(
        input, (site, operation) => DirectRequest.Decide(site, operation, input.Now), DirectRequest.WaitsFor, ct);
}
