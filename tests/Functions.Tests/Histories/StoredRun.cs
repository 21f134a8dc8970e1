using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Telephony.LocalRuntime.Durable;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Histories;

/// <summary>
/// A run of an orchestration as a file has it: what happened to it, what its code asked for then, and how it ended.
/// </summary>
sealed record StoredRun
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public required string Orchestration { get; init; }

    /// <summary>What the run was like, for people.</summary>
    public required string Tells { get; init; }

    public required string Instance { get; init; }

    public required JsonNode Input { get; init; }

    /// <summary>The first is the start.</summary>
    public required IReadOnlyList<StoredEvent> History { get; init; }

    /// <summary>Absent: nothing was given back.</summary>
    public JsonNode? Output { get; init; }

    /// <summary>The last custom status.</summary>
    public JsonNode? Status { get; init; }

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Functions.Tests", "Histories");

    /// <summary>Of all stored runs, from <see cref="Folder"/>.</summary>
    public static IEnumerable<string> Files => System.IO.Directory
        .EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    public static StoredRun Read(string file) =>
        JsonSerializer.Deserialize<StoredRun>(File.ReadAllText(Path.Combine(Folder, file)), Options)!;

    public override string ToString() => JsonSerializer.Serialize(this, Options) + "\n";

    public IReadOnlyList<HistoryEvent> Events() =>
    [
        new HistoryEvent.Started(History[0].At, Orchestration, Input.ToJsonString()),
        .. History.Skip(1).Select(happened => happened.ToEvent()),
    ];
}

/// <summary>Something that happened; absent members do not belong to such an event, or were null.</summary>
sealed record StoredEvent
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The name of a <see cref="HistoryEvent"/>.</summary>
    public required string Event { get; init; }

    /// <summary>The place of what ended in the order of asking.</summary>
    public int? Step { get; init; }

    /// <summary>The activity, or the external event.</summary>
    public string? Name { get; init; }

    /// <summary>What the activity gave, or the external event brought.</summary>
    public JsonNode? Payload { get; init; }

    public StoredFailure? Failure { get; init; }

    /// <summary>What the code asked for next.</summary>
    public IReadOnlyList<StoredStep>? Asks { get; init; }

    public static StoredEvent Of(HistoryEvent happened, IReadOnlyList<StoredStep> asks)
    {
        var bare = new StoredEvent
        {
            At = happened.At, Event = happened.GetType().Name, Asks = asks.Count == 0 ? null : asks,
        };
        return happened switch
        {
            HistoryEvent.Started => bare,
            HistoryEvent.TimerFired fired => bare with { Step = fired.Id },
            HistoryEvent.EventRaised raised => bare with { Name = raised.Name, Payload = Json(raised.Payload) },
            HistoryEvent.ActivityCompleted done =>
                bare with { Step = done.Id, Name = done.Name, Payload = Json(done.Result) },
            HistoryEvent.ActivityFailed failed => bare with
            {
                Step = failed.Id, Name = failed.Name,
                Failure = new(failed.Failure.ErrorType, failed.Failure.ErrorMessage),
            },
            _ => throw new NotSupportedException($"No stored run has {happened}."),
        };
    }

    public HistoryEvent ToEvent() => Event switch
    {
        nameof(HistoryEvent.TimerFired) => new HistoryEvent.TimerFired(At, Step!.Value),
        nameof(HistoryEvent.EventRaised) => new HistoryEvent.EventRaised(At, Name!, Payload?.ToJsonString(), Key: ""),
        nameof(HistoryEvent.ActivityCompleted) =>
            new HistoryEvent.ActivityCompleted(At, Step!.Value, Name!, Payload?.ToJsonString()),
        nameof(HistoryEvent.ActivityFailed) =>
            new HistoryEvent.ActivityFailed(At, Step!.Value, Name!, Failures.Of(Failure!.Type, Failure.Message)),
        _ => throw new NotSupportedException($"No stored run has an event {Event}."),
    };

    public static JsonNode? Json(string? payload) => payload is null ? null : JsonNode.Parse(payload);
}

sealed record StoredFailure(string Type, string Message);

/// <summary>Something that was asked for: an activity with its input, or a timer.</summary>
sealed record StoredStep(int Step, string? Activity, JsonNode? Input, DateTime? Timer)
{
    public static StoredStep Of(Step asked) => asked switch
    {
        Step.Activity activity => new(asked.Id, activity.Name, StoredEvent.Json(activity.Input), null),
        Step.Timer timer => new(asked.Id, null, null, timer.FireAt),
        _ => throw new NotSupportedException($"No stored run has {asked}."),
    };

    public override string ToString() => Activity is null ? $"{Step}: a timer" : $"{Step}: {Activity}";
}
