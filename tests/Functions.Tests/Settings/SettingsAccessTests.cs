using Telephony.Domain.Access;
using static Telephony.Functions.Tests.Settings.SettingsDesk;

namespace Telephony.Functions.Tests.Settings;

/// <summary>Who sets which number: R36, R37, and what a site's policies let occupiers do.</summary>
public sealed class SettingsAccessTests(World world) : IClassFixture<World>
{
    static readonly object DoNotDisturb = new { doNotDisturb = new { on = true } };

    [Fact]
    public async Task A_user_of_an_operator_sets_numbers_of_occupiers_at_its_sites()
    {
        var place = await world.ServedAsync();
        var user = place.As(Role.OperatorUser);

        (await place.SetAsync(place.Number(0), DoNotDisturb, user)).Is(200);

        var elsewhere = await world.ServedAsync();
        (await elsewhere.SetAsync(elsewhere.Number(0), DoNotDisturb, user)).IsProblem(404, "not-found");
        var rival = await world.PlaceAsync(1, "rival");
        (await rival.SetAsync(rival.Number(0), DoNotDisturb, user)).IsProblem(404, "not-found");
        (await place.SetAsync(place.Number(0), DoNotDisturb, world.Rival)).IsProblem(404, "not-found");
        (await place.ReadAsync(place.Number(0), world.Rival)).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Of_the_operators_own_numbers_a_user_sets_those_that_it_has_and_an_admin_all()
    {
        var place = await world.PlaceAsync(4);
        await place.AssignAsync(place.Owner, "main", 2);
        await place.ActivateAsync(place.Numbers(0, 1));
        await place.GiveAsync("ann", place.Number(0));
        var user = place.As(Role.OperatorUser);

        (await place.SetAsync(place.Number(0), DoNotDisturb, user)).Is(200);
        (await place.SetAsync(place.Number(1), DoNotDisturb, user)).IsProblem(403, "forbidden");
        (await place.App.PostAsync(place.SettingsPath(place.Number(1)) + "/pin-reset", user, new { }))
            .IsProblem(403, "forbidden");
        (await place.ReadAsync(place.Number(1), user)).Is(200);
        (await place.SetAsync(place.Number(1), DoNotDisturb)).Is(200);
        (await place.SetAsync(place.Number(1), new { label = "A" }, place.Platform)).Is(200);
    }

    [Fact]
    public async Task An_admin_of_an_occupier_sets_its_numbers_where_the_site_lets_it()
    {
        var place = await world.ServedAsync(3);
        (await place.AllocateAsync(place.Neighbour, 3)).Is(201);
        var admin = place.As(Role.OccupierAdmin);
        (await place.SetAsync(place.Number(0), DoNotDisturb, admin)).IsProblem(403, "forbidden");
        (await place.ReadAsync(place.Number(0), admin)).Is(200);

        await place.PolicyAsync("occupierAdminEditsSettings");
        place.App.Clock.Advance(Storage.SitePartition.AgeMax);

        (await place.SetAsync(place.Number(0), DoNotDisturb, admin)).Is(200);
        (await place.SetAsync(place.Number(3), DoNotDisturb, admin)).IsProblem(404, "not-found");
        (await place.SetAsync(place.Number(4), DoNotDisturb, admin)).IsProblem(404, "not-found");
        var refused = await place.SetAsync(
            place.Number(0), new { callerId = new { show = "Withheld" }, intercept = new { on = true } }, admin);
        refused.IsProblem(403, "forbidden");
        Assert.Equal([("callerId", "setting-not-yours"), ("intercept", "setting-not-yours")], FieldsOf(refused));

        await place.PolicyAsync("occupierEditsCallerId");
        place.App.Clock.Advance(Storage.SitePartition.AgeMax);
        (await place.SetAsync(place.Number(0), new { callerId = new { show = "Withheld" } }, admin)).Is(200);
    }

    [Fact]
    public async Task A_user_of_an_occupier_sets_the_numbers_that_it_has_where_the_site_lets_it()
    {
        var place = await world.ServedAsync();
        await place.GiveAsync("ann", place.Number(0));
        var user = place.As(Role.OccupierUser);
        (await place.ReadAsync(place.Number(0), user)).Is(200);
        (await place.ReadAsync(place.Number(1), user)).IsProblem(404, "not-found");
        (await place.SetAsync(place.Number(0), DoNotDisturb, user)).IsProblem(403, "forbidden");

        await place.PolicyAsync("occupierUserEditsOwnSettings");
        place.App.Clock.Advance(Storage.SitePartition.AgeMax);

        (await place.SetAsync(place.Number(0), DoNotDisturb, user)).Is(200);
        (await place.SetAsync(place.Number(1), DoNotDisturb, user)).IsProblem(404, "not-found");
        (await place.App.PostAsync(place.SettingsPath(place.Number(0)) + "/pin-reset", user, new { })).Is(201);
        (await place.App.PostAsync(place.SettingsPath(place.Number(1)) + "/pin-reset", user, new { }))
            .IsProblem(404, "not-found");
        (await place.SetAsync(place.Number(0), new { label = "A" }, user)).IsProblem(403, "forbidden");
    }
}
