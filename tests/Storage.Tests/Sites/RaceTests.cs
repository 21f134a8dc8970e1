using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class RacesOnMemory() : RaceTests(new MemoryStore());

public sealed class RacesOnAzurite(AzuriteFixture azurite) : RaceTests(new AzuriteStore(azurite));

/// <summary>Many requests at once, from one process and from several.</summary>
public abstract class RaceTests(Store store)
{
    const int Callers = 16;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Sixteen_services_at_once_get_160_different_numbers(int processes)
    {
        var site = await WithAsync(store.Table, Range(0, 200));
        var all = Processes(site, processes);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => Task.Run(() =>
            all[i % processes].TransactAsync(site.Assign(Name(i), $"account-{i}", 10), Ct))));

        Assert.All(outcomes, outcome =>
            Assert.Equal(10, Assert.IsType<SiteOutcome.Done>(outcome).Operation.Changed.Count));
        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal(Range(0, 160), NumberSet.Of(outcomes.SelectMany(o => ((SiteOutcome.Done)o).Operation.Changed)));
        Assert.All(after.Holdings.Values, holding => Assert.Equal(10, holding.DirectNumbers));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Sixteen_allocations_at_once_for_one_account_are_all_counted(int processes)
    {
        var site = await WithAsync(store.Table, Range(0, 200));
        var all = Processes(site, processes);

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => Task.Run(() =>
            all[i % processes].TransactAsync(site.Allocate(Name(i), "acme", Range(i * 10, 10)), Ct))));

        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal((Range(0, 160), 160), (after.Reserved("acme"), after.Holdings["acme"].DirectNumbers));
    }

    [Theory]
    [InlineData("import", false)]
    [InlineData("allocate", false)]
    [InlineData("assign", false)]
    [InlineData("allocate", true)]
    [InlineData("assign", true)]
    public async Task One_operation_asked_for_many_times_at_once_has_one_effect(string what, bool inSteps)
    {
        var site = await WithAsync(store.Table, Range(0, 20));
        var work = what switch
        {
            "import" => site.Import("request", Range(100, 3)),
            "allocate" => site.Allocate("request", "acme", Range(0, 3)),
            _ => site.Assign("request", "acme", 3),
        };
        var all = Processes(site, 4);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => Task.Run(() =>
            inSteps ? InStepsAsync(all[i % 4], work) : all[i % 4].TransactAsync(work, Ct))));

        var done = outcomes.Select(Assert.IsType<SiteOutcome.Done>).ToList();
        Assert.Single(done, outcome => !outcome.Replayed);
        Assert.Single(done.Select(outcome => outcome.Operation.Changed).Distinct());
        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal(3, after.Operation(work.Operation.Id).Changed.Count);
        Assert.Equal(what == "import" ? 0 : 3, after.Holdings.Values.Sum(holding => holding.DirectNumbers));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task In_every_history_each_number_is_won_once_and_every_loser_lost_for_a_reason(uint seed)
    {
        const int few = 8;
        var site = await WithAsync(store.Table, Range(0, few));
        var all = Processes(site, 4);
        var random = new Random((int)seed);
        var requests = Enumerable.Range(0, Callers * 2)
            .Select(i => (Account: $"account-{i % 8}", Wanted: Numbers(
                random.GetItems([.. Enumerable.Range(0, few)], 3))))
            .ToList();
        var clock = 0;

        var history = (await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var calls = new List<Call>();
            for (var i = caller; i < requests.Count; i += Callers)
            {
                var (account, wanted) = requests[i];
                var start = Interlocked.Increment(ref clock);
                var outcome = await all[i % 4].TransactAsync(site.Allocate(Name(i), account, wanted), Ct);
                calls.Add(new(account, wanted, start, Interlocked.Increment(ref clock), outcome));
            }

            return calls;
        })))).SelectMany(calls => calls).ToList();

        (await site.ReadAsync()).AssertConsistent();
        AssertLinearizable(history);
    }

    /// <summary>
    /// Numbers are never given back here, so each has at most one winner, and who lost must have met it.
    /// </summary>
    static void AssertLinearizable(List<Call> history)
    {
        var winners = new Dictionary<E164, Call>();
        foreach (var call in history)
        {
            foreach (var number in (call.Outcome as SiteOutcome.Done)?.Operation.Changed ?? NumberSet.Empty)
                Assert.True(winners.TryAdd(number, call), $"{number} was won twice.");
        }

        foreach (var call in history)
        {
            if (call.Outcome is SiteOutcome.Done done)
            {
                Assert.Equal(call.Wanted, done.Operation.Changed.Union(done.Operation.Unchanged));
                Assert.All(done.Operation.Unchanged, number => Assert.Equal(call.Account, winners[number].Account));
                continue;
            }

            var refused = Assert.IsType<SiteOutcome.Refused>(call.Outcome).Refusals.Cast<Refusal.OfNumber>()
                .ToDictionary(r => r.Number, r => r.Reason);
            Assert.NotEmpty(refused);
            Assert.All(refused.Values, reason => Assert.Equal(NumberRefusal.Taken, reason));
            foreach (var number in call.Wanted)
            {
                var winner = winners.GetValueOrDefault(number);
                var lost = winner is not null && winner.Account != call.Account;
                if (!refused.ContainsKey(number))
                    Assert.False(lost && winner!.End < call.Start, $"{number} had been won before, and was not named.");
                else
                    Assert.True(lost && winner!.Start < call.End, $"{number} was refused before it was won.");
            }
        }
    }

    static SitePartition[] Processes(TestSite site, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => site.Process())];

    sealed record Call(string Account, NumberSet Wanted, int Start, int End, SiteOutcome Outcome);
}
