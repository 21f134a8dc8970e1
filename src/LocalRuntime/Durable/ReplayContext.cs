using System.Security.Cryptography;
using System.Text;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Telephony.LocalRuntime.Durable;

/// <summary>The orchestrator's view of one turn: history is applied to it event by event, on one thread.</summary>
sealed partial class ReplayContext(
    string instanceId,
    HistoryEvent.Started started,
    TurnThread thread,
    DataConverter payloads,
    DurableOptions options,
    ILoggerFactory loggers) : TaskOrchestrationContext
{
    public const string ForeignAwait =
        "The orchestrator awaited something that is not of its context (a Task.Delay, I/O, another thread). It may " +
        "await only tasks that its TaskOrchestrationContext gave; everything else belongs in an activity.";

    readonly List<Step> steps = [];
    readonly ExternalEvents events = new(payloads);
    DateTimeOffset now = started.At;
    bool replaying = true;
    int guids;

    public override TaskName Name { get; } = started.Name;

    public override string InstanceId { get; } = instanceId;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => now.UtcDateTime;

    public override bool IsReplaying => replaying;

    public string? CustomStatus { get; private set; }

    public IReadOnlyList<Step> OpenSteps => [.. steps.Where(step => step.IsOpen)];

    /// <summary>Whether anything is left that an event from outside could complete.</summary>
    public bool AwaitsAnything => steps.Any(step => step.IsOpen) || events.AnyAwaited;

    protected override ILoggerFactory LoggerFactory => loggers;

    /// <summary>Says whether what follows has been seen in an earlier turn.</summary>
    public void SetReplaying(bool value) => replaying = value;

    /// <summary>Completes what the event completes; the code that awaits it runs when the thread is drained.</summary>
    public void Apply(HistoryEvent happened)
    {
        now = happened.At;
        switch (happened)
        {
            case HistoryEvent.ActivityCompleted completed:
                Activity(completed.Id, completed.Name).Outcome.SetResult(completed);
                break;
            case HistoryEvent.ActivityFailed failed:
                Activity(failed.Id, failed.Name).Outcome.SetResult(failed);
                break;
            case HistoryEvent.TimerFired fired:
                // A timer can be cancelled by an event of the same step that came first.
                Expect<Step.Timer>(fired.Id, "a timer", _ => true).Fired.TrySetResult();
                break;
            case HistoryEvent.EventRaised raised:
                events.Raise(raised.Name, raised.Payload);
                break;
            default:
                throw new InvalidOperationException($"History has {happened} where none can be.");
        }
    }

    public override T GetInput<T>()
    {
        RefuseForeign();
        return Read<T>(started.Input);
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        RefuseForeign();
        var timer = new Step.Timer(steps.Count, Storable(fireAt.ToUniversalTime()));
        steps.Add(timer);
        cancellationToken.Register(() => timer.Fired.TrySetCanceled(cancellationToken));
        return timer.Fired.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        RefuseForeign();
        return events.WaitAsync<T>(eventName, cancellationToken);
    }

    public override void SetCustomStatus(object? customStatus)
    {
        RefuseForeign();
        CustomStatus = Fitting(payloads.Serialize(customStatus), options.CustomStatusMax, "The custom status");
    }

    /// <summary>A Guid that every replay gives again: a hash of the instance, the time and a count.</summary>
    public override Guid NewGuid()
    {
        RefuseForeign();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{InstanceId}_{now:O}_{guids++}"));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        throw Unsupported(nameof(CallSubOrchestratorAsync));

    public override void SendEvent(string instanceId, string eventName, object payload) =>
        throw Unsupported(nameof(SendEvent));

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        throw Unsupported(nameof(ContinueAsNew));

    static NotSupportedException Unsupported(string member) =>
        new($"{member} is not supported by the local durable engine: no orchestrator uses it yet.");

    static string? Fitting(string? payload, int max, string what) => payload?.Length > max
        ? throw new InvalidOperationException($"{what} has {payload.Length} characters; at most {max} are kept.")
        : payload;

    // A time that has passed is now; a table's times begin in 1601.
    DateTime Storable(DateTime fireAt) => fireAt < CurrentUtcDateTime ? CurrentUtcDateTime
        : fireAt > StoredInstance.Never.UtcDateTime ? StoredInstance.Never.UtcDateTime
        : fireAt;

    // No payload is the default; the converter would try to unbox null.
    T Read<T>(string? payload) => payload is null ? default! : payloads.Deserialize<T>(payload)!;

    void RefuseForeign()
    {
        if (!thread.IsCurrent)
        {
            throw new InvalidOperationException(ForeignAwait);
        }
    }

    Step.Activity Activity(int id, string name) =>
        Expect<Step.Activity>(id, $"activity '{name}'", step => step.IsOpen && step.Name == name);

    T Expect<T>(int id, string expected, Func<T, bool> fits)
        where T : Step
    {
        var found = id < steps.Count ? steps[id] : null;
        return found is T step && fits(step) ? step : throw new NonDeterministicOrchestrationException(
            id,
            $"history expects {expected} as step {id} of orchestrator '{started.Name}', but its code " +
            (found is null ? $"has taken only {steps.Count} steps" : $"has {found} there") +
            ". Was it changed while this instance ran?");
    }
}
