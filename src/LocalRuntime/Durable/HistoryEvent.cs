using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace Telephony.LocalRuntime.Durable;

/// <summary>
/// What reached an instance from outside. What its code decides is never stored: replaying these events decides it
/// again.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(ActivityCompleted), "completed")]
[JsonDerivedType(typeof(ActivityFailed), "failed")]
[JsonDerivedType(typeof(TimerFired), "timer")]
[JsonDerivedType(typeof(EventRaised), "event")]
[JsonDerivedType(typeof(Terminated), "terminated")]
abstract record HistoryEvent(DateTimeOffset At)
{
    public sealed record Started(DateTimeOffset At, string Name, string? Input) : HistoryEvent(At);

    /// <summary>The activity of step <paramref name="Id"/> gave a result.</summary>
    public sealed record ActivityCompleted(DateTimeOffset At, int Id, string Name, string? Result) : HistoryEvent(At);

    /// <summary>The activity of step <paramref name="Id"/> failed, perhaps with no use in another attempt.</summary>
    public sealed record ActivityFailed(
        DateTimeOffset At, int Id, string Name, TaskFailureDetails Failure, bool Final = false) : HistoryEvent(At);

    public sealed record TimerFired(DateTimeOffset At, int Id) : HistoryEvent(At);

    /// <summary>An external event and the key of its inbox row, so that a row that comes again is known.</summary>
    public sealed record EventRaised(DateTimeOffset At, string Name, string? Payload, string Key) : HistoryEvent(At);

    public sealed record Terminated(DateTimeOffset At, string? Output, string Key) : HistoryEvent(At);
}

/// <summary>History as text: a line of JSON for each event, so a step only adds lines.</summary>
static class HistoryText
{
    static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

        // Payloads are JSON inside JSON: the cautious encoder would write each quote with six characters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(HistoryEvent happened) => JsonSerializer.Serialize(happened, Options) + '\n';

    public static List<HistoryEvent> Read(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<HistoryEvent>(line, Options)!)];
}
