namespace Telephony.Functions.Tests.Requirements;

/// <summary>What the directory and a site's rules owe to the numbers that hang on them.</summary>
public sealed class DirectoryAndRulesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task An_account_leaves_a_site_only_when_it_has_nothing_there()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Tenant, 1, 2)).Is(201);
        await place.AssignAsync(place.Neighbour, "main", new { code = "voice", quantity = 1 });

        foreach (var account in new[] { place.Tenant, place.Neighbour })
        {
            var refused = await LeaveAsync(place, account);
            refused.IsProblem(400, "invalid");
            Assert.Equal("account-has-numbers", (string?)refused.Errors.Single()["code"]);
            Assert.Contains(place.Site, (string?)refused.Errors.Single()["reason"], StringComparison.Ordinal);
        }

        Assert.Equal(place.Numbers(1, 2), await place.HasAsync(place.Tenant));
    }

    [Fact]
    public async Task An_account_for_which_numbers_are_held_stays_until_the_hold_has_ended()
    {
        var place = await world.PlaceAsync();
        (await world.App.PostAsync($"sites/{place.Site}/holds", place.Admin, new
        {
            account = place.Tenant, name = "Robin Ash", until = world.App.Clock.GetUtcNow().AddDays(2), count = 5,
        })).Is(201);

        var refused = (await LeaveAsync(place, place.Tenant)).Errors.Single();
        Assert.Equal("account-has-holds", (string?)refused["code"]);
        Assert.EndsWith($"at '{place.Site}': 5.", (string?)refused["reason"], StringComparison.Ordinal);
        (await LeaveAsync(place, place.Neighbour)).Is(200);

        world.App.Clock.Advance(TimeSpan.FromDays(2));
        (await LeaveAsync(place, place.Tenant)).Is(200);
    }

    [Fact]
    public async Task An_account_whose_number_is_being_ported_out_stays_until_that_has_ended()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Tenant, 1)).Is(201);
        await PortAsync("Started");

        Assert.Equal("account-has-port-outs", (string?)(await LeaveAsync(place, place.Tenant)).Errors.Single()["code"]);
        await PortAsync("Cancelled");
        Assert.Equal("account-has-numbers", (string?)(await LeaveAsync(place, place.Tenant)).Errors.Single()["code"]);
        await PortAsync("Started");
        await PortAsync("Left");
        (await LeaveAsync(place, place.Tenant)).Is(200);

        async Task PortAsync(string outcome) => (await world.App.PostAsync(
            $"sites/{place.Site}/port-outs", place.Platform, new { outcome, numbers = place.Numbers(1) })).Is(201);
    }

    [Fact]
    public async Task An_account_with_nothing_at_a_site_leaves_it()
    {
        var place = await world.PlaceAsync();
        (await LeaveAsync(place, place.Tenant)).Is(200);
        (await place.AllocateAsync(place.Tenant, 1)).IsProblem(409, "account-not-at-site");
    }

    [Fact]
    public async Task Rules_that_already_stand_are_answered_and_not_written_again_whatever_version_was_seen()
    {
        var place = await world.PlaceAsync();
        await place.RulesAsync(rules => rules["onBehalfAllowed"] = false);
        var stored = (await world.App.GetAsync($"sites/{place.Site}/rules", place.Platform)).Is(200);
        var (body, etag) = await place.ReadRulesAsync();

        foreach (var match in new[] { null, etag, "\"b2xk\"" })
        {
            var again = (await place.PutRulesAsync(body, match)).Is(200);
            Assert.Equal((stored.ETag, stored.Body.ToJsonString()), (again.ETag, again.Body.ToJsonString()));
        }

        body["onBehalfAllowed"] = true;
        (await place.PutRulesAsync(body, "\"b2xk\"")).IsProblem(412, "precondition-failed");
    }

    async Task<Answer> LeaveAsync(Place place, string account)
    {
        var stored = (await world.App.GetAsync($"accounts/{account}", place.Admin)).Is(200);
        var left = new { name = "Left", sites = Array.Empty<string>() };
        return await world.App.PutAsync($"accounts/{account}", place.Admin, left, stored.ETag);
    }
}
