using Telephony.Functions.Operations;

namespace Telephony.Functions.Tests.Histories;

/// <summary>Words that scripts are written with.</summary>
static class Scripting
{
    public static readonly OperationReason InTheWay = new("too-few-numbers", "Too few numbers are free.");

    public static readonly Happening Rang = new Happening.Rang();

    public static Happening Gave(string activity, object? result) => new Happening.Gave(activity, result);

    public static Happening Broke(string activity) => new Happening.Broke(activity);

    public static Happening Cancel() =>
        new Happening.Told($"cancel~{Recorder.Operation[^26..]}", null);

    public static Happening Look() => new Happening.Told($"look~{Recorder.Operation[^26..]}", null);

    /// <summary>So many tries that failed, each with the pause after it.</summary>
    public static IEnumerable<Happening> Tries(string activity, int count) =>
        Enumerable.Repeat<Happening[]>([Broke(activity), Rang], count).SelectMany(each => each);

    /// <summary>So many tries that failed, and no more.</summary>
    public static IEnumerable<Happening> ForGood(string activity, int count) =>
        [.. Tries(activity, count - 1), Broke(activity)];

    public static Happening Closed(OperationState state) => Gave(nameof(CloseOperation), state);
}
