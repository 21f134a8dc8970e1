using Telephony.Domain.Numbers;

namespace Telephony.Functions.Tests.Releases;

/// <summary>Giving numbers up, and having them back when that was a mistake.</summary>
public sealed class ReleaseTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_number_that_was_never_in_service_is_available_at_once()
    {
        var place = await world.PlaceAsync(5);
        (await place.AllocateAsync(place.Tenant, 0, 1)).Is(201);

        (await ReleaseAsync(place, 0)).Is(201);

        Assert.Equal(NumberState.Available, (await place.StoredAsync(place.Number(0))).State);
        Assert.Equal(place.Numbers(1), await place.HasAsync(place.Tenant));
        (await place.AllocateAsync(place.Neighbour, 0)).Is(201);
    }

    [Fact]
    public async Task A_number_that_was_in_service_rests_for_the_sites_days_and_nobody_else_can_have_it()
    {
        var place = await world.PlaceAsync(5);
        await place.RulesAsync(rules => rules["cooldownDays"] = 30);
        (await place.AllocateAsync(place.Tenant, 0)).Is(201);
        await ServeAndStopAsync(place, 0);

        (await ReleaseAsync(place, 0)).Is(201);

        var number = await place.StoredAsync(place.Number(0));
        Assert.Equal(
            (NumberState.Cooldown, world.App.Clock.GetUtcNow().AddDays(30), place.Tenant),
            (number.State, number.RestsUntil, number.Former?.Value));
        (await place.AllocateAsync(place.Neighbour, 0)).IsProblem(409, "numbers-refused");
    }

    [Fact]
    public async Task A_number_that_was_a_main_number_rests_for_the_main_numbers_days()
    {
        var place = await world.PlaceAsync(0);
        await place.RulesAsync(rules => rules["services"]![0]!["needsMain"] = true);
        (await place.ImportAsync(new
        {
            lines = new object[]
            {
                new { range = place.Range(0, 4), nominated = false },
                new { range = place.Range(5, 5), nominated = true },
            },
        })).Is(201);
        await place.AssignAsync(place.Tenant, "main", 1);
        await place.ActivateAsync(place.Numbers(5));
        await place.MoveAsync(
            place.Numbers(5), order => new NumberCommand.Deactivate(order with { By = Party.Operator }, true),
            order => new NumberCommand.ConfirmDeactivation(order));

        (await ReleaseAsync(place, 5)).Is(201);

        Assert.Equal(
            world.App.Clock.GetUtcNow().AddDays(180), (await place.StoredAsync(place.Number(5))).RestsUntil);
    }

    [Fact]
    public async Task Anothers_number_and_one_in_service_are_refused_with_from_and_to()
    {
        var place = await world.PlaceAsync(5);
        (await place.AllocateAsync(place.Tenant, 0, 1)).Is(201);
        (await place.AllocateAsync(place.Neighbour, 2)).Is(201);
        await place.ActivateAsync(place.Numbers(1));
        var before = place.Rows;

        var answer = await ReleaseAsync(place, 0, 1, 2);

        answer.IsProblem(409, "numbers-refused");
        Assert.Equal(
            [(place.Number(1), "no-transition", "Active"), (place.Number(2), "number-taken", "Reserved")],
            answer.Errors.Select(e => ((string?)e["number"], (string?)e["code"], (string?)e["from"])));
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task A_repeat_is_silent_also_once_somebody_else_has_the_number()
    {
        var place = await world.PlaceAsync(5);
        (await place.AllocateAsync(place.Tenant, 0)).Is(201);
        var first = (await ReleaseAsync(place, "mine", 0)).Is(201);
        (await place.AllocateAsync(place.Neighbour, 0)).Is(201);
        var before = place.Rows;

        Assert.Equal(first.Text, (await ReleaseAsync(place, "mine", 0)).Is(201).Text);
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task A_number_comes_back_from_its_rest_to_the_account_that_had_it_and_to_no_other()
    {
        var place = await world.PlaceAsync(5);
        (await place.AllocateAsync(place.Tenant, 0)).Is(201);
        await ServeAndStopAsync(place, 0);
        (await ReleaseAsync(place, 0)).Is(201);

        var other = await RestoreAsync(place, place.Neighbour, null);
        other.IsProblem(409, "numbers-refused");
        Assert.Equal("not-the-former", (string?)other.Errors[0]["code"]);
        var restored = (await RestoreAsync(place, place.Tenant, "mine")).Is(201);

        Assert.Equal("Restore", (string?)restored.Body["kind"]);
        Assert.Equal(place.Numbers(0), await place.HasAsync(place.Tenant));
        // Released once more it rests once more: it has been in service in this allocation.
        (await ReleaseAsync(place, 0)).Is(201);
        Assert.Equal(NumberState.Cooldown, (await place.StoredAsync(place.Number(0))).State);
        Assert.Equal(restored.Text, (await RestoreAsync(place, place.Tenant, "mine")).Is(201).Text);
    }

    [Fact]
    public async Task An_account_that_has_left_the_site_gets_nothing_back_and_a_repeat_still_answers()
    {
        var place = await world.PlaceAsync(5);
        (await RestoreAsync(place, place.Stranger, null)).IsProblem(409, "account-not-at-site");
        (await place.AllocateAsync(place.Tenant, 0)).Is(201);
        await ServeAndStopAsync(place, 0);
        (await ReleaseAsync(place, 0)).Is(201);
        var first = (await RestoreAsync(place, place.Tenant, "mine")).Is(201);
        await place.LeaveElsewhereAsync(place.Tenant);

        Assert.Equal(first.Text, (await RestoreAsync(place, place.Tenant, "mine")).Is(201).Text);
    }

    static async Task ServeAndStopAsync(Place place, int offset)
    {
        await place.ActivateAsync(place.Numbers(offset));
        await place.MoveAsync(
            place.Numbers(offset), order => new NumberCommand.Deactivate(order with { By = Party.Operator }),
            order => new NumberCommand.ConfirmDeactivation(order));
    }

    static Task<Answer> ReleaseAsync(Place place, params int[] offsets) => ReleaseAsync(place, null, offsets);

    static Task<Answer> ReleaseAsync(Place place, string? key, params int[] offsets) => place.App.PostAsync(
        $"sites/{place.Site}/releases", place.Admin,
        new { account = place.Tenant, numbers = place.Numbers(offsets) }, key);

    static Task<Answer> RestoreAsync(Place place, string account, string? key) => place.App.PostAsync(
        $"sites/{place.Site}/restores", place.Admin, new { account, numbers = place.Numbers(0) }, key);
}
