using Telephony.LocalRuntime.Timers;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Timers;

/// <summary>Storage that does not hear, or is not heard.</summary>
public sealed class TimerFaultTests(AzuriteFixture azurite)
{
    static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 1, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Fault.BeforeCall)]
    [InlineData(Fault.AfterCall)]
    public async Task Any_lost_request_costs_no_occurrence_and_repeats_none(Fault fault)
    {
        const int RequestsMin = 6;
        var struck = 0;
        for (var isStruck = true; isStruck;)
        {
            var plan = FaultPlan.At(struck + 1, fault);
            var faulty = new TimerSetup(azurite, new WatchedTime(Start))
            {
                Client = StorageOptions.With(0, new FaultPolicy(plan)),
            };
            await using var app = await TimersUnderTest.StartAsync(faulty, "0 * * * * *");
            await RunTwiceAsync(app, faulty);

            isStruck = plan.Faults > 0 && struck < RequestsMin * 2;
            struck += isStruck ? 1 : 0;
        }

        Assert.True(struck >= RequestsMin, $"only {struck} requests were struck");
    }

    [Fact]
    public async Task A_run_goes_on_when_the_answer_to_a_renewal_is_lost()
    {
        var isDeaf = false;
        var cancelled = false;
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var plan = FaultPlan.While(() => Volatile.Read(ref isDeaf), Fault.AfterCall);
        var deaf = new TimerSetup(azurite, new WatchedTime(Start))
        {
            Client = StorageOptions.With(0, new FaultPolicy(plan)),
        };
        await using var app = await TimersUnderTest.StartAsync(deaf, "0 * * * * *", async ct =>
        {
            await end.Task;
            cancelled = ct.IsCancellationRequested;
        });
        await deaf.Time.ReachAsync(At(2));
        await app.RanAsync(1);

        Volatile.Write(ref isDeaf, true);
        var renewal = At(2) + (deaf.Options.Lease / 2);
        await deaf.Time.ReachAsync(renewal);
        await deaf.Time.AwaitedAsync(renewal + deaf.Options.Rest);
        Volatile.Write(ref isDeaf, false);
        deaf.Time.SetUtcNow(renewal + deaf.Options.Rest);
        await app.RowAsync(row => row?.Until == renewal + deaf.Options.Rest + deaf.Options.Lease);
        end.SetResult();
        var row = await app.RowAsync(row => row is { Owner: "" });

        Assert.Equal((At(3), 1, false), (row.Status.Next, app.Runs.Count, cancelled));
    }

    /// <summary>Minutes pass, each once the row says that the one before is over.</summary>
    static async Task RunTwiceAsync(TimersUnderTest app, TimerSetup faulty)
    {
        await RestAsync(app, faulty, row => row?.Status.Next == At(2));
        faulty.Time.SetUtcNow(At(2));
        await RestAsync(app, faulty, row => row is { Owner: "" } && row.Status.Next == At(3));
        faulty.Time.SetUtcNow(At(3));
        await RestAsync(app, faulty, row => row is { Owner: "" } && row.Status.Next == At(4));
        Assert.Equal([At(2), At(3)], app.Runs.Select(run => (DateTimeOffset)run.ScheduleStatus!.Next));
    }

    /// <summary>Until the row is as wanted, time passes for those who rest after a lost request.</summary>
    static Task<StoredTimer> RestAsync(TimersUnderTest app, TimerSetup faulty, Func<StoredTimer?, bool> isReached) =>
        app.RowAsync(row =>
        {
            faulty.Time.PassWait(faulty.Time.GetUtcNow() + faulty.Options.Rest);
            return isReached(row);
        });

    static DateTimeOffset At(int minute) => Start + TimeSpan.FromMinutes(minute - 1);
}
