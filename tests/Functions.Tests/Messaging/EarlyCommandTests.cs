using Telephony.Domain.Numbers;

namespace Telephony.Functions.Tests.Messaging;

/// <summary>Messages come in any order: the end is the same.</summary>
public sealed class EarlyCommandTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task An_activation_before_the_service_that_reserves_the_number_ends_as_in_order()
    {
        var (inOrder, early) = (await BackOffice.PlaceAsync(world, 18), await BackOffice.PlaceAsync(world, 18));
        await new BackOffice(inOrder).WaitForActivationAsync(inOrder.Number(18));
        await ActivateAsync(inOrder, 18);

        await ActivateAsync(early, 18);
        Assert.NotNull((await early.StoredAsync(early.Number(18))).Early);
        await early.AssignAsync(early.Tenant, "main", 1);
        await new BackOffice(early).StateAsync(early.Number(18), "Active");

        await SameAsync(inOrder, early, 18);
    }

    [Fact]
    public async Task An_activation_before_nomination_and_reservation_ends_as_in_order()
    {
        var (inOrder, early) = (await BackOffice.PlaceAsync(world), await BackOffice.PlaceAsync(world));
        foreach (var (place, isEarly) in new[] { (inOrder, false), (early, true) })
        {
            await place.AssignAsync(place.Tenant, "main", 1);
            var office = new BackOffice(place);
            if (isEarly)
                await ActivateAsync(place, 18);
            await office.DoneAsync("NominateMain", new { numbers = place.Numbers(18) });
            var put = await office.PutMainAsync(place.Number(18));
            if (!isEarly)
            {
                await office.StateAsync(place.Number(18), "Activating");
                await ActivateAsync(place, 18);
            }

            Assert.Equal("Succeeded", await office.EndOfActivationAsync());
            Assert.NotNull(put);
        }

        await SameAsync(inOrder, early, 18);
    }

    [Fact]
    public async Task A_failure_takes_an_early_word_back()
    {
        var place = await BackOffice.PlaceAsync(world);
        var office = new BackOffice(place);
        await ActivateAsync(place, 18);

        await office.DoneAsync("ActivationFailed", new { number = place.Number(18), reason = "A mistake." });

        Assert.Null((await place.StoredAsync(place.Number(18))).Early);
    }

    [Fact]
    public async Task What_stays_early_for_too_long_ends_in_one_task_and_no_longer_holds()
    {
        var place = await BackOffice.PlaceAsync(world);
        await ActivateAsync(place, 18);
        await ActivateAsync(place, 17);
        world.App.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromTicks(1));
        await world.App.SweepAsync();
        Assert.Empty(await TasksAsync(place));

        world.App.Clock.Advance(TimeSpan.FromTicks(1));
        await Task.WhenAll(world.App.SweepAsync(), world.App.SweepAsync());
        await world.App.SweepAsync();

        Assert.Null((await place.StoredAsync(place.Number(18))).Early);
        var tasks = await TasksAsync(place);
        Assert.Equal(
            place.Numbers(17, 18), tasks.Select(task => (string)Assert.Single(task!["numbers"]!.AsArray())!).Order());
        Assert.All(tasks, task => Assert.Equal((place.Tenant, "Open"), (
            (string)task["account"]!, (string)task["state"]!)));
        await place.AssignAsync(place.Tenant, "main", 1);
        await new BackOffice(place).DoneAsync("NominateMain", new { numbers = place.Numbers(18) });
        Assert.Equal(NumberState.Available, (await place.StoredAsync(place.Number(18))).State);
    }

    static Task ActivateAsync(Place place, int offset) => new BackOffice(place).DoneAsync(
        "ActivateMain", new { account = place.Tenant, number = place.Number(offset) }, $"activate-{offset}");

    static async Task<List<System.Text.Json.Nodes.JsonNode>> TasksAsync(Place place) =>
        await place.ListAsync($"sites/{place.Site}/tasks?kind=NotNominated", place.Platform);

    static async Task SameAsync(Place one, Place other, int offset)
    {
        var seen = new List<(NumberState, NumberRole, NumberSource?, bool, bool, bool, EarlyActivation?)>();
        foreach (var place in new[] { one, other })
        {
            var number = await place.StoredAsync(place.Number(offset));
            seen.Add((
                number.State, number.Role, number.Source, number.EverActive, number.EverMain,
                number.Account?.Value == place.Tenant, number.Early));
        }

        Assert.Equal(seen[0], seen[1]);
        Assert.Equal((NumberState.Active, NumberRole.Main), (seen[0].Item1, seen[0].Item2));
    }
}
