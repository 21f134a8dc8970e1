using Telephony.Domain.Access;
using Telephony.Functions.Tests.Assignment;

namespace Telephony.Functions.Tests.Places;

/// <summary>A handset that several accounts share tells none of them which number of another rings on it.</summary>
public sealed class SharedHandsetTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task An_occupier_sees_of_a_shared_handset_that_it_rings_and_only_its_own_numbers()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Ada, handset = desks.Furniture.Phone(1) });
        await desks.AssignAsync(5, new { user = desks.Thea, handset = desks.Furniture.Phone(3) });
        await desks.LetVisitAsync(0);
        var (tenant, neighbour) = (Admin(place.Tenant), Admin(place.Neighbour));
        var (mine, theirs) = (place.Number(0), place.Number(5));

        Assert.Equal((false, null, null), await SharedAsync(desks, tenant));
        Assert.Equal((false, theirs, null), await SharedAsync(desks, neighbour));
        Assert.Equal((false, theirs, null), await SharedAsync(desks, place.Admin));

        (await desks.HandsetAsync(3, "login", new { number = mine })).Is(201);
        Assert.Equal((false, null, mine), await SharedAsync(desks, tenant));
        Assert.Equal((false, theirs, null), await SharedAsync(desks, neighbour));
        Assert.Equal((false, theirs, mine), await SharedAsync(desks, place.Admin));

        string Admin(string account) => world.App.Token(Role.OccupierAdmin, "acme", account, user: account);
    }

    [Fact]
    public async Task A_filter_for_free_handsets_tells_an_occupier_no_more()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(5, new { user = desks.Thea, handset = desks.Furniture.Phone(3) });
        var tenant = world.App.Token(Role.OccupierAdmin, "acme", place.Tenant, user: "ada");

        var busy = (await desks.Furniture.GetAsync("handsets?free=false", tenant)).Is(200);
        Assert.Single(busy.Body["items"]!.AsArray());
        Assert.DoesNotContain(place.Number(5), busy.Text, StringComparison.Ordinal);
        var table = await place.App.SendAsync(
            HttpMethod.Get, $"{desks.Base}/handsets", tenant, request => request.Headers.Add("Accept", "text/csv"));
        Assert.DoesNotContain(place.Number(5), table.Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_occupier_sees_the_port_of_a_shared_handset_only_when_it_sees_where_that_is_patched_to()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        (await desks.Furniture.ChangeAsync(
            "ports/p-s", new { @switch = "core", name = "Gi1/0/3", space = "b", outlet = "3N-7" })).Is(200);
        var tenant = world.App.Token(Role.OccupierAdmin, "acme", place.Tenant, user: "ada");
        var neighbour = world.App.Token(Role.OccupierAdmin, "acme", place.Neighbour, user: "thea");

        var hidden = await PhoneAsync(3, tenant);
        Assert.Equal(["Its port belongs to another space."], Furniture.Missing(hidden));
        Assert.Equal("""{"floor":"2"}""", Chain(hidden));
        Assert.Equal(["p-a", null], await PortsAsync(tenant));
        Assert.Equal("p-a", (string?)(await PhoneAsync(1, tenant)).Body["port"]);

        foreach (var token in new[] { neighbour, place.Admin })
        {
            var seen = await PhoneAsync(3, token);
            Assert.Equal(["Its port 'p-s' belongs to another space, 'b'."], Furniture.Missing(seen));
            Assert.Equal(
                """{"port":"Gi1/0/3","outlet":"3N-7","patchedTo":"b","switch":"SW-CORE","floor":"2"}""", Chain(seen));
        }

        Assert.Equal(["p-b", "p-s"], await PortsAsync(neighbour));

        (await desks.Furniture.ChangeAsync("ports/p-s", new { @switch = "core", name = "Gi1/0/3" })).Is(200);
        Assert.Equal(["Its port is not patched."], Furniture.Missing(await PhoneAsync(3, tenant)));
        Assert.Equal(["Its port 'p-s' is not patched."], Furniture.Missing(await PhoneAsync(3, place.Admin)));

        async Task<Answer> PhoneAsync(int n, string token) =>
            (await desks.Furniture.GetAsync($"handsets/{desks.Furniture.Phone(n)}", token)).Is(200);

        async Task<IEnumerable<string?>> PortsAsync(string token) =>
            (await place.ListAsync($"{desks.Base}/handsets", token)).Select(handset => (string?)handset["port"]);
    }

    [Fact]
    public async Task An_occupier_sees_what_is_plugged_into_its_port_only_when_it_sees_where_that_stands()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        (await desks.Furniture.ChangeAsync(
            $"handsets/{desks.Furniture.Phone(2)}", new { space = "b", port = "p-a2" })).Is(200);
        var tenant = world.App.Token(Role.OccupierAdmin, "acme", place.Tenant, user: "ada");
        var (first, second, shared) =
            (desks.Furniture.Spelled(1), desks.Furniture.Spelled(2), desks.Furniture.Spelled(3));

        Assert.Null(await PluggedInAsync("p-a2", tenant));
        Assert.Equal(first, await PluggedInAsync("p-a", tenant));
        Assert.Equal(second, await PluggedInAsync("p-a2", place.Admin));
        Assert.Equal([first, null, shared], await AllAsync(tenant));
        Assert.Equal([first, second, null, shared], await AllAsync(place.Admin));

        async Task<string?> PluggedInAsync(string port, string token) =>
            (string?)(await desks.Furniture.GetAsync($"ports/{port}", token)).Is(200).Body["handset"];

        async Task<IEnumerable<string?>> AllAsync(string token) =>
            (await place.ListAsync($"{desks.Base}/ports", token)).Select(port => (string?)port["handset"]);
    }

    /// <summary>Of the chain what leads to its switch and its floor.</summary>
    static string Chain(Answer handset)
    {
        var chain = handset.Body["chain"]!.DeepClone().AsObject();
        chain.Remove("missing");
        return chain.ToJsonString();
    }

    /// <summary>The shared handset as its own address and as the list show it, which is the same.</summary>
    static async Task<(bool Free, string? Number, string? LoggedIn)> SharedAsync(Desks desks, string token)
    {
        var one = (await desks.Furniture.GetAsync($"handsets/{desks.Furniture.Phone(3)}", token)).Is(200).Body;
        var list = (await desks.Furniture.GetAsync("handsets?space=sofa", token)).Is(200).Body["items"]!.AsArray();
        var seen = ((bool)one["free"]!, (string?)one["number"], (string?)one["loggedIn"]);
        var listed = Assert.Single(list)!;
        Assert.Equal(
            seen, ((bool)listed["free"]!, (string?)listed["number"], (string?)listed["loggedIn"]));
        return seen;
    }
}
