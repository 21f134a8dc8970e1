using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Numbers;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>Reserves the number for the account and asks the platform to activate it, in one transaction.</summary>
public sealed class BeginMainNumber(SitePartition sites)
{
    [Function(nameof(BeginMainNumber))]
    public Task<Begun> Run([ActivityTrigger] OperationStepInput input, CancellationToken ct) => sites.BeginAsync(
        input,
        (site, operation) => MainNumberRequest.Decide(site, operation, input.Now),
        (operation, change) => WaitsFor(change, MainNumberRequest.Command(operation, input.Now).Number),
        ct);

    static string? WaitsFor(SiteChange change, E164 number) =>
        change.Blocks.FirstOrDefault(block => block.Id == number.Block)?[number.Slot] is { Waits: true }
            ? $"The platform has to activate {PhoneText.International(number)}."
            : null;
}
