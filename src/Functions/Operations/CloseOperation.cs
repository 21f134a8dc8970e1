using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Operations;

/// <summary>What a step needs to know: everything else stands in the operation's row.</summary>
public sealed record OperationStepInput(string Operation, DateTimeOffset Now);

/// <summary>How an operation ended, as far as its orchestration knows.</summary>
public sealed record CloseInput(string Operation, OperationState State, OperationReason? Reason, DateTimeOffset Now);

/// <summary>Writes the end into the operation's row.</summary>
public sealed class CloseOperation(SitePartition sites)
{
    public const string Step = "close";

    /// <returns>How it really ended: a failed or refused operation that changed numbers is Partial, for what was taken
    /// stays taken.</returns>
    [Function(nameof(CloseOperation))]
    public async Task<OperationState> Run([ActivityTrigger] CloseInput input, CancellationToken ct)
    {
        var seen = await sites.RecallAsync(OperationId.Parse(input.Operation), ct);
        var ended = await sites.EndAsync(
            seen, now => now.Ended(input.State, input.Now, input.Reason).After(Step, input.Now), ct);
        return ended.State;
    }
}
