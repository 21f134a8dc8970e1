using Telephony.Domain.Access;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Tests.Places;

/// <summary>Handsets: their addresses, what they stand on, who sees them, and many at once.</summary>
public sealed class HandsetTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Any_spelling_of_an_address_is_the_same_handset()
    {
        var (_, at) = await FurnishedAsync();
        var digits = at.Phone(10);
        (await at.PutAsync($"handsets/{digits.ToUpperInvariant()}", new { model = "T58" })).Is(201);

        foreach (var spelling in new[]
        {
            digits, at.Spelled(10), at.Spelled(10).Replace(':', '-'),
            at.Spelled(10).Replace(":", "%3A", StringComparison.Ordinal).ToUpperInvariant(),
            $"{digits[..4]}.{digits[4..8]}.{digits[8..]}", $"{digits[..4]}-{digits[4..8]}-{digits[8..]}",
            $"{digits[..6]}-{digits[6..]}", at.Spelled(10).Replace(":", "%20", StringComparison.Ordinal),
        })
            Assert.Equal(at.Spelled(10), (string?)(await at.GetAsync($"handsets/{spelling}")).Is(200).Body["mac"]);
    }

    [Theory]
    [InlineData("000000000000", "zero")]
    [InlineData("ffffffffffff", "all devices")]
    [InlineData("01005e000001", "group")]
    [InlineData("02000000", "hexadecimal")]
    public async Task An_address_of_no_single_device_is_refused_with_the_reason(string mac, string reason)
    {
        var (_, at) = await FurnishedAsync();
        var refused = await at.PutAsync($"handsets/{mac}", new { });
        refused.IsProblem(400, "invalid");
        Assert.Equal("bad-mac", (string?)refused.Errors[0]["code"]);
        Assert.Contains(reason, (string?)refused.Errors[0]["reason"], StringComparison.Ordinal);
        (await at.GetAsync($"handsets/{mac}")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task An_address_is_at_one_site_and_free_again_when_its_handset_is_gone()
    {
        var (place, at) = await FurnishedAsync();
        var rival = new Furniture(await world.PlaceAsync(0, "rival"));
        (await at.PutAsync($"handsets/{at.Phone(1)}", new { })).Is(201);

        var taken = await rival.PutAsync($"handsets/{at.Spelled(1)}", new { });
        taken.IsProblem(409, "place-refused");
        Assert.Equal("mac-taken", (string?)taken.Errors[0]["code"]);
        Assert.DoesNotContain(place.Site, taken.Text, StringComparison.Ordinal);

        (await at.DeleteAsync($"handsets/{at.Phone(1)}")).Is(204);
        (await rival.PutAsync($"handsets/{at.Phone(1)}", new { })).Is(201);
        (await at.PutAsync($"handsets/{at.Phone(1)}", new { })).IsProblem(409, "place-refused");
    }

    [Fact]
    public async Task The_sweep_frees_an_address_that_was_claimed_and_never_used()
    {
        var (place, at) = await FurnishedAsync();
        var macs = (MacClaims)world.App.Services.GetService(typeof(MacClaims))!;
        await macs.ClaimAsync(
            Domain.Id<Domain.Directory.Site>.Parse(place.Site), [Domain.Places.MacAddress.Parse(at.Phone(5))],
            TestContext.Current.CancellationToken);
        var rival = new Furniture(await world.PlaceAsync(0, "rival"));
        (await rival.PutAsync($"handsets/{at.Phone(5)}", new { })).IsProblem(409, "place-refused");

        world.App.Clock.Advance(MacClaims.AgeMin);
        await world.App.SweepAsync();
        (await rival.PutAsync($"handsets/{at.Phone(5)}", new { })).Is(201);
    }

    [Fact]
    public async Task The_chain_leads_from_the_handset_to_its_floor_and_says_what_is_missing()
    {
        var (place, at) = await FurnishedAsync();
        var path = $"handsets/{at.Phone(1)}";
        (await at.PutAsync(path, new { })).Is(201);
        Assert.Equal(
            ["It stands in no space.", "It is plugged into no port."], Furniture.Missing(await at.GetAsync(path)));

        (await at.ChangeAsync(path, new { space = "a", port = "p-b" })).Is(200);
        Assert.Equal(
            ["Its port 'p-b' belongs to another space, 'b'."], Furniture.Missing(await at.GetAsync(path)));

        (await at.ChangeAsync("ports/p-b", new { @switch = "core", name = "Gi1/0/2" })).Is(200);
        Assert.Equal(["Its port 'p-b' is not patched."], Furniture.Missing(await at.GetAsync(path)));

        (await at.ChangeAsync(path, new { space = "a", port = "p-a" })).Is(200);
        var whole = await at.GetAsync(path);
        Assert.Empty(Furniture.Missing(whole));
        Assert.Equal(
            ("Gi1/0/1", "2N-1", "SW-CORE", "2", place.Tenant),
            ((string?)whole.Body["chain"]!["port"], (string?)whole.Body["chain"]!["outlet"],
                (string?)whole.Body["chain"]!["switch"], (string?)whole.Body["chain"]!["floor"],
                (string?)whole.Body["chain"]!["leasedTo"]));
    }

    [Fact]
    public async Task Lists_let_through_what_their_filters_name()
    {
        var (place, at) = await FurnishedAsync();
        (await at.PutAsync($"handsets/{at.Phone(1)}", new { space = "a", port = "p-a" })).Is(201);
        (await at.PutAsync($"handsets/{at.Phone(2)}", new { space = "sofa", shared = true })).Is(201);
        (await at.PutAsync("ports/p-c", new { @switch = "core", name = "Gi1/0/3" })).Is(201);

        Assert.Equal(["a", "sofa"], await at.NamesAsync("spaces?floor=2"));
        Assert.Equal(["a", "b"], await at.NamesAsync("spaces?kind=Desk"));
        Assert.Equal(["b"], await at.NamesAsync($"spaces?account={place.Neighbour}"));
        Assert.Equal(["p-c"], await at.NamesAsync("ports?patched=false"));
        Assert.Equal(["p-a", "p-b"], await at.NamesAsync("ports?switch=core&patched=true"));
        Assert.Empty(await at.NamesAsync("ports?switch=other"));
        Assert.Equal(["p-a"], await at.NamesAsync("ports?space=a"));
        Assert.Empty(await at.NamesAsync("ports?space=sofa"));
        Assert.Equal([at.Spelled(2)], await at.NamesAsync("handsets?space=sofa"));
        Assert.Equal([at.Spelled(1), at.Spelled(2)], await at.NamesAsync("handsets?free=true"));
        Assert.Empty(await at.NamesAsync("handsets?free=false"));
    }

    [Fact]
    public async Task An_occupier_sees_its_spaces_and_the_shared_ones_and_what_is_there()
    {
        var (place, at) = await FurnishedAsync();
        foreach (var (n, space) in new[] { (1, "a"), (2, "b"), (3, "sofa"), (4, null) })
            (await at.PutAsync($"handsets/{at.Phone(n)}", new { space })).Is(201);
        var ada = world.App.Token(Role.OccupierAdmin, "acme", place.Tenant, user: "ada");

        Assert.Equal(["a", "sofa"], await at.NamesAsync("spaces", ada));
        Assert.Equal([at.Spelled(1), at.Spelled(3)], await at.NamesAsync("handsets", ada));
        Assert.Equal(["p-a"], await at.NamesAsync("ports", ada));
        Assert.Empty(await at.NamesAsync("switches", ada));
        (await at.GetAsync("spaces/a", ada)).Is(200);
        (await at.GetAsync($"handsets/{at.Phone(3)}", ada)).Is(200);
        foreach (var hidden in new[] { "spaces/b", "switches/core", "ports/p-b", $"handsets/{at.Phone(2)}",
            $"handsets/{at.Phone(4)}" })
            (await at.GetAsync(hidden, ada)).IsProblem(404, "not-found");
        (await at.PutAsync("spaces/x", Furniture.Desk(), token: ada)).IsProblem(403, "forbidden");
        (await at.GetAsync("spaces", world.App.Token(Role.OccupierUser, "acme", place.Tenant)))
            .IsProblem(403, "forbidden");
    }

    async Task<(Place Place, Furniture At)> FurnishedAsync()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var at = new Furniture(place);
        await at.FurnishAsync();
        return (place, at);
    }
}
