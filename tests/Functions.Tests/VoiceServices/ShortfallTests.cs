using System.Text.Json.Nodes;

namespace Telephony.Functions.Tests.VoiceServices;

public sealed class ShortfallTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task R24_A_voice_service_takes_its_numbers_from_the_pool_by_itself_and_says_so()
    {
        var place = await world.PlaceAsync();
        var accepted = (await place.ServiceAsync(place.Tenant, "main", 3)).Is(202);
        Assert.Equal($"/api/v1/operations/{accepted.Id}", accepted.Headers["Operation-Location"]);
        Assert.Equal("1", accepted.Headers["Retry-After"]);

        var ended = await place.EndAsync(accepted);
        Assert.Equal(("Succeeded", 3, "take"),
            ((string?)ended["state"], (int?)ended["numberCount"], (string?)ended["steps"]![0]!["name"]));
        Assert.Equal(place.Numbers(0, 1, 2), ended["numbers"]!.AsArray().Select(number => (string)number!["number"]!));
        var list = await place.ListAsync($"sites/{place.Site}/accounts/{place.Tenant}/numbers");
        Assert.All(list, number => Assert.Equal(
            ("Reserved", "ByService", accepted.Id),
            ((string?)number["state"], (string?)number["source"], (string?)number["operation"])));
        var stored = (await world.App
            .GetAsync($"sites/{place.Site}/accounts/{place.Tenant}/voice-services/main", place.Admin)).Is(200);
        Assert.Equal("""{"id":"main","code":"voice","quantity":3}""", stored.Body.ToJsonString());
    }

    [Fact]
    public async Task R33_Exactly_the_shortfall_is_taken_after_the_numbers_allocated_by_hand()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Tenant, 10, 11)).Is(201);

        var ended = await place.AssignAsync(place.Tenant, "main", 5);

        Assert.Equal(3, (int?)ended["numberCount"]);
        Assert.Equal(place.Numbers(10, 11, 12, 13, 14), await place.HasAsync(place.Tenant));
    }

    [Fact]
    public async Task R33_With_enough_numbers_by_hand_nothing_is_taken()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Tenant, 10, 11, 12)).Is(201);
        var ended = await place.AssignAsync(place.Tenant, "main", 2);
        Assert.Equal(("Succeeded", 0), ((string?)ended["state"], (int?)ended["numberCount"]));
        Assert.Equal(3, (await place.HasAsync(place.Tenant)).Count());
    }

    [Fact]
    public async Task R33_What_all_services_require_together_is_counted_by_the_sites_rules()
    {
        var place = await world.PlaceAsync();
        await place.RulesAsync(rules => rules["services"]!.AsArray().Add(
            (JsonNode)new JsonObject { ["code"] = "team", ["name"] = "Team", ["numbersPerUnit"] = 5, ["extra"] = 1 }));
        (await place.AllocateAsync(place.Tenant, 19)).Is(201);

        Assert.Equal(10, (int?)(
            await place.AssignAsync(place.Tenant, "team", new { code = "team", quantity = 2 }))["numberCount"]);
        Assert.Equal(2, (int?)(await place.AssignAsync(place.Tenant, "lines", 2))["numberCount"]);
        Assert.Equal(13, (await place.HasAsync(place.Tenant)).Count());
    }

    [Fact]
    public async Task R33_A_raised_quantity_takes_the_difference_and_a_lowered_one_takes_nothing_away()
    {
        var place = await world.PlaceAsync();
        await place.AssignAsync(place.Tenant, "main", 2);
        Assert.Equal(3, (int?)(await place.AssignAsync(place.Tenant, "main", 5, await Version()))["numberCount"]);
        Assert.Equal(0, (int?)(await place.AssignAsync(place.Tenant, "main", 1, await Version()))["numberCount"]);
        Assert.Equal(5, (await place.HasAsync(place.Tenant)).Count());
        Assert.Equal(0, (int?)(await place.AssignAsync(place.Tenant, "main", 5, await Version()))["numberCount"]);
        Assert.Equal(1, (int?)(await place.AssignAsync(place.Tenant, "main", 6, await Version()))["numberCount"]);

        Task<string> Version() => place.ServiceVersionAsync(place.Tenant, "main");
    }

    [Fact]
    public async Task R34_Numbers_that_the_account_has_at_another_site_do_not_count()
    {
        var (here, there) = (await world.PlaceAsync(), await world.PlaceAsync());
        var account = (await world.App.GetAsync($"accounts/{here.Tenant}", here.Admin)).Is(200);
        (await world.App.PutAsync(
            $"accounts/{here.Tenant}", here.Admin, new { name = "Both", sites = new[] { here.Site, there.Site } },
            account.ETag)).Is(200);
        (await there.AllocateAsync(here.Tenant, 1, 2, 3)).Is(201);

        Assert.Equal(2, (int?)(await here.AssignAsync(here.Tenant, "main", 2))["numberCount"]);
        Assert.Equal(0, (int?)(await there.AssignAsync(here.Tenant, "main", 3))["numberCount"]);
    }

    [Fact]
    public async Task The_pool_gives_all_that_is_lacking_or_nothing_and_says_how_many_there_are()
    {
        var place = await world.PlaceAsync(numbers: 0);
        (await place.ImportAsync(new
        {
            lines = new object[]
            {
                new { numbers = place.Numbers(1, 2, 3) },
                new { numbers = place.Numbers(4), nominated = true },
                new { numbers = place.Numbers(5), kind = "Premium" },
                new { numbers = place.Numbers(6), earmark = place.Neighbour },
            },
        })).Is(201);
        var before = place.Rows;

        var refused = await place.ServiceAsync(place.Tenant, "main", 4);
        refused.IsProblem(409, "pool-exhausted");
        Assert.Contains(
            "4 numbers are needed and 3 can be chosen", (string?)refused.Body["detail"], StringComparison.Ordinal);
        Assert.Equal(before, place.Rows);

        await place.AssignAsync(place.Neighbour, "main", 4);
        Assert.Equal(place.Numbers(1, 2, 3, 6), await place.HasAsync(place.Neighbour));
    }

    [Fact]
    public async Task A_service_is_changed_at_the_version_that_was_read()
    {
        var place = await world.PlaceAsync();
        await place.AssignAsync(place.Tenant, "main", 1);
        var version = await place.ServiceVersionAsync(place.Tenant, "main");
        await place.AssignAsync(place.Tenant, "main", 2, version);
        var before = place.Rows;

        (await place.ServiceAsync(place.Tenant, "main", 3, version)).IsProblem(412, "service-changed");
        (await place.ServiceAsync(place.Tenant, "main", 3)).IsProblem(412, "service-changed");
        (await place.ServiceAsync(place.Tenant, "none", 3, version)).IsProblem(412, "service-changed");
        (await place.ServiceAsync(place.Tenant, "main", 3, "\"b2xk\"")).IsProblem(412, "precondition-failed");
        (await place.ServiceAsync(place.Tenant, "main", 3, "")).IsProblem(428, "precondition-required");
        (await place.ServiceAsync(place.Tenant, "main", 3, "*")).IsProblem(400, "bad-precondition");
        Assert.Equal(before, place.Rows);
    }
}
