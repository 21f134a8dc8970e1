namespace Telephony.LocalRuntime.Durable;

/// <summary>Something an orchestrator asked for and may await; its id is its place in the order of asking.</summary>
abstract class Step(int id)
{
    public int Id { get; } = id;

    public abstract bool IsOpen { get; }

    public sealed class Activity(int id, string name, string? input) : Step(id)
    {
        public string Name { get; } = name;

        public string? Input { get; } = input;

        /// <summary>Completed or failed: a failure is a value here, so a retry is a plain loop.</summary>
        public TaskCompletionSource<HistoryEvent> Outcome { get; } = new();

        public override bool IsOpen => !Outcome.Task.IsCompleted;

        public override string ToString() => $"activity '{Name}'";
    }

    public sealed class Timer(int id, DateTime fireAt) : Step(id)
    {
        /// <summary>UTC.</summary>
        public DateTime FireAt { get; } = fireAt;

        public TaskCompletionSource Fired { get; } = new();

        public override bool IsOpen => !Fired.Task.IsCompleted;

        public override string ToString() => "a timer";
    }
}
