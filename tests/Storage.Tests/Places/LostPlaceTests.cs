using Azure;
using Telephony.Domain.Places;
using Telephony.Functions.Places;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using Telephony.Testing;
using static Telephony.Storage.Tests.Places.PlaceWorld;

namespace Telephony.Storage.Tests.Places;

public sealed class LostPlacesOnMemory() : LostPlaceTests(new MemoryStore());

public sealed class LostPlacesOnAzurite(AzuriteFixture azurite) : LostPlaceTests(new AzuriteStore(azurite));

/// <summary>
/// Every request of a change is lost in turn, to sites and claims alike. Whatever was lost, nothing names what is not
/// there, and no address is claimed without its handset, or a handset's without a claim.
/// </summary>
public abstract class LostPlaceTests(Store store)
{
    const int RequestsMax = 60;

    public static TheoryData<string, Fault> Cases => new(
        from what in (string[])["create", "taken", "move", "remove", "again", "patch", "remove-port", "import"]
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
        Assert.InRange(struck, 4, RequestsMax - 1);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Whenever_a_process_dies_for_good_it_leaves_all_or_nothing(string what, Fault fault)
    {
        var (undisturbed, requests) = await RunAsync(what, FaultPlan.None(), tries: 1);
        var untouched = (await RunAsync(what, FaultPlan.From(1, Fault.BeforeCall), tries: 1)).State;
        for (var call = 1; call <= requests; call++)
        {
            var (state, _) = await RunAsync(what, FaultPlan.From(call, fault), tries: 1);
            if (what != "import")
                Assert.Contains(state, (string[])[undisturbed, untouched]);
        }

        Assert.Equal(what == "taken", undisturbed == untouched);
    }

    /// <summary>What both sites have afterwards, and how many requests there were.</summary>
    async Task<(string State, int Requests)> RunAsync(string what, FaultPlan plan, int tries)
    {
        var world = new PlaceWorld(store);
        await world.FurnishAsync();
        if (what == "again")
            await world.Process().ReadAndRemoveAsync(world.Ours, world.Phone(1).Ref);
        if (what == "remove-port")
            await world.Process().ReadAndRemoveAsync(world.Ours, world.Phone(1).Ref);

        var table = new PlaceTable(store.Table);
        var seen = await table.FindAsync(
            world.Ours, what.EndsWith("port", StringComparison.Ordinal) ? Port("pa").Ref
            : what == "patch" ? Port("pb").Ref : world.Phone(1).Ref, TestContext.Current.CancellationToken);
        var through = store.Through(plan);
        for (var attempt = 1; attempt <= tries; attempt++)
        {
            try
            {
                await AskAsync(what, world, world.Process(through), seen?.ETag ?? default, first: plan.Faults == 0);
                break;
            }
            catch (Exception e) when (e is IOException or AggregateException or RequestFailedException)
            {
                // The next try comes to another process.
            }
        }

        await world.Process().SweepAsync(world.Ours);
        await world.AssertInStepAsync();
        return (await world.TextAsync(), plan.Calls);
    }

    static async Task AskAsync(string what, PlaceWorld world, PlaceProcess process, ETag seen, bool first)
    {
        if (what == "import")
        {
            var tally = await process.ImportAsync(world.Ours, Desk("c"), Port("pc", "c"), world.Phone(3, "c", "pc"),
                world.Phone(1, "b", "pb"), world.Phone(2, "b"));
            Assert.Equal("mac-taken", Assert.Single(tally.Errors).Code);
            return;
        }

        var outcome = what switch
        {
            "create" or "again" => await process.CreateAsync(
                world.Ours, what == "again" ? world.Phone(1, "a") : world.Phone(3, "b", "pb")),
            "taken" => await process.CreateAsync(world.Ours, world.Phone(2, "b")),
            "move" => await process.ChangeAsync(world.Ours, world.Phone(1, "b", "pb"), seen),
            "patch" => await process.ChangeAsync(world.Ours, Port("pb", "a"), seen),
            "remove" => await process.RemoveAsync(world.Ours, world.Phone(1).Ref, seen),
            _ => await process.RemoveAsync(world.Ours, Port("pa").Ref, seen),
        };
        if (what == "taken")
        {
            Assert.IsType<PlaceRefusal.Elsewhere>(Assert.Single(Assert.IsType<PlaceOutcome.Refused>(outcome).Refusals));
        }
        else if (what.StartsWith("remove", StringComparison.Ordinal))
        {
            Assert.True(outcome is PlaceOutcome.Removed || (!first && outcome is PlaceOutcome.NotThere), $"{outcome}");
        }
        else
        {
            Assert.IsType<PlaceOutcome.Stored>(outcome);
        }
    }
}
