using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Releases;

/// <summary>
/// An account leaves a site: its people lose its numbers, its services end, its numbers leave part by part, and whom
/// numbers were held for is forgotten. It has the name of the instance that assigns services, so that the two never run
/// at once.
/// </summary>
public static class CloseAccount2
{
    [Function(nameof(CloseAccount2))]
    public static Task<OperationState> Run([OrchestrationTrigger] TaskOrchestrationContext context, string operation) =>
        InParts.RunAsync(
            context, operation, nameof(LeaveSite), Limits.Leave,
            () => context.CallActivityAsync<int>(nameof(ForgetHolds), operation, Limits.Forget.Options()),
            new(nameof(UnassignForClose), UnassignForClose.PartsMax));
}

/// <summary>The first version, for instances that began with it: numbers that somebody has stay.</summary>
public static class CloseAccount
{
    [Function(nameof(CloseAccount))]
    public static Task<OperationState> Run([OrchestrationTrigger] TaskOrchestrationContext context, string operation) =>
        InParts.RunAsync(
            context, operation, nameof(LeaveSite), Limits.Leave,
            () => context.CallActivityAsync<int>(nameof(ForgetHolds), operation, Limits.Forget.Options()));
}
