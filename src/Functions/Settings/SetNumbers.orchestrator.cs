using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Settings;

/// <summary>Sets many numbers otherwise, part by part; what is in the way of one does not stop the others.</summary>
public static class SetNumbers
{
    /// <summary>Numbers of one part: each takes a row of its own and that of its block, of a transaction's hundred.
    /// </summary>
    public const int PartNumbers = 40;

    public const int PartsMax = 25;

    /// <summary>Numbers of one request.</summary>
    public const int NumbersMax = PartNumbers * PartsMax;

    [Function(nameof(SetNumbers))]
    public static Task<OperationState> Run([OrchestrationTrigger] TaskOrchestrationContext context, string operation) =>
        InParts.RunAsync(context, operation, nameof(SetPart), Limits.SetPart, partsMax: PartsMax);
}
