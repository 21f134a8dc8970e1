namespace Telephony.Domain.Tasks;

/// <summary>What the platform has to say to a task.</summary>
/// <param name="By">Who says it.</param>
public abstract record TaskAnswer(Signature By)
{
    /// <summary>It is done.</summary>
    public sealed record Finish(Signature By, string? Note) : TaskAnswer(By);

    /// <summary>It will not be done, and why.</summary>
    public sealed record Refuse(Signature By, string Reason) : TaskAnswer(By);

    /// <summary>Where it leads.</summary>
    public TaskState Goal => this is Finish ? TaskState.Done : TaskState.Refused;
}

/// <summary>What an answer does to a task.</summary>
public abstract record TaskDecision
{
    TaskDecision() { }

    public sealed record Accepted(PlatformTask Next) : TaskDecision;

    /// <summary>It already is as answered; what was said first stays.</summary>
    public sealed record Unchanged : TaskDecision;

    /// <summary>It has been answered otherwise.</summary>
    public sealed record Refused(TaskState From, TaskState To) : TaskDecision;
}

/// <summary>A task is answered once: done, or refused with a reason.</summary>
public static class TaskDecider
{
    public static TaskDecision Decide(PlatformTask task, TaskAnswer answer) => (task.State, answer) switch
    {
        (TaskState.Open, TaskAnswer.Finish finish) => Answered(task, finish, finish.Note),
        (TaskState.Open, TaskAnswer.Refuse refuse) => Answered(task, refuse, refuse.Reason),
        _ when task.State == answer.Goal => new TaskDecision.Unchanged(),
        _ => new TaskDecision.Refused(task.State, answer.Goal),
    };

    static TaskDecision.Accepted Answered(PlatformTask task, TaskAnswer answer, string? reason) =>
        new(task with { State = answer.Goal, Reason = reason, Answered = answer.By });
}
