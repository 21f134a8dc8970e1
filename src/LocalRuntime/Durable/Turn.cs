using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Telephony.LocalRuntime.Durable;

/// <summary>What an orchestrator makes of a history.</summary>
/// <param name="End">Null while it goes on.</param>
/// <param name="CustomStatus">As JSON; null when none was set.</param>
/// <param name="Open">What it waits for, besides external events.</param>
sealed record Turn(TurnEnd? End, string? CustomStatus, IReadOnlyList<Step> Open)
{
    public IEnumerable<Step.Activity> Activities => Open.OfType<Step.Activity>();

    public IEnumerable<Step.Timer> Timers => Open.OfType<Step.Timer>();
}

/// <summary>How an instance ended.</summary>
sealed record TurnEnd(OrchestrationRuntimeStatus Status, string? Output, TaskFailureDetails? Failure)
{
    public static TurnEnd Failed(TaskFailureDetails failure) => new(OrchestrationRuntimeStatus.Failed, null, failure);
}
