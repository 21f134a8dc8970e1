using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class LostRequestsOnMemory() : LostRequestTests(new MemoryStore(), retries: 0);

public sealed class LostRequestsOnAzurite(AzuriteFixture azurite)
    : LostRequestTests(new AzuriteStore(azurite), retries: 0);

public sealed class LostRequestsThatTheClientRepeats(AzuriteFixture azurite)
    : LostRequestTests(new AzuriteStore(azurite), retries: 3);

/// <summary>
/// Every request of every change is lost in turn, or its response; the change is then asked for again, with the same
/// id, until it gets through. Whatever was lost, the rows end as they do when nothing is lost.
/// </summary>
public abstract class LostRequestTests(Store store, int retries)
{
    const int RequestsMax = 40;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool, Fault, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool, Fault, bool>();
            foreach (var what in (string[])["import", "allocate", "count", "assign", "lack", "ask"])
            {
                foreach (var fault in Enum.GetValues<Fault>())
                {
                    cases.AddRange((what, false, fault, false), (what, false, fault, true));
                    cases.AddRange((what, true, fault, false), (what, true, fault, true));
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Whichever_request_is_lost_the_change_is_made_once(
        string what, bool inSteps, Fault fault, bool warm)
    {
        var (undisturbed, requests) = await RunAsync(what, inSteps, FaultPlan.None(), warm, restart: false);

        var struck = 0;
        for (var call = 1; call <= RequestsMax; call++)
        {
            var plan = FaultPlan.At(call, fault);
            // The caller's repeat reaches the same process, or another one because the first was lost too.
            var (state, _) = await RunAsync(what, inSteps, plan, warm, restart: call % 2 == 0);

            Assert.Equal(undisturbed, state);
            struck += plan.Faults;
            if (plan.Faults == 0)
                break;
        }

        Assert.Equal(requests, struck);
        Assert.InRange(struck, 1, RequestsMax - 1);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task However_often_requests_are_lost_the_change_is_made_once(
        string what, bool inSteps, Fault fault, bool warm)
    {
        var (undisturbed, _) = await RunAsync(what, inSteps, FaultPlan.None(), warm, restart: false);

        var plan = FaultPlan.Escalating(fault);
        var (state, _) = await RunAsync(what, inSteps, plan, warm, restart: true);

        Assert.Equal(undisturbed, state);
        Assert.True(plan.Faults > 0, "The test proves nothing unless faults struck.");
    }

    async Task<(
        string State, int Requests)> RunAsync(string what, bool inSteps, FaultPlan plan, bool warm, bool restart)
    {
        var site = await WithAsync(store.Table, Range(0, 220));
        await site.Process().TransactAsync(site.Allocate("byhand", "acme", Numbers(1, 150)), Ct);
        // One that ends in two blocks and the account's row, so that a part of it could be done.
        var work = what switch
        {
            "import" => site.Import("request", Range(290, 20)),
            "allocate" => site.Allocate("request", "acme", Range(95, 10)),
            // Also the row that counts the pool.
            "count" => site.AllocateCount("request", "acme", 105, keep: 10),
            // Also the rows of tasks.
            "lack" => site.AssignLackingMain("request", "acme", 105),
            "ask" => site.Ask("request", "acme"),
            _ => site.Assign("request", "acme", 105),
        };

        var table = store.Through(plan, retries);
        var cache = new SiteCache();
        if (warm)
            await site.Process(cache: cache).RulesAsync(site.Id, Ct);
        var process = site.Process(table, cache: cache);

        for (var attempt = 1; attempt <= RequestsMax; attempt++)
        {
            try
            {
                var outcome = inSteps ? await InStepsAsync(process, work) : await process.TransactAsync(work, Ct);
                Assert.IsType<SiteOutcome.Done>(outcome);
                break;
            }
            catch (Exception e) when (e is IOException or AggregateException && attempt < RequestsMax)
            {
                process = restart ? site.Process(table) : process;
            }
        }

        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal(what is "lack" or "ask" ? 1 : 0, after.Tasks.Count);
        return (after.Normalised, plan.Calls);
    }
}
