using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Telephony.Functions.Operations;

namespace Telephony.Functions.VoiceServices;

/// <summary>
/// Ends a voice service of an account and gives back what services took and need no longer, part by part.
/// </summary>
public static class EndVoiceService
{
    [Function(nameof(EndVoiceService))]
    public static Task<OperationState> Run([OrchestrationTrigger] TaskOrchestrationContext context, string operation) =>
        InParts.RunAsync(context, operation, nameof(GiveBackNumbers), Limits.GiveBack);
}
