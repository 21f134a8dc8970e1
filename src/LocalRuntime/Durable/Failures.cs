using Microsoft.DurableTask;
using CoreFailureDetails = DurableTask.Core.FailureDetails;
using CoreOrchestrationException = DurableTask.Core.Exceptions.OrchestrationException;
using CoreTaskFailedException = DurableTask.Core.Exceptions.TaskFailedException;

namespace Telephony.LocalRuntime.Durable;

/// <summary>Failures as they are stored and as the SDK shows them.</summary>
static class Failures
{
    // A step that is tried again leaves a failure in history each time, and history is one row. A storage client's
    // exception has some 5,000 characters: its message holds that of every try, and each of its causes has a stack.
    // With these limits history takes 100 failures of any kind, and 200 of storage's. What is cut off is only for
    // people to read: code goes by the types, which are kept.
    const int MessageMax = 1_000;
    const int StackMax = 700;
    const int CauseMessageMax = 200;
    const int DepthMax = 4;

    /// <summary>Details of an exception that left an activity or an orchestrator, cut to what a row can hold.</summary>
    public static TaskFailureDetails From(Exception exception) => exception switch
    {
        // An activity's failure is an outermost one too.
        TaskFailedException failed => Cut(TaskFailureDetails.FromException(failed) with { InnerFailure = null }) with
        {
            InnerFailure = Cut(failed.FailureDetails),
        },

        // The SDK knows such an exception only by the details that it carries.
        CoreOrchestrationException { FailureDetails: null } bare => Of(bare.GetType().FullName!, bare.Message),
        _ => Cut(TaskFailureDetails.FromException(exception)),
    };

    /// <summary>A failure that the engine itself found.</summary>
    public static TaskFailureDetails Of(string type, string message) => new(type, message, null, null, null);

    /// <summary>
    /// The exception that a retry policy's predicate takes: it has no getter, and what stands for it accepts only the
    /// exception of the Durable Task Framework.
    /// </summary>
    public static CoreTaskFailedException ForPolicy(int id, string name, TaskFailureDetails failure) =>
        new(0, id, name, "", failure.ErrorMessage, null!) { FailureDetails = ToCore(failure) };

    static CoreFailureDetails? ToCore(TaskFailureDetails? failure) => failure is null ? null : new(
        failure.ErrorType,
        failure.ErrorMessage,
        failure.StackTrace,
        ToCore(failure.InnerFailure),
        isNonRetriable: false,
        failure.Properties);

    static TaskFailureDetails Cut(TaskFailureDetails failure) => new(
        failure.ErrorType,
        Cut(failure.ErrorMessage, MessageMax)!,
        Cut(failure.StackTrace, StackMax),
        CutCause(failure.InnerFailure, DepthMax - 1),
        null);

    static TaskFailureDetails? CutCause(TaskFailureDetails? cause, int depth) => cause is null || depth == 0
        ? null
        : new(
            cause.ErrorType,
            Cut(cause.ErrorMessage, CauseMessageMax)!,
            null,
            CutCause(cause.InnerFailure, depth - 1),
            null);

    static string? Cut(string? text, int max) => text?.Length > max ? text[..max] + '…' : text;
}
