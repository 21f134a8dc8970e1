namespace Telephony.Functions.Tests.Lists;

/// <summary>Filters let through what they name and nothing else, on pages of any size.</summary>
public sealed class FilterTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Accounts_are_found_by_kind_and_by_the_site_where_they_are()
    {
        var place = await world.PlaceAsync(numbers: 0);

        Assert.Equal(["acme"], await IdsAsync(place, "accounts?kind=Operator"));
        Assert.Equal(
            ["acme", place.Neighbour, place.Tenant], await IdsAsync(place, $"accounts?site={place.Site}"));
        Assert.Equal(
            [place.Neighbour, place.Tenant], await IdsAsync(place, $"accounts?site={place.Site}&kind=Occupier"));
        Assert.Equal(["acme"], await IdsAsync(place, "accounts?site=nowhere"));
    }

    [Fact]
    public async Task Users_are_found_by_role()
    {
        var place = await world.PlaceAsync(numbers: 0);
        foreach (var (user, role) in new[] { ("a", "OccupierAdmin"), ("b", "OccupierUser"), ("c", "OccupierUser") })
        {
            (await place.App.PutAsync($"accounts/{place.Tenant}/users/{user}", place.Admin, new
            {
                name = user, email = $"{user}@example.com", role, sites = Array.Empty<string>(),
            })).Is(201);
        }

        Assert.Equal(["b", "c"], await IdsAsync(place, $"accounts/{place.Tenant}/users?role=OccupierUser"));
        Assert.Equal(["a"], await IdsAsync(place, $"accounts/{place.Tenant}/users?role=OccupierAdmin"));
    }

    [Fact]
    public async Task Operations_are_found_by_kind_account_and_state()
    {
        var place = await world.PlaceAsync();
        var tenants = (await place.AllocateAsync(place.Tenant, 1)).Is(201).Id;
        var neighbours = (await place.AllocateAsync(place.Neighbour, 2)).Is(201).Id;
        var service = (string)(await place.AssignAsync(place.Tenant, "phones", 3))["id"]!;
        var list = $"sites/{place.Site}/operations";

        Assert.Equal(Sorted(tenants, neighbours), await IdsAsync(place, $"{list}?kind=Allocation"));
        Assert.Equal(Sorted(tenants, service), await IdsAsync(place, $"{list}?account={place.Tenant}"));
        Assert.Equal([service], await IdsAsync(place, $"{list}?account={place.Tenant}&kind=VoiceService"));
        Assert.Equal(
            Sorted(tenants, service), await IdsAsync(place, $"{list}?account={place.Tenant}&state=Succeeded"));
        Assert.Empty(await IdsAsync(place, $"{list}?account={place.Tenant}&state=Refused"));
    }

    static string[] Sorted(params string[] ids) => [.. ids.Order(StringComparer.Ordinal)];

    static async Task<IEnumerable<string>> IdsAsync(Place place, string path)
    {
        var all = (await place.ListAsync(path)).Select(item => (string)item["id"]!).ToList();
        Assert.Equal(all, (await place.ListAsync(path, top: 1)).Select(item => (string)item["id"]!));
        return all;
    }
}
