using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using Telephony.Testing;
using static Telephony.Storage.Tests.Claims.ClaimProcess;

namespace Telephony.Storage.Tests.Claims;

public sealed class LostClaimsOnMemory() : LostClaimTests(new MemoryStore(), retries: 0);

public sealed class LostClaimsOnAzurite(AzuriteFixture azurite) : LostClaimTests(new AzuriteStore(azurite), retries: 0);

/// <summary>
/// Every request of an import and of a retirement is lost in turn, to sites and claims alike. Whatever was lost, no
/// number is claimed that no site has, no site has one that it has not claimed, and none is at two sites.
/// </summary>
public abstract class LostClaimTests(Store store, int retries)
{
    const int RequestsMax = 60;

    public static TheoryData<string, Fault> Cases => new(
        from what in (string[])["import", "file", "refused", "again", "retire"]
        from fault in Enum.GetValues<Fault>()
        select (what, fault));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Whichever_request_is_lost_the_repeat_ends_as_if_none_had_been(string what, Fault fault)
    {
        var (undisturbed, requests) = await RunAsync(what, FaultPlan.None(), tries: RequestsMax);

        var struck = 0;
        for (var call = 1; call <= RequestsMax; call++)
        {
            var plan = FaultPlan.At(call, fault);
            Assert.Equal(undisturbed, (await RunAsync(what, plan, tries: RequestsMax)).State);
            struck += plan.Faults;
            if (plan.Faults == 0)
                break;
        }

        Assert.Equal(requests, struck);
        Assert.InRange(struck, 5, RequestsMax - 1);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Whenever_a_process_dies_for_good_the_sweep_leaves_no_claim_without_a_number(
        string what, Fault fault)
    {
        var (undisturbed, requests) = await RunAsync(what, FaultPlan.None(), tries: 1);
        var untouched = (await RunAsync(what, FaultPlan.From(1, Fault.BeforeCall), tries: 1)).State;
        for (var call = 1; call <= requests; call++)
        {
            // All of it or nothing.
            var (state, _) = await RunAsync(what, FaultPlan.From(call, fault), tries: 1);
            Assert.Contains(state, (string[])[undisturbed, untouched]);
        }

        Assert.Equal(what == "refused", undisturbed == untouched);
    }

    /// <summary>
    /// What each site has afterwards, without the numbers' first digits, and how many requests there were.
    /// </summary>
    async Task<(string State, int Requests)> RunAsync(string what, FaultPlan plan, int tries)
    {
        var world = new ClaimWorld(store);
        var setUp = world.Process();
        Changed(await setUp.ImportAsync(world.Theirs, "theirs", world.Range(10_100, 10)));
        Changed(await setUp.ImportAsync(world.Ours, "ours", world.Range(9_900, 300).Except(world.Range(10_000, 150))));
        Changed(await setUp.RetireAsync(world.Ours, "gone", world.Range(9_950, 10)));

        var table = store.Through(plan, retries);
        for (var attempt = 1; attempt <= tries; attempt++)
        {
            try
            {
                var outcome = await AskAsync(what, world, world.Process(table));
                Assert.IsType(what == "refused" ? typeof(SiteOutcome.Refused) : typeof(SiteOutcome.Done), outcome);
                break;
            }
            catch (Exception e) when (e is IOException or AggregateException && attempt < RequestsMax)
            {
                // The next try comes to another process.
            }
        }

        var settled = await world.Process().ReconcileAsync(world.Ours);
        Assert.InRange(settled, 0, 1);
        await world.AssertInStepAsync();
        var (ours, theirs) = (await world.LiveAsync(world.Ours), await world.LiveAsync(world.Theirs));
        Assert.Empty(ours.Numbers.Intersect(theirs.Numbers));
        return ($"{Text(world, ours)} {Text(world, theirs)}", plan.Calls);
    }

    static Task<SiteOutcome> AskAsync(string what, ClaimWorld world, ClaimProcess process) => what switch
    {
        // In two partitions of claims, in a block that has numbers and in one that has none.
        "import" => process.ImportAsync(world.Ours, "request", world.Range(9_895, 5).Union(world.Range(10_000, 100))),
        // One line has a number of another site among others that it could have.
        "file" => process.ImportLinesAsync(
            world.Ours, "request", world.Range(10_000, 95), world.Range(10_095, 8), world.Range(10_115, 9)),
        "refused" => process.ImportAsync(world.Ours, "request", world.Range(9_895, 5).Union(world.Range(10_105, 10))),
        "again" => process.ImportAsync(world.Ours, "request", world.Range(9_950, 10)),
        _ => process.RetireAsync(world.Ours, "request", world.Range(9_990, 10).Union(world.Range(10_150, 10))),
    };

    static string Text(ClaimWorld world, NumberLives lives) => string.Join(' ', lives.Lives.Select(life =>
        $"{life.Block.First.Digits - world.Number(0).Digits}/{life.Generation}:{life.Slots}"));
}
