using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Tasks;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Tasks;

/// <summary>R15: a task is answered once, and its answer stays.</summary>
public sealed class TaskDeciderTests
{
    static readonly PlatformTask Open = new(
        First, TaskKind.PortIn, Ours, "Two numbers.", Set(1, 2), new("olga", Noon));

    static readonly Signature Paula = new("paula", Noon.AddDays(1));
    static readonly TaskAnswer Finish = new TaskAnswer.Finish(Paula, "Ported.");
    static readonly TaskAnswer Refuse = new TaskAnswer.Refuse(Paula, "The carrier declined.");

    [Fact]
    public void R15_An_open_task_is_done_or_refused_with_who_when_and_why()
    {
        Assert.Equal(
            new TaskDecision.Accepted(Open with { State = TaskState.Done, Reason = "Ported.", Answered = Paula }),
            TaskDecider.Decide(Open, Finish));
        Assert.Equal(
            new TaskDecision.Accepted(
                Open with { State = TaskState.Refused, Reason = "The carrier declined.", Answered = Paula }),
            TaskDecider.Decide(Open, Refuse));
    }

    [Fact]
    public void R15_A_task_that_was_answered_is_not_answered_otherwise()
    {
        var done = Open with { State = TaskState.Done };
        var refused = Open with { State = TaskState.Refused };

        Assert.Equal(new TaskDecision.Unchanged(), TaskDecider.Decide(done, Finish));
        Assert.Equal(new TaskDecision.Unchanged(), TaskDecider.Decide(refused, Refuse));
        Assert.Equal(new TaskDecision.Refused(TaskState.Done, TaskState.Refused), TaskDecider.Decide(done, Refuse));
        Assert.Equal(new TaskDecision.Refused(TaskState.Refused, TaskState.Done), TaskDecider.Decide(refused, Finish));
    }

    [Fact]
    public void R1_An_unmanaged_site_refuses_requests_and_answers()
    {
        var site = SiteOf((1, new Number()));
        TaskDecision[] decisions =
        [
            new TaskDecision.Accepted(Open), new TaskDecision.Unchanged(),
            new TaskDecision.Refused(TaskState.Done, TaskState.Refused),
        ];

        Assert.Equal([1, 0], decisions[..2].Select(decision =>
            Assert.IsType<PoolDecision.Accepted>(PoolDecider.Decide(site, decision)).Change.OtherRows));
        var unmanaged = site with { Rules = site.Rules with { ManagedByPlatform = false } };
        Assert.All(decisions, decision => Assert.Equal(
            [new Refusal.SiteNotManaged()],
            Assert.IsType<PoolDecision.Refused>(PoolDecider.Decide(unmanaged, decision)).Refusals));
    }
}
