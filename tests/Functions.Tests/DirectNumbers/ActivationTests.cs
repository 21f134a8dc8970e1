using Telephony.Domain.Access;

namespace Telephony.Functions.Tests.DirectNumbers;

/// <summary>Direct numbers into service and out of it at once, over HTTP.</summary>
public sealed class ActivationTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task One_is_in_service_at_once_and_out_of_it_again_and_repeats_answer_the_same()
    {
        var place = await world.PlaceForDirectAsync(1, [0]);

        var up = (await place.ActivateOneAsync(0, "up")).Is(201);
        Assert.Equal(
            ("DirectActivation", "Succeeded", 1), (
                (string?)up.Body["kind"], (string?)up.Body["state"], (int?)up.Body["numberCount"]));
        Assert.Equal("Active", await place.StatesAsync(0));
        var seen = await place.ETagAsync(0);
        var down = (await place.DeactivateOneAsync(0, seen, "down")).Is(200);

        Assert.Equal("Reserved", await place.StatesAsync(0));
        Assert.Equal(up.Id, (await place.ActivateOneAsync(0, "up")).Is(201).Id);
        Assert.Equal(down.Id, (await place.DeactivateOneAsync(0, seen, "down")).Is(200).Id);
        Assert.Equal("Reserved", await place.StatesAsync(0));
        Assert.Equal(
            ["Reserved", "Deactivating", "Active", "Activating", "Reserved", "Available"],
            (await place.ListAsync($"sites/{place.Site}/numbers/{place.Number(0)}/history"))
                .Select(change => (string)change["state"]!));
    }

    [Fact]
    public async Task Beyond_the_entitlement_one_is_refused_and_says_what_to_do()
    {
        var place = await world.PlaceForDirectAsync(1, [0, 1]);
        (await place.ActivateOneAsync(0)).Is(201);

        var refused = await place.ActivateOneAsync(1);

        refused.IsProblem(409, "numbers-refused");
        Assert.Equal(["1 no-entitlement"], place.Errors(refused.Body));
        Assert.StartsWith(
            "Assign the account a voice service", (string?)refused.Body["errors"]![0]!["wayOut"],
            StringComparison.Ordinal);
        (await place.DeactivateOneAsync(0)).Is(200);
        (await place.ActivateOneAsync(1)).Is(201);
    }

    [Fact]
    public async Task Of_many_those_in_the_way_are_left_out_each_with_its_reason()
    {
        var place = await world.PlaceForDirectAsync(2, [0, 1, 2]);
        (await place.AllocateAsync(place.Neighbour, 5)).Is(201);

        var some = (await place.SendAsync("activations", new { range = place.Range(0, 6), note = "Moving in" }, "it"))
            .Is(201);

        Assert.Equal(("Partial", "numbers-left-out", 2, 5), (
            (string?)some.Body["state"], (string?)some.Body["reason"]!["code"], (int?)some.Body["numberCount"],
            (int?)some.Body["errorCount"]));
        Assert.Equal(
            ["2 no-entitlement", "3 no-transition", "4 no-transition", "5 no-entitlement", "6 no-transition"],
            place.Errors(some.Body));
        Assert.Equal("Active Active Reserved Available Reserved", await place.StatesAsync(0, 1, 2, 3, 5));
        Assert.Equal(
            some.Body.ToJsonString(),
            (await place.SendAsync("activations", new { range = place.Range(0, 6), note = "Moving in" }, "it"))
                .Is(201).Body.ToJsonString());
        (await place.SendAsync("activations", new { range = place.Range(2, 6) })).IsProblem(409, "numbers-refused");

        (await place.SendAsync("deactivations", new { numbers = place.Numbers(0, 1) })).Is(201);
        Assert.Equal("Reserved Reserved", await place.StatesAsync(0, 1));
        (await place.SendAsync("activations", new { numbers = place.Numbers(0) }, "it"))
            .IsProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_number_that_changed_since_its_caller_looked_stays_in_service()
    {
        var place = await world.PlaceForDirectAsync(1, [0]);
        var before = await place.ETagAsync(0);
        (await place.ActivateOneAsync(0)).Is(201);

        (await place.DeactivateOneAsync(0, before)).IsProblem(412, "precondition-failed");

        Assert.Equal("Active", await place.StatesAsync(0));
    }

    [Fact]
    public async Task A_user_of_the_operator_activates_where_the_site_lets_it()
    {
        var place = await world.PlaceForDirectAsync(1, [0]);
        var user = world.App.Token(Role.OperatorUser, place.Owner, sites: [place.Site], user: "una");
        (await place.ActivateOneAsync(0, token: user)).IsProblem(403, "forbidden");

        await place.RulesAsync(rules => rules["policies"]!["operatorUserActivates"] = true);

        (await place.ActivateOneAsync(0, token: user)).Is(201);
    }

    [Fact]
    public async Task A_nominated_number_is_activated_as_a_main_number_only_where_a_request_counts()
    {
        var place = await world.PlaceForDirectAsync(1, [0]);
        (await world.App.PostAsync(
            $"sites/{place.Site}/nominations", place.Platform, new { numbers = place.Numbers(7) })).Is(201);

        (await place.ActivateOneAsync(7)).IsProblem(403, "forbidden");
        await place.RulesAsync(rules => rules["mainActivation"] = "OnRequest");
        (await place.ActivateOneAsync(7)).IsProblem(409, "numbers-refused");

        var refused = await place.SendAsync("activations", new { numbers = place.Numbers(7) });
        Assert.Equal(["7 nominated-main"], place.Errors(refused.Body));
    }

    [Fact]
    public async Task A_service_puts_what_it_takes_in_service_and_ends_only_when_that_is_out_of_it()
    {
        var place = await world.PlaceAsync();
        await place.RulesAsync(rules => rules["autoActivateAfterAuto"] = true);

        var assigned = await place.AssignAsync(place.Tenant, "lines", 2);

        Assert.Equal(("Succeeded", 2), ((string?)assigned["state"], (int?)assigned["numberCount"]));
        Assert.Equal("Active Active", await place.StatesAsync(0, 1));
        var service = $"sites/{place.Site}/accounts/{place.Tenant}/voice-services/lines";
        (await EndAsync(place, service)).IsProblem(409, "numbers-in-service");
        (await place.SendAsync("deactivations", new { range = place.Range(0, 1) })).Is(201);
        (await EndAsync(place, service)).Is(202);
    }

    [Fact]
    public async Task At_a_site_that_the_platform_does_not_manage_nothing_goes_into_service()
    {
        var place = await world.PlaceForDirectAsync(1, [0], "PlatformConfirms");
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);

        (await place.ActivateOneAsync(0)).IsProblem(409, "site-not-managed");
        (await place.SendAsync("deactivations", new { numbers = place.Numbers(0) })).IsProblem(409, "site-not-managed");
    }

    static async Task<Answer> EndAsync(Place place, string service) => await place.App.SendAsync(
        HttpMethod.Delete, service, place.Admin, request =>
        {
            request.Headers.TryAddWithoutValidation("If-Match", "\"MQ\"");
            request.Headers.TryAddWithoutValidation("Idempotency-Key", place.App.NewKey());
        });
}
