using Telephony.Functions.DirectNumbers;
using Telephony.Functions.MainNumber;
using Telephony.LocalRuntime.Durable;

namespace Telephony.Functions.Tests.Histories;

/// <summary>What happens next to a run that is recorded.</summary>
abstract record Happening
{
    Happening()
    {
    }

    /// <summary>The activity that is open gives a result.</summary>
    public sealed record Gave(string Activity, object? Result) : Happening;

    public sealed record Broke(string Activity) : Happening;

    /// <summary>The open timer that is due first.</summary>
    public sealed record Rang : Happening;

    public sealed record Told(string Name, string? Payload) : Happening;
}

/// <summary>A run that can be recorded.</summary>
/// <param name="Orchestration">Which.</param>
/// <param name="Name">Of its file.</param>
/// <param name="Tells">What it is like.</param>
/// <param name="Happenings">What happens, in this order.</param>
sealed record Script(string Orchestration, string Name, string Tells, params IReadOnlyList<Happening> Happenings)
{
    public string File => $"{Orchestration}/{Name}.json";
}

/// <summary>Plays a script to today's orchestrator, by a clock of its own, and writes down what it asked for.</summary>
sealed class Recorder
{
    public const string Operation = "harbour-london~abcdefghijklmnopqrstuvwxyz";
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Less than the first pause, so that somebody can speak within it.</summary>
    static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    readonly Script script;
    readonly string instance;
    readonly List<HistoryEvent> history = [];
    readonly List<StoredEvent> stored = [];
    readonly HashSet<int> asked = [];
    Turn turn = null!;

    Recorder(Script script)
    {
        this.script = script;
        instance = script.Orchestration switch
        {
            nameof(ActivateMainNumber) => "main~harbour-london~acme",
            nameof(ActivateNumbers) => $"numbers~{Operation}",
            _ => "voice~harbour-london~acme",
        };
    }

    public static StoredRun Record(Script script) => new Recorder(script).Record();

    StoredRun Record()
    {
        var input = Orchestrators.Payloads.Serialize(Operation)!;
        Add(new HistoryEvent.Started(Start, script.Orchestration, input));
        foreach (var happening in script.Happenings)
            Add(Event(happening, history[^1].At + Beat));

        return turn.End is { Failure: null } end
            ? new()
            {
                Orchestration = script.Orchestration,
                Tells = script.Tells,
                Instance = instance,
                Input = StoredEvent.Json(input)!,
                History = stored,
                Output = StoredEvent.Json(end.Output),
                Status = StoredEvent.Json(turn.CustomStatus),
            }
            : throw Wrong(turn.End is null ? "it has not ended" : $"it failed: {turn.End.Failure}");
    }

    void Add(HistoryEvent happened)
    {
        history.Add(happened);
        turn = Orchestrators.Run(instance, history);
        var asks = turn.Open.Where(step => asked.Add(step.Id)).Select(StoredStep.Of).ToList();
        stored.Add(StoredEvent.Of(happened, asks));
    }

    HistoryEvent Event(Happening happening, DateTimeOffset at) => happening switch
    {
        Happening.Gave gave => new HistoryEvent.ActivityCompleted(
            at, Open(gave.Activity).Id, gave.Activity, Orchestrators.Payloads.Serialize(gave.Result)),
        Happening.Broke broke => new HistoryEvent.ActivityFailed(
            at, Open(broke.Activity).Id, broke.Activity,
            Failures.Of("Azure.RequestFailedException", "The server is busy.")),
        Happening.Told told => new HistoryEvent.EventRaised(
            at, told.Name, Orchestrators.Payloads.Serialize(told.Payload), Key: ""),
        Happening.Rang when turn.Timers.MinBy(timer => timer.FireAt) is { } first =>
            new HistoryEvent.TimerFired(first.FireAt > at.UtcDateTime ? new(first.FireAt) : at, first.Id),
        _ => throw Wrong($"{happening} cannot come there"),
    };

    Step.Activity Open(string activity) => turn.Activities.FirstOrDefault(open => open.Name == activity)
        ?? throw Wrong($"it has not asked for {activity} there");

    InvalidOperationException Wrong(string what) =>
        new($"{script.File} cannot be recorded after {history[^1]}: {what}.");
}
