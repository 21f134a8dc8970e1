using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Telephony.LocalRuntime.Durable;

/// <summary>
/// Runs an orchestrator over a history, from the beginning each time: there is no other state that could disagree with
/// what is stored, and what a restart computes is what every turn computes.
/// </summary>
sealed class Replay(
    IDurableFunctions functions, DataConverter payloads, DurableOptions options, ILoggerFactory loggers)
{
    /// <param name="instanceId">The instance.</param>
    /// <param name="history">All that happened to it, new events last.</param>
    /// <param name="played">How many of the events an earlier turn has seen.</param>
    /// <param name="foreign">Called, on any thread and after the turn too, when a foreign await comes back.</param>
    public Turn Run(string instanceId, IReadOnlyList<HistoryEvent> history, int played, Action foreign)
    {
        var started = (HistoryEvent.Started)history[0];
        if (!functions.HasOrchestrator(started.Name))
        {
            return new(TurnEnd.Failed(Failures.Of(
                "OrchestratorTaskNotFound", $"No orchestrator task named '{started.Name}' was found.")), null, []);
        }

        var thread = new TurnThread(foreign);
        var context = new ReplayContext(instanceId, started, thread, payloads, options, loggers);
        var end = thread.Run(() => Play(context, thread, history, played, foreign));
        return new(end, context.CustomStatus, end is null ? context.OpenSteps : []);
    }

    TurnEnd? Play(
        ReplayContext context, TurnThread thread, IReadOnlyList<HistoryEvent> history, int played, Action foreign)
    {
        try
        {
            context.SetReplaying(played > 0);
            var run = functions.RunOrchestratorAsync(context.Name, context);
            thread.Drain();
            for (var next = 1; next < history.Count; next++)
            {
                if (run.IsCompleted)
                {
                    RefuseEarlyEnd(context, next, played);
                    break;
                }

                if (history[next] is HistoryEvent.Terminated terminated)
                {
                    return new(OrchestrationRuntimeStatus.Terminated, terminated.Output, null);
                }

                context.SetReplaying(next < played);
                context.Apply(history[next]);
                thread.Drain();
            }

            return run.IsCompleted ? Completed(run) : Waiting(context, run, foreign);
        }
        catch (Exception exception)
        {
            return TurnEnd.Failed(Failures.From(exception));
        }
    }

    TurnEnd Completed(Task<object?> run)
    {
        // Throws what the orchestrator threw.
        var output = payloads.Serialize(run.GetAwaiter().GetResult());
        return output?.Length > options.PayloadMax
            ? TurnEnd.Failed(Failures.Of(
                "PayloadTooLarge",
                $"The orchestrator's output has {output.Length} characters; at most {options.PayloadMax} are kept."))
            : new(OrchestrationRuntimeStatus.Completed, output, null);
    }

    static TurnEnd? Waiting(ReplayContext context, Task run, Action foreign)
    {
        if (!context.AwaitsAnything)
        {
            return TurnEnd.Failed(Failures.Of(typeof(InvalidOperationException).FullName!, ReplayContext.ForeignAwait));
        }

        // Its turn is over, so only another thread can complete it now.
        run.ContinueWith(_ => foreign(), TaskScheduler.Default);
        return null;
    }

    static void RefuseEarlyEnd(ReplayContext context, int next, int played)
    {
        if (next < played)
        {
            throw new NonDeterministicOrchestrationException(
                next,
                $"orchestrator '{context.Name}' ended before event {next} of its history, which it awaited once. " +
                "Was it changed while this instance ran?");
        }
    }
}
