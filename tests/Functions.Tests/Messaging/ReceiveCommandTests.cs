using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Messaging;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Messaging;

/// <summary>What the function does with faults and floods, and what a command costs.</summary>
public sealed class ReceiveCommandTests(AzuriteFixture azurite) : IAsyncLifetime
{
    FaultPlan plan = FaultPlan.None();
    TestApp app = null!;
    Place place = null!;
    bool isDown;

    public async ValueTask InitializeAsync()
    {
        plan = FaultPlan.While(() => isDown, Fault.BeforeCall);
        app = await TestApp.StartAsync(
            azurite, table => new FaultyTable(table, plan), table => new FaultyTable(table, plan),
            table => new FaultyTable(table, plan));
        await World.OpenAsync(app);
        place = await World.PlaceAsync(app, 1, 20);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_short_outage_of_storage_uses_up_no_delivery()
    {
        var office = new BackOffice(place);
        isDown = true;
        var sending = office.SendAsync("NominateMain", new { numbers = place.Numbers(1) });
        await AdvanceAsync(sending, upTo: TimeSpan.FromSeconds(20));
        Assert.False(sending.IsCompleted);

        isDown = false;
        await AdvanceAsync(sending);

        Assert.Null((await sending).Code);
        Assert.Equal(NumberRole.NominatedMain, (await place.StoredAsync(place.Number(1))).Role);
    }

    [Fact]
    public async Task A_long_outage_gives_the_message_back_within_two_minutes_and_dead_letters_nothing()
    {
        isDown = true;
        var began = app.Clock.GetUtcNow();
        var sending = new BackOffice(place).SendAsync("NominateMain", new { numbers = place.Numbers(1) });

        await AdvanceAsync(sending);
        isDown = false;

        await Assert.ThrowsAnyAsync<Exception>(() => sending);
        Assert.InRange(
            app.Clock.GetUtcNow() - began, TimeSpan.FromSeconds(30), CommandRetries.TimeMax + TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_activation_costs_at_most_ten_requests_and_its_duplicate_two()
    {
        var office = new BackOffice(place);
        var tenant = Id<Account>.Parse(place.Tenant);
        await place.AssignAsync(place.Tenant, "main", 1);
        await office.DoneAsync("NominateMain", new { numbers = place.Numbers(10) });
        await place.MoveAsync(place.Numbers(10), order => new NumberCommand.Reserve(
            order, tenant, NumberSource.ByHand, AsMain: true));
        // What every request looks up is remembered now.
        await office.DoneAsync("ActivateMain", new { account = place.Tenant, number = place.Number(11) });
        var command = new { account = place.Tenant, number = place.Number(10) };

        var applied = await CostAsync(() => office.DoneAsync("ActivateMain", command, "a-1"));
        var duplicate = await CostAsync(() => office.DoneAsync("ActivateMain", command, "a-1"));
        var again = await CostAsync(() => office.DoneAsync("ActivateMain", command, "a-1", delivery: 2));

        // Durable's own are not counted here: a read and an event, of which a duplicate needs neither.
        Assert.InRange(applied, 1, 8);
        Assert.InRange(duplicate, 1, 2);
        Assert.InRange(again, 1, 2);
        Assert.Equal(NumberState.Active, (await place.StoredAsync(place.Number(10))).State);
    }

    [Fact]
    public async Task A_flood_of_commands_and_their_duplicates_at_once_has_each_effect_once()
    {
        var office = new BackOffice(place);
        var commands = Enumerable.Range(0, 20).SelectMany(i => Enumerable.Repeat(
            office.Command("NominateMain", new { numbers = place.Numbers(i) }, $"n-{i}").ToJsonString(), 3)).ToList();
        var settled = Task.WhenAll(commands.Select(
            (command, i) => Task.Run(() => office.SendAsync(command, 1 + (i % 3)))));

        await AdvanceAsync(settled);

        Assert.All(await settled, one => Assert.Null(one.Code));
        Assert.Equal(20, place.Rows.Count(row => row.StartsWith("O|", StringComparison.Ordinal)
            && row.Contains("Kind=Nomination", StringComparison.Ordinal)));
        for (var i = 0; i < 20; i++)
            Assert.Equal(NumberRole.NominatedMain, (await place.StoredAsync(place.Number(i))).Role);
    }

    async Task<int> CostAsync(Func<Task> work)
    {
        var before = plan.Calls;
        await work();
        return plan.Calls - before;
    }

    /// <summary>Lets the test's clock go on until the work is done, or for so long.</summary>
    Task AdvanceAsync(Task work, TimeSpan? upTo = null)
    {
        var end = app.Clock.GetUtcNow() + upTo;
        return app.AdvanceUntilAsync(() => work.IsCompleted || app.Clock.GetUtcNow() >= end);
    }
}
