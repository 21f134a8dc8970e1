using Telephony.Domain.Access;

namespace Telephony.Functions.Tests.Places;

/// <summary>R10, R16: desks, ports and handsets as the operator's people keep them.</summary>
public sealed class PlaceTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("spaces/x", """{"kind":"Desk","floor":"2","label":"2.14"}""")]
    [InlineData("switches/x", """{"name":"SW"}""")]
    [InlineData("ports/x", """{"switch":"core","name":"Gi1"}""")]
    [InlineData("handsets/{mac}", """{"model":"T58"}""")]
    public async Task What_is_so_already_is_answered_and_not_written(string path, string body)
    {
        var (place, at) = await FurnishedAsync();
        path = path.Replace("{mac}", at.Phone(9), StringComparison.Ordinal);
        var made = (await at.PutAsync(path, body)).Is(201);
        var before = place.Rows;

        var again = (await at.PutAsync(path, body)).Is(200);
        Assert.Equal((made.ETag, made.Text), (again.ETag, again.Text));
        Assert.Equal(made.ETag, (await at.GetAsync(path)).Is(200).ETag);
        (await at.PutAsync(path, body, match: "")).IsProblem(428, "precondition-required");
        Assert.Equal(before, place.Rows);

        (await at.DeleteAsync(path)).Is(204);
        (await at.GetAsync(path)).IsProblem(404, "not-found");
        (await at.DeleteAsync(path, match: made.ETag)).IsProblem(404, "not-found");
        (await at.PutAsync(path, body)).Is(201);
    }

    [Fact]
    public async Task A_change_needs_the_version_that_was_read()
    {
        var (_, at) = await FurnishedAsync();
        var read = (await at.GetAsync("spaces/a")).ETag;
        (await at.PutAsync("spaces/a", new { kind = "Desk", floor = "9", label = "x" }))
            .IsProblem(412, "precondition-failed");

        (await at.PutAsync($"handsets/{at.Phone(1)}", new { space = "a" })).Is(201);
        (await at.DeleteAsync("spaces/a", match: read)).IsProblem(412, "precondition-failed");
    }

    [Fact]
    public async Task Whatever_something_stands_on_stays_and_says_why()
    {
        var (_, at) = await FurnishedAsync();
        (await at.PutAsync($"handsets/{at.Phone(1)}", new { space = "a", port = "p-a" })).Is(201);

        foreach (var (path, why, ways) in new (string, string, string[])[]
        {
            ("spaces/a", "1 port, 1 handset", ["GET …/ports?space=a", "GET …/handsets?space=a"]),
            ("switches/core", "2 ports", ["GET …/ports?switch=core"]),
            ("ports/p-a", at.Spelled(1), [at.Spelled(1)]),
        })
        {
            var refused = await at.DeleteAsync(path);
            refused.IsProblem(409, "place-in-use");
            Assert.Contains(why, (string?)refused.Body["detail"], StringComparison.Ordinal);
            Assert.Equal(ways.Length, refused.Errors.Count);
            foreach (var (error, way) in refused.Errors.Zip(ways))
                Assert.Contains(way, $"{error["reason"]} {error["wayOut"]}", StringComparison.Ordinal);
        }

        (await at.DeleteAsync($"handsets/{at.Phone(1)}")).Is(204);
        (await at.DeleteAsync("ports/p-a")).Is(204);
        (await at.DeleteAsync("spaces/a")).Is(204);
    }

    [Fact]
    public async Task A_reference_to_what_is_not_there_is_refused_by_its_field()
    {
        var (place, at) = await FurnishedAsync();
        var before = place.Rows;
        var refused = await at.PutAsync($"handsets/{at.Phone(1)}", new { space = "nowhere", port = "none" });
        refused.IsProblem(400, "invalid");
        Assert.Equal(["space", "port"], refused.Fields);
        (await at.PutAsync("ports/x", new { @switch = "none", name = "Gi1" })).IsProblem(400, "invalid");
        (await at.PutAsync("ports/x", new { @switch = "core", name = "Gi1", outlet = "1" })).IsProblem(400, "invalid");
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task A_full_switch_and_a_taken_port_are_refused()
    {
        var (_, at) = await FurnishedAsync();
        (await at.ChangeAsync("switches/core", new { name = "SW-CORE", portCount = 2 })).Is(200);
        var full = await at.PutAsync("ports/p-c", new { @switch = "core", name = "Gi1/0/3" });
        full.IsProblem(409, "place-refused");
        Assert.Equal("switch-full", (string?)full.Errors[0]["code"]);
        (await at.ChangeAsync("switches/core", new { name = "SW-CORE", portCount = 1 }))
            .IsProblem(409, "place-refused");

        (await at.PutAsync($"handsets/{at.Phone(1)}", new { port = "p-a" })).Is(201);
        var taken = await at.PutAsync($"handsets/{at.Phone(2)}", new { port = "p-a" });
        Assert.Equal(["port"], taken.Fields);
        Assert.Contains(at.Spelled(1), (string?)taken.Errors[0]["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task R1_An_unmanaged_site_refuses_every_change()
    {
        var (place, at) = await FurnishedAsync();
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);
        var before = place.Rows;

        (await at.PutAsync("spaces/new", Furniture.Desk())).IsProblem(409, "site-not-managed");
        (await at.ChangeAsync("spaces/a", Furniture.Desk())).IsProblem(409, "site-not-managed");
        (await at.DeleteAsync("spaces/sofa", place.Platform)).IsProblem(409, "site-not-managed");
        (await at.ImportAsync(new { handsets = new[] { new { mac = at.Phone(1) } } }))
            .IsProblem(409, "site-not-managed");
        (await at.GetAsync("spaces/a")).Is(200);
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task A_user_of_the_operator_changes_the_network_by_policy_and_a_lease_never()
    {
        var (place, at) = await FurnishedAsync();
        var oscar = world.App.Token(Role.OperatorUser, "acme", sites: [place.Site], user: "oscar");
        var denied = await at.PutAsync("switches/new", new { name = "SW" }, token: oscar);
        denied.IsProblem(403, "forbidden");
        Assert.Contains("operatorUserEditsNetwork", (string?)denied.Body["detail"], StringComparison.Ordinal);

        await place.RulesAsync(rules => rules["policies"]!["operatorUserEditsNetwork"] = true);
        (await at.PutAsync("switches/new", new { name = "SW" }, token: oscar)).Is(201);
        (await at.ChangeAsync("spaces/a", Furniture.Desk(place.Tenant, "9"), oscar)).Is(200);
        foreach (var refused in new[]
        {
            await at.ChangeAsync("spaces/a", Furniture.Desk(place.Neighbour, "9"), oscar),
            await at.ChangeAsync("spaces/a", Furniture.Desk(null, "9"), oscar),
            await at.PutAsync("spaces/new", Furniture.Desk(place.Tenant), token: oscar),
            await at.DeleteAsync("spaces/b", oscar),
        })
        {
            Assert.True(refused.Code is "forbidden" or "place-in-use", refused.Text);
            if (refused.Code is "forbidden")
                Assert.Equal(["leasedTo"], refused.Fields);
        }

        var import = (await at.ImportAsync(
            new
            {
                spaces = new[] { new { id = "s", kind = "Desk", floor = "1", label = "1", leasedTo = place.Tenant } },
            },
            token: oscar)).Is(200);
        Assert.Equal("lease-not-yours", (string?)import.Errors[0]["code"]);
    }

    [Fact]
    public async Task A_lease_goes_to_an_account_of_the_site_only()
    {
        var (place, at) = await FurnishedAsync();
        (await at.PutAsync("spaces/x", Furniture.Desk(place.Stranger))).IsProblem(409, "account-not-at-site");
        (await at.PutAsync("spaces/x", Furniture.Desk("nobody"))).IsProblem(400, "invalid");
        (await at.PutAsync("spaces/x", Furniture.Desk("acme"))).Is(201);

        var account = $"accounts/{place.Tenant}";
        var etag = (await world.App.GetAsync(account, place.Admin)).ETag;
        var leaving = new { name = "Tenant", sites = Array.Empty<string>() };
        var refused = await world.App.PutAsync(account, place.Admin, leaving, etag);
        refused.IsProblem(400, "invalid");
        Assert.Equal("account-has-spaces", (string?)refused.Errors[0]["code"]);
        (await at.ChangeAsync("spaces/a", Furniture.Desk())).Is(200);
        (await world.App.PutAsync(account, place.Admin, leaving, etag)).Is(200);
    }

    async Task<(Place Place, Furniture At)> FurnishedAsync()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var at = new Furniture(place);
        await at.FurnishAsync();
        return (place, at);
    }
}
