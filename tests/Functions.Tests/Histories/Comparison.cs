using System.Text.Json.Nodes;

namespace Telephony.Functions.Tests.Histories;

/// <summary>A stored run beside what today's code makes of it.</summary>
static class Comparison
{
    /// <summary>
    /// How today's code goes another way; null when it does not. An instance may stand at any event of the run, so each
    /// beginning of it is replayed.
    /// </summary>
    public static string? Difference(StoredRun run)
    {
        var (events, asked) = (run.Events(), new HashSet<int>());
        for (var last = 0; last < events.Count; last++)
        {
            var turn = Orchestrators.Run(run.Instance, [.. events.Take(last + 1)]);
            var at = $"After event {last}, {run.History[last].Event}";
            if (turn.End?.Failure is { } failure)
                return $"{at}: {failure.ErrorMessage}";
            if (turn.End is null == (last == events.Count - 1))
                return $"{at}: it {(turn.End is null ? "goes on" : "has ended")}.";

            var asks = turn.Open.Where(step => asked.Add(step.Id)).Select(StoredStep.Of).ToList();
            if (Difference(run.History[last].Asks ?? [], asks) is { } difference)
                return $"{at}: {difference}";
            if (turn.End is { } end && !Agrees(run.Output, StoredEvent.Json(end.Output)))
                return $"{at}: the output is {end.Output}.";
            if (turn.End is not null && !Agrees(run.Status, StoredEvent.Json(turn.CustomStatus)))
                return $"{at}: the custom status is {turn.CustomStatus ?? "none"}.";
        }

        return null;
    }

    static string? Difference(IReadOnlyList<StoredStep> were, IReadOnlyList<StoredStep> are)
    {
        if (!were.Select(step => $"{step}").SequenceEqual(are.Select(step => $"{step}")))
            return $"it asked for [{string.Join(", ", were)}] and now asks for [{string.Join(", ", are)}].";
        return were.Zip(are).FirstOrDefault(pair => !Agrees(pair.First.Input, pair.Second.Input)) is (not null, _) pair
            ? $"it asks for {pair.First} with {pair.Second.Input?.ToJsonString()}."
            : null;
    }

    /// <summary>Whether all that was there is there still; members may have been added.</summary>
    static bool Agrees(JsonNode? was, JsonNode? now) => (was, now) switch
    {
        (JsonObject before, JsonObject after) =>
            before.All(member => MayChange(member.Key, member.Value) || Agrees(member.Value, after[member.Key])),
        _ => JsonNode.DeepEquals(was, now),
    };

    /// <summary>Words for people and the length of a pause: no instance goes another way for them.</summary>
    static bool MayChange(string member, JsonNode? value) =>
        member is "Text" or "NextTryAt" || (member == "Reason" && value is JsonValue);
}
