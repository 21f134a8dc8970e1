using Telephony.Domain.Numbers;

namespace Telephony.Functions.Tests.MainNumber;

/// <summary>Operations that are called off, and done again.</summary>
public sealed class SteeringTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Called_off_it_is_reserved_as_before_and_can_be_done_again()
    {
        var place = await world.PlaceForMainsAsync();
        await place.NominateAsync(5);
        var accepted = (await place.PutMainAsync(5)).Is(202);
        await place.WaitsAsync(accepted.Id);
        (await place.SteerAsync("retry", accepted.Id)).IsProblem(409, "operation-open");

        (await place.SteerAsync("cancel", accepted.Id)).Is(202);
        var ended = await place.EndInTimeAsync(accepted.Id);
        Assert.Equal(("Cancelled", "cancelled"), ((string?)ended["state"], (string?)ended["reason"]!["code"]));
        Assert.Equal(NumberState.Reserved, (await place.StoredAsync(place.Number(5))).State);
        (await place.SteerAsync("cancel", accepted.Id)).Is(202);

        var again = (await place.SteerAsync("retry", accepted.Id)).Is(202);
        Assert.Equal(accepted.Id, (string?)(await place.WaitsAsync(again.Id))["retryOf"]);
        (await place.SayAsync(5)).Is(201);
        Assert.Equal("Succeeded", (string?)(await place.EndInTimeAsync(again.Id))["state"]);
        (await place.SteerAsync("cancel", again.Id)).IsProblem(409, "operation-ended");
        (await place.SteerAsync("retry", again.Id)).IsProblem(409, "operation-succeeded");
    }

    [Fact]
    public async Task A_user_of_the_operator_steers_what_it_started_and_nothing_else()
    {
        var place = await world.PlaceForMainsAsync();
        await place.RulesAsync(rules => rules["policies"]!["operatorUserConfiguresMain"] = true);
        await place.NominateAsync(5);
        var accepted = (await place.PutMainAsync(5, token: place.User("una"))).Is(202);
        await place.WaitsAsync(accepted.Id);

        (await place.SteerAsync("cancel", accepted.Id, place.User("umberto"))).IsProblem(403, "forbidden");
        (await place.SteerAsync("cancel", accepted.Id, place.User("una"))).Is(202);
        Assert.Equal("Cancelled", (string?)(await place.EndInTimeAsync(accepted.Id))["state"]);
    }

    [Fact]
    public async Task Terminated_by_hand_the_sweep_ends_it_and_the_next_one_takes_its_number_over()
    {
        var (place, ct) = (await world.PlaceForMainsAsync(), TestContext.Current.CancellationToken);
        await place.NominateAsync(5);
        var accepted = (await place.PutMainAsync(5)).Is(202);
        await place.WaitsAsync(accepted.Id);
        var instance = $"main~{place.Site}~{place.Tenant}";
        await place.App.Durable.TerminateInstanceAsync(instance, cancellation: ct);
        await place.App.Durable.WaitForInstanceCompletionAsync(instance, cancellation: ct);

        place.App.Clock.Advance(TimeSpan.FromMinutes(5));
        await place.App.SweepAsync();
        var ended = (await place.App.GetAsync($"operations/{accepted.Id}", place.Platform)).Is(200).Body;
        Assert.Equal(("Partial", "step-failed"), ((string?)ended["state"], (string?)ended["reason"]!["code"]));
        Assert.Equal(NumberState.Activating, (await place.StoredAsync(place.Number(5))).State);

        var main = (await place.ReadMainAsync()).Is(200);
        var again = (await place.PutMainAsync(5, match: main.ETag)).Is(202);
        Assert.Equal("Waiting", (string?)(await place.WaitsAsync(again.Id))["state"]);
        (await place.SayAsync(5)).Is(201);
        Assert.Equal("Succeeded", (string?)(await place.EndInTimeAsync(again.Id))["state"]);
    }

    [Fact]
    public async Task What_one_transaction_carries_out_cannot_be_steered()
    {
        var place = await world.PlaceForMainsAsync();
        var allocated = (await place.AllocateAsync(place.Tenant, 9)).Is(201);

        (await place.SteerAsync("cancel", allocated.Id)).IsProblem(409, "operation-ended");
        (await place.SteerAsync("retry", allocated.Id)).IsProblem(409, "operation-succeeded");
        (await place.SteerAsync("retry", $"{place.Site}~{new string('a', 26)}")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_service_in_part_is_retried_for_what_it_lacks()
    {
        var place = await world.PlaceForMainsAsync();
        await place.RulesAsync(rules => rules["services"]!.AsArray()[0]!["needsMain"] = true);
        var partial = await place.AssignAsync(place.Neighbour, "main", 2);
        Assert.Equal("Partial", (string?)partial["state"]);
        await place.NominateAsync(7);

        var again = (await place.SteerAsync("retry", (string)partial["id"]!)).Is(202);

        var ended = await place.EndInTimeAsync(again.Id);
        Assert.Equal(("Succeeded", 1), ((string?)ended["state"], (int?)ended["numberCount"]));
        Assert.Equal(3, (await place.HasAsync(place.Neighbour)).Count());
    }

    [Fact]
    public async Task The_platform_does_a_service_again_for_the_operator()
    {
        var place = await world.PlaceForMainsAsync();
        await place.RulesAsync(rules => rules["services"]!.AsArray()[0]!["needsMain"] = true);
        var partial = await place.AssignAsync(place.Neighbour, "main", 2);
        await place.NominateAsync(7);

        var again = (await place.SteerAsync("retry", (string)partial["id"]!, place.Platform)).Is(202);

        Assert.Equal(
            ("Succeeded", place.Owner), (
                (string?)(await place.EndInTimeAsync(again.Id))["state"], (string?)again.Body["onBehalfOf"]));
    }

    [Fact]
    public async Task What_somebody_wanted_since_is_not_taken_back()
    {
        var place = await world.PlaceForMainsAsync();
        await place.RulesAsync(rules => rules["services"]!.AsArray()[0]!["needsMain"] = true);
        var partial = await place.AssignAsync(place.Neighbour, "main", 2);
        await place.AssignAsync(place.Neighbour, "main", 3, await place.ServiceVersionAsync(place.Neighbour, "main"));

        (await place.SteerAsync("retry", (string)partial["id"]!)).IsProblem(412, "service-changed");
    }
}
