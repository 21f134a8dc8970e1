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
