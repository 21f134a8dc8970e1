using Telephony.Domain.Places;
using Telephony.Functions.Places;
using Telephony.Storage.Tests.Sites;
using Telephony.Testing;
using static Telephony.Storage.Tests.Places.PlaceWorld;

namespace Telephony.Storage.Tests.Places;

public sealed class PlaceRacesOnMemory() : PlaceRaceTests(new MemoryStore(), rounds: 60);

public sealed class PlaceRacesOnAzurite(AzuriteFixture azurite) : PlaceRaceTests(new AzuriteStore(azurite), rounds: 6);

/// <summary>Changes at once, and each change in the midst of each other one.</summary>
public abstract class PlaceRaceTests(Store store, int rounds)
{
    const int RequestsMax = 40;

    static readonly string[] Deeds =
    [
        "create", "create-moved", "theirs", "remove", "sweep", "remove-space", "remove-port", "take-port", "import",
    ];

    public static TheoryData<string, string> Pairs => new(
        from outer in Deeds
        from inner in Deeds
        select (outer, inner));

    /// <summary>The second is done as a whole before each request of the first in turn.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task In_the_midst_of_a_change_another_one_leaves_both_in_step(string outer, string inner)
    {
        for (var call = 1; call <= RequestsMax; call++)
        {
            var world = new PlaceWorld(store);
            await world.FurnishAsync();
            var done = false;
            var table = new InterruptedTable(store.Table, async at =>
            {
                if (at != call)
                    return;
                done = true;
                await DoAsync(inner, world, world.Process());
                await world.AssertInStepAsync(settled: false);
            });

            await DoAsync(outer, world, world.Process(table));
            await world.AssertInStepAsync(settled: false);
            await world.Process().SweepAsync(world.Ours);
            await world.Process().SweepAsync(world.Theirs);
            await world.AssertInStepAsync();
            if (!done)
                return;
        }

        Assert.Fail($"{outer} has more requests than {RequestsMax}.");
    }

    [Fact]
    public async Task Exactly_one_of_two_sites_gets_an_address_that_both_want()
    {
        for (var round = 0; round < rounds; round++)
        {
            var world = new PlaceWorld(store);

            var outcomes = await Task.WhenAll(new[] { world.Ours, world.Theirs }.Select(site => Task.Run(() =>
                world.Process().CreateAsync(site, world.Phone(7)))));

            Assert.Single(outcomes.OfType<PlaceOutcome.Stored>());
            Assert.IsType<PlaceRefusal.Elsewhere>(
                Assert.Single(Assert.Single(outcomes.OfType<PlaceOutcome.Refused>()).Refusals));
            await world.AssertInStepAsync();
        }
    }

    [Fact]
    public async Task A_space_never_goes_from_under_a_handset()
    {
        var (gone, placed) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var world = new PlaceWorld(store);
            await world.Process().CreateAsync(world.Ours, Desk("c"));

            var outcomes = await Task.WhenAll(
                Task.Run(() => world.Process().ReadAndRemoveAsync(world.Ours, Desk("c").Ref)),
                Task.Run(() => world.Process().CreateAsync(world.Ours, world.Phone(7, "c"))));

            Assert.Single(outcomes, outcome => outcome is PlaceOutcome.Removed or PlaceOutcome.Stored);
            gone += outcomes[0] is PlaceOutcome.Removed ? 1 : 0;
            placed += outcomes[1] is PlaceOutcome.Stored ? 1 : 0;
            await world.Process().SweepAsync(world.Ours);
            await world.AssertInStepAsync();
        }

        Assert.Equal(rounds, gone + placed);
    }

    [Fact]
    public async Task Whoever_creates_removes_and_sweeps_at_once_all_stays_in_step()
    {
        for (var round = 0; round < rounds; round++)
        {
            var world = new PlaceWorld(store);
            await world.FurnishAsync();

            await Task.WhenAll(Deeds.Concat(Deeds).Select(deed => Task.Run(() =>
                DoAsync(deed, world, world.Process()))));

            await world.AssertInStepAsync(settled: false);
            await world.Process().SweepAsync(world.Ours);
            await world.Process().SweepAsync(world.Theirs);
            await world.AssertInStepAsync();
        }
    }

    static Task DoAsync(string deed, PlaceWorld world, PlaceProcess process) => deed switch
    {
        "create" => process.CreateAsync(world.Ours, world.Phone(3, "b", "pb")),
        "create-moved" => process.CreateAsync(world.Ours, world.Phone(3, "a")),
        "theirs" => process.CreateAsync(world.Theirs, world.Phone(3)),
        "remove" => RemoveBothAsync(world, process),
        "sweep" => process.SweepAsync(world.Ours),
        "remove-space" => process.ReadAndRemoveAsync(world.Ours, Desk("b").Ref),
        "remove-port" => process.ReadAndRemoveAsync(world.Ours, Port("pb").Ref),
        "take-port" => process.CreateAsync(world.Ours, world.Phone(4, port: "pb")),
        _ => process.ImportAsync(world.Ours, Desk("c"), world.Phone(3, "c"), world.Phone(1, "b", "pb")),
    };

    static async Task RemoveBothAsync(PlaceWorld world, PlaceProcess process)
    {
        await process.ReadAndRemoveAsync(world.Ours, world.Phone(3).Ref);
        await process.ReadAndRemoveAsync(world.Ours, world.Phone(1).Ref);
    }
}
