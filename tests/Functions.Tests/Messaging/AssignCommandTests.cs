using System.Text.Json.Nodes;
using Telephony.Functions.Operations;
using Telephony.Functions.Tests.Assignment;

namespace Telephony.Functions.Tests.Messaging;

/// <summary>The back office assigns numbers in the name of the operator.</summary>
public sealed class AssignCommandTests(World world) : IClassFixture<World>
{
    const string Assign = "AssignOnBehalf";

    [Fact]
    public async Task It_is_carried_out_in_the_operators_name_and_its_account_sees_it()
    {
        var (desks, office, place) = await PlaceAsync();

        await office.DoneAsync(Assign, Wish(desks, 1), "one");

        var operation = await EndedAsync(place);
        Assert.Equal(
            ("Succeeded", place.Tenant, "acme"), (
                (string?)operation["state"], (string?)operation["account"], (string?)operation["onBehalfOf"]));
        Assert.Equal(desks.Ada, (string?)(await desks.ReadAsync(0)).Is(200).Body["user"]);
    }

    [Fact]
    public async Task A_repeat_is_done_whatever_is_in_its_way_by_now_and_another_wish_is_refused()
    {
        var (desks, office, place) = await PlaceAsync();
        await office.DoneAsync(Assign, Wish(desks, 1), "one");
        await EndedAsync(place);
        (await desks.DeleteAsync(0, (await desks.ReadAsync(0)).Is(200).ETag!)).Is(200);
        await desks.AssignAsync(1, new { handset = desks.Furniture.Phone(1) });

        await office.DoneAsync(Assign, Wish(desks, 1), "one", delivery: 2);

        (await desks.ReadAsync(0)).IsProblem(404, "not-found");
        foreach (var handset in new[] { 1, 3 })
        {
            Assert.Equal(
                "command-reused",
                (await office.SendAsync(Assign, new
                {
                    number = place.Number(2), handset = desks.Furniture.Phone(handset),
                }, "one")).Code);
        }
    }

    [Fact]
    public async Task What_is_in_its_way_is_named_and_nothing_is_written()
    {
        var (desks, office, place) = await PlaceAsync();
        await desks.AssignAsync(1, new { handset = desks.Furniture.Phone(1) });
        var before = place.Rows;

        Assert.Equal("handset-busy", (await office.SendAsync(Assign, Wish(desks, 1))).Code);
        await place.RulesAsync(rules => rules["onBehalfAllowed"] = false);
        Assert.Equal("on-behalf-not-allowed", (await office.SendAsync(Assign, Wish(desks, 3))).Code);

        Assert.Equal(Lines(before), Lines(place.Rows));
    }

    static IEnumerable<string> Lines(IEnumerable<string> rows) =>
        rows.Where(row => row[0] is 'L' or 'H' or 'U'
            || (row[0] is 'O' && row.Contains(nameof(OperationKind.Assignment), StringComparison.Ordinal)));

    static object Wish(Desks desks, int handset) =>
        new { number = desks.Number(0), user = desks.Ada, handset = desks.Furniture.Phone(handset) };

    static async Task<JsonObject> EndedAsync(Place place)
    {
        var operations = await place.ListAsync($"sites/{place.Site}/operations");
        var id = (string)operations.Single(
            operation => (string?)operation["kind"] == nameof(OperationKind.Assignment))["id"]!;
        return await place.EndInTimeAsync(id);
    }

    async Task<(Desks Desks, BackOffice Office, Place Place)> PlaceAsync()
    {
        var place = await world.PlaceAsync();
        await place.RulesAsync(rules => rules["onBehalfAllowed"] = true);
        return (await Desks.AtAsync(place), new BackOffice(place), place);
    }
}
