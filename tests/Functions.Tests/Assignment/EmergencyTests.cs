using System.Text.Json.Nodes;
using Telephony.Domain.Access;
using Telephony.Functions.Tests.Settings;
using static Telephony.Functions.Tests.Settings.SettingsDesk;

namespace Telephony.Functions.Tests.Assignment;

/// <summary>Where emergency services are sent to, over HTTP.</summary>
public sealed class EmergencyTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Where_emergency_services_go_is_reported_and_confirmed_where_it_is_right()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Ada, handset = desks.Furniture.Phone(1) });
        await desks.AssignAsync(1, new { user = desks.Amir });
        (await desks.NumberAsync(0, "emergency/confirmation", new { location = "somewhere" }))
            .IsProblem(409, "assignment-refused");
        (await desks.NumberAsync(0, "emergency/confirmation", new { location = await desks.LocationAsync(0) })).Is(201);
        var seen = (await desks.ReadAsync(0)).ETag!;
        (await TellAsync(new { callback = place.Number(4), notify = new[] { "desk@flexi.example" } })).Is(200);
        (await TellAsync(new { notify = new[] { "desk@flexi.example" } })).IsProblem(412, "precondition-failed");
        (await TellAsync(new { notify = new[] { "nobody" } })).IsProblem(400, "invalid");
        foreach (var (number, code) in new[] { ("+449999999999", "not-dialable"), ("999", "emergency-number") })
        {
            var wrong = await TellAsync(new { callback = number });
            wrong.IsProblem(400, "invalid");
            Assert.Equal([("callback", code)], FieldsOf(wrong));
        }

        var told = (await desks.ReadAsync(0)).Body["emergency"]!;
        Assert.True((bool)told["isConfirmed"]!);
        Assert.Equal(place.Number(4), (string?)told["callback"]);
        Assert.Equal(
            place.Numbers(1, 2, 3, 4, 5),
            (await place.ListAsync($"{desks.Base}/emergency-locations?known=false")).Select(Number));
        Assert.Equal(
            place.Numbers(0),
            (await place.ListAsync($"{desks.Base}/emergency-locations?confirmed=true")).Select(Number));

        (await desks.HandsetAsync(1, "move", new { space = "sofa", port = "p-a2" }))
            .IsProblem(409, "assignment-refused");

        Task<Answer> TellAsync(object body) => place.App.PutAsync(
            $"{desks.One(0)}/emergency", place.Admin, body, seen, place.App.NewKey());
    }

    /// <summary>Of numbers that are not equally long the order as text is another than the order as numbers.</summary>
    [Fact]
    public async Task Numbers_of_any_length_are_where_they_are()
    {
        const string Shorter = "+44800123456";
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        (await place.ImportAsync(new { lines = new[] { new { numbers = new[] { Shorter } } } })).Is(201);
        (await place.AllocateAsync(new { account = place.Tenant, numbers = new[] { Shorter } })).Is(201);
        await place.ActivateAsync([Shorter]);
        await desks.AssignAsync(0, new { user = desks.Ada, space = "a" });
        var assigned = await place.App.PutAsync(
            $"{desks.Base}/numbers/{Uri.EscapeDataString(Shorter)}/assignment", place.Admin,
            new { handset = desks.Furniture.Phone(1) }, match: null, place.App.NewKey());
        await desks.EndAsync(assigned.Is(202));

        Assert.Equal(
            [Shorter, place.Number(0)],
            (await place.ListAsync($"{desks.Base}/emergency-locations?known=true")).Select(Number));
    }

    [Fact]
    public async Task What_the_country_demands_and_the_place_lacks_is_said()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Ada, space = "a" });
        await desks.AssignAsync(1, new { user = desks.Amir });
        Assert.Null((await desks.ReadAsync(0)).Body["emergency"]!["missing"]);

        await MoveToAmericaAsync(place);

        var lacks = await place.ListAsync($"{desks.Base}/emergency-locations?known=false");
        Assert.Equal(place.Numbers(0, 1, 2, 3, 4, 5), lacks.Select(Number));
        Assert.Equal("1 High Street, floor 2", (string?)lacks[0]["location"]);
        Assert.Contains("space 'a'", (string?)lacks[0]["missing"], StringComparison.Ordinal);
        Assert.Contains("wherever they are", (string?)lacks[1]["missing"], StringComparison.Ordinal);
        Assert.Contains("nobody", (string?)lacks[2]["missing"], StringComparison.Ordinal);
        Assert.Equal(
            (string?)lacks[0]["missing"], (string?)(await desks.ReadAsync(0)).Body["emergency"]!["missing"]);
        var refused = await desks.PutAsync(2, new { handset = desks.Furniture.Phone(1) });
        refused.IsProblem(409, "assignment-refused");
        Assert.Equal(["location-incomplete"], Desks.Codes(refused.Body));
    }

    [Fact]
    public async Task A_user_of_the_operator_says_nothing_about_a_number_of_a_colleague()
    {
        var place = await world.PlaceAsync(4);
        await place.AssignAsync(place.Owner, "main", 2);
        await place.ActivateAsync(place.Numbers(0, 1));
        await place.GiveAsync("ann", place.Number(0));
        var (desks, ann) = (new Desks(place), place.As(Role.OperatorUser));

        Assert.Equal((403, 403), ((await ConfirmAsync(1)).Status, (await TellAsync(1)).Status));
        // Its own number has no place yet.
        (await ConfirmAsync(0)).IsProblem(409, "assignment-refused");
        Assert.NotEqual(403, (await TellAsync(0)).Status);

        Task<Answer> ConfirmAsync(int number) =>
            desks.NumberAsync(number, "emergency/confirmation", new { location = "1 High Street" }, token: ann);

        Task<Answer> TellAsync(int number) => place.App.PutAsync(
            $"{desks.One(number)}/emergency", ann, new { notify = new[] { "ann@acme.example" } }, "\"MQ\"",
            place.App.NewKey());
    }

    [Fact]
    public async Task A_room_that_lacks_is_given_where_numbers_are_and_has_to_be_confirmed_anew()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Ada, space = "a" });
        (await desks.NumberAsync(0, "emergency/confirmation", new { location = await desks.LocationAsync(0) })).Is(201);
        await MoveToAmericaAsync(place);
        (await desks.PutAsync(1, new { handset = desks.Furniture.Phone(1) })).IsProblem(409, "assignment-refused");

        (await ChangeAsync("214")).Is(200);

        await desks.AssignAsync(1, new { handset = desks.Furniture.Phone(1) });
        var emergency = (await desks.ReadAsync(0)).Body["emergency"]!;
        Assert.Equal(
            ("1 High Street, floor 2, room 214", false, null),
            ((string?)emergency["location"], (bool)emergency["isConfirmed"]!, (string?)emergency["missing"]));
        foreach (var room in new[] { "215", null })
        {
            var refused = await ChangeAsync(room);
            refused.IsProblem(409, "place-refused");
            Assert.Equal([("room", "numbers-ring")], FieldsOf(refused));
        }

        Task<Answer> ChangeAsync(string? room) => desks.Furniture.ChangeAsync(
            "spaces/a", new { kind = "Desk", floor = "2", label = "2.14", leasedTo = place.Tenant, room });
    }

    static async Task MoveToAmericaAsync(Place place)
    {
        var path = $"sites/{place.Site}";
        var site = (await place.App.GetAsync(path, place.Platform)).Is(200);
        (await place.App.PutAsync(path, place.Platform, new
        {
            @operator = place.Owner, name = place.Site, country = "US", timeZone = "Europe/London",
            address = "1 High Street",
        }, site.ETag)).Is(200);
    }

    static string Number(JsonNode located) => (string)located["number"]!;
}
