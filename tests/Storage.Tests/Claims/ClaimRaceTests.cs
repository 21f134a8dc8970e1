using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using Telephony.Testing;
using static Telephony.Storage.Tests.Claims.ClaimProcess;

namespace Telephony.Storage.Tests.Claims;

public sealed class ClaimRacesOnMemory() : ClaimRaceTests(new MemoryStore(), rounds: 60);

public sealed class ClaimRacesOnAzurite(AzuriteFixture azurite) : ClaimRaceTests(new AzuriteStore(azurite), rounds: 8);

/// <summary>Two sites want the same numbers at the same time.</summary>
public abstract class ClaimRaceTests(Store store, int rounds)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exactly_one_of_two_sites_has_each_number(bool allOrNone)
    {
        for (var round = 0; round < rounds; round++)
        {
            var world = new ClaimWorld(store);
            var wanted = world.Range(9_980, 40);

            var outcomes = await Task.WhenAll(new[] { world.Ours, world.Theirs }.Select(site => Task.Run(() =>
                world.Process().ImportAsync(site, "request", wanted, allOrNone))));

            var (ours, theirs) = (await world.LiveAsync(world.Ours), await world.LiveAsync(world.Theirs));
            Assert.Equal(wanted, ours.Numbers.Union(theirs.Numbers));
            Assert.Empty(ours.Numbers.Intersect(theirs.Numbers));
            await world.AssertInStepAsync();
            if (!allOrNone)
                continue;
            Assert.Single(outcomes.OfType<SiteOutcome.Done>());
            Assert.All(Assert.Single(outcomes.OfType<SiteOutcome.Refused>()).Refusals, refusal =>
                Assert.Equal(NumberRefusal.LiveElsewhere, Assert.IsType<Refusal.OfNumber>(refusal).Reason));
        }
    }

    [Fact]
    public async Task One_import_asked_for_many_times_at_once_has_one_effect()
    {
        for (var round = 0; round < rounds; round++)
        {
            var world = new ClaimWorld(store);

            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
                world.Process().ImportAsync(world.Ours, "request", world.Range(9_980, 40)))));

            Assert.All(outcomes, outcome => Assert.Equal(world.Range(9_980, 40), Changed(outcome)));
            Assert.Single(outcomes, outcome => outcome is SiteOutcome.Done { Replayed: false });
            await world.AssertInStepAsync();
        }
    }

    [Fact]
    public async Task Whoever_imports_retires_and_sweeps_at_once_no_number_is_at_two_sites()
    {
        var (refused, done) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var world = new ClaimWorld(store);
            var random = new Random(round);
            Changed(await world.Process().ImportAsync(world.Ours, "first", world.Range(0, 6)));

            var asked = Enumerable.Range(0, 10).Select(i => (
                Name: TestSite.Name(i), Site: random.Next(2) == 0 ? world.Ours : world.Theirs, What: random.Next(5),
                Numbers: world.Range(random.Next(4), 3))).ToList();
            var outcomes = await Task.WhenAll(asked.Select(ask => Task.Run(async () =>
            {
                var process = world.Process();
                // Impatient: it settles what is still under way.
                if (ask.What == 4)
                    await process.ReconcileAsync(ask.Site);
                return ask.What < 2
                    ? await process.RetireAsync(ask.Site, ask.Name, ask.Numbers)
                    : await process.ImportAsync(ask.Site, ask.Name, ask.Numbers, allOrNone: ask.What == 2);
            })));

            foreach (var site in (Domain.Id<Domain.Directory.Site>[])[world.Ours, world.Theirs])
                await world.Process().ReconcileAsync(site);
            await world.AssertInStepAsync();
            Assert.Empty((await world.LiveAsync(world.Ours)).Numbers
                .Intersect((await world.LiveAsync(world.Theirs)).Numbers));
            refused += outcomes.Count(outcome => outcome is SiteOutcome.Refused);
            done += outcomes.Count(outcome => outcome is SiteOutcome.Done);
        }

        Assert.True(refused > 0 && done > rounds, "The test proves nothing unless some come first and others late.");
    }
}
