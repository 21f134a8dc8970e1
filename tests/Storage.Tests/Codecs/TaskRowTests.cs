using CsCheck;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Tasks;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Codecs;

public sealed class TaskRowTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_task_comes_back_as_it_was_written() =>
        Gen.Select(Gen.Enum<TaskKind>(), Gen.Enum<TaskState>(), Gen.String, Gen.Int[0, 100], Gen.Bool).Sample(
            (kind, state, text, count, hasReason) =>
            {
                var site = Id<Site>.Parse("london");
                var task = new PlatformTask(
                    new(site, new('b', 26)), kind, Id<Account>.Parse("acme"), text,
                    NumberSet.Of(Enumerable.Range(0, count).Select(at => E164.FromDigits(442_079_460_050 + at))),
                    new("olga", Noon))
                {
                    State = state,
                    Reason = hasReason ? text : null,
                    Answered = state is TaskState.Open ? null : new("paula", Noon.AddDays(1)),
                };

                Assert.Equal(task, TaskRow.Read(site, TaskRow.Write(task)).Task);
            }, iter: 500);
}
