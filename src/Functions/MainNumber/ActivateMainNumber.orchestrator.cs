using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Telephony.Functions.Operations;

namespace Telephony.Functions.MainNumber;

/// <summary>
/// Makes a nominated number an account's main number: reserve it, ask the platform, and wait for its word. It is named
/// by account and site, so that two of them never run at once.
/// </summary>
public static class ActivateMainNumber
{
    [Function(nameof(ActivateMainNumber))]
    public static Task<OperationState> Run([OrchestrationTrigger] TaskOrchestrationContext context, string operation) =>
        PlatformWait.RunAsync(context, operation, nameof(BeginMainNumber), nameof(SettleMainNumber));
}
