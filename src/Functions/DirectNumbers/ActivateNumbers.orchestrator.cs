using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Telephony.Functions.Operations;

namespace Telephony.Functions.DirectNumbers;

/// <summary>
/// Puts direct numbers in service, or takes them out of it, where the platform has to confirm each: ask it, and wait
/// for its word on the last one. It is named by its operation: others may go on beside it, with other numbers.
/// </summary>
public static class ActivateNumbers
{
    [Function(nameof(ActivateNumbers))]
    public static Task<OperationState> Run([OrchestrationTrigger] TaskOrchestrationContext context, string operation) =>
        PlatformWait.RunAsync(context, operation, nameof(BeginNumbers), nameof(SettleNumbers));
}
