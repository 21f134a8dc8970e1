using System.Text.Json.Nodes;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.SettingsWorld;

namespace Telephony.Storage.Tests.Sites;

public sealed class SettingsOnMemory() : SettingsTableTests(new MemoryStore());

public sealed class SettingsOnAzurite(AzuriteFixture azurite) : SettingsTableTests(new AzuriteStore(azurite));

/// <summary>Settings are written once whatever is lost, and no two changes close a loop together.</summary>
public abstract class SettingsTableTests(Store store)
{
    const int RequestsMax = 40;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The second is done as a whole before each request of the first in turn.</summary>
    [Fact]
    public async Task In_whatever_moment_of_one_change_another_one_comes_they_close_no_loop()
    {
        var firsts = 0;
        for (var call = 1; call <= RequestsMax; call++)
        {
            var world = await OpenAsync(store);
            Assert.IsType<SiteOutcome.Done>(await world.SetAsync("between", 1, ForwardTo(2)));
            var (done, other) = (false, (SiteOutcome?)null);
            var table = new InterruptedTable(store.Table, async at =>
            {
                if (at != call)
                    return;
                done = true;
                other = await world.SetAsync("other", 2, ForwardTo(0));
            });

            var first = await world.SetAsync("first", 0, ForwardTo(1), table);

            // Who comes second is refused; the first one is refused as long as it has not been written.
            if (!done)
            {
                Assert.InRange(call, 5, RequestsMax);
                Assert.InRange(firsts, 0, call);
                return;
            }

            Assert.True((first is null) != (other is null), $"Before request {call}: {first} and {other}.");
            firsts += other is null ? 1 : 0;
        }

        Assert.Fail($"It has more requests than {RequestsMax}.");
    }

    [Theory]
    [InlineData(Fault.BeforeCall)]
    [InlineData(Fault.AfterCall)]
    public async Task Whichever_request_is_lost_it_is_set_once(Fault fault)
    {
        var (undisturbed, requests) = await RunAsync(FaultPlan.None());
        var struck = 0;
        for (var call = 1; call <= RequestsMax; call++)
        {
            var plan = FaultPlan.At(call, fault);
            Assert.Equal(undisturbed, (await RunAsync(plan)).Text);
            struck += plan.Faults;
            if (plan.Faults == 0)
                break;
        }

        Assert.Equal(requests, struck);
        Assert.InRange(struck, 4, RequestsMax - 1);
    }

    [Fact]
    public async Task A_number_that_changes_meanwhile_is_looked_at_again()
    {
        var world = await OpenAsync(store);
        var table = new InterruptedTable(store.Table, async at =>
        {
            // After the number was read, and before anything is written.
            if (at == 4)
            {
                await world.Site.RewriteAsync(
                    TestSite.Number(0), number => number with { State = NumberState.Reserved, Version = 9 });
            }
        });

        Assert.Null(await world.SetAsync("late", 0, new JsonObject { ["label"] = "A" }, table));
        Assert.False((await world.ReadAsync(0)).WasSet);
    }

    [Fact]
    public async Task What_is_no_longer_in_service_is_forgotten_and_the_rest_is_kept()
    {
        var world = await OpenAsync(store);
        for (var number = 0; number < 5; number++)
            await world.SetAsync($"set{(char)('a' + number)}", number, new JsonObject { ["label"] = "A" });
        await world.Site.RewriteAsync(TestSite.Number(1), number => number with { State = NumberState.Cooldown });
        await world.Site.RewriteAsync(TestSite.Number(2), number => number with { Term = 2 });
        await world.Site.RewriteAsync(TestSite.Number(3), number => number with { State = NumberState.Deactivating });

        Assert.Equal(2, await world.Table.ForgetAsync(world.Site.Id, Ct));
        Assert.Equal(0, await world.Table.ForgetAsync(world.Site.Id, Ct));

        var left = new List<bool>();
        for (var number = 0; number < 5; number++)
            left.Add((await world.ReadAsync(number)).WasSet);
        Assert.Equal([true, false, false, true, true], left);
    }

    async Task<(string Text, int Requests)> RunAsync(FaultPlan plan)
    {
        var world = await OpenAsync(store);
        var table = store.Through(plan, retries: 0);
        for (var attempt = 1; attempt <= RequestsMax; attempt++)
        {
            try
            {
                Assert.IsType<SiteOutcome.Done>(await world.SetAsync("request", 0, ForwardTo(1), table));
                break;
            }
            catch (Exception e) when (e is IOException or AggregateException && attempt < RequestsMax)
            {
                // The caller sends it again.
            }
        }

        return (await world.TextAsync(), plan.Calls);
    }
}
