using System.Text.Json.Nodes;
using Telephony.Domain.Access;
using Telephony.Functions.Storage;
using Telephony.Functions.Tests.Assignment;
using Telephony.Functions.Tests.Settings;

namespace Telephony.Functions.Tests.Access;

/// <summary>What an occupier is not told: who of the operator or the platform did something, and their notes.</summary>
public sealed class OperatorsPeopleTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task An_occupier_sees_an_operation_without_who_of_the_operator_asked_and_why()
    {
        var place = await world.PlaceAsync();
        await place.AssignAsync(place.Tenant, "main", 1);
        var onBehalf = (await place.AllocateAsync(
            new { account = place.Tenant, numbers = place.Numbers(9) }, token: place.Platform)).Is(201).Id;
        var noted = (await world.App.PostAsync(
            $"sites/{place.Site}/numbers/{place.Number(0)}/activation", place.Admin, new { note = "They paid." }))
            .Is(201).Id;

        Assert.Equal(["paula acme", "paula acme", "paula acme"], await AskersAsync(place, onBehalf, place.Admin));
        Assert.Equal(["olga They paid.", "olga They paid."], await AskersAsync(place, noted, place.Admin));
        var admin = place.As(Role.OccupierAdmin);
        Assert.Equal(["", "", ""], await AskersAsync(place, onBehalf, admin));
        Assert.Equal(["", ""], await AskersAsync(place, noted, admin));
    }

    [Fact]
    public async Task An_occupier_sees_which_of_its_own_people_asked_for_an_operation()
    {
        var place = await world.ServedAsync();
        await place.PolicyAsync("occupierAdminEditsSettings");
        world.App.Clock.Advance(SitePartition.AgeMax);
        var own = (await place.SetAsync(
            place.Number(0), new { label = "Desk" }, place.As(Role.OccupierAdmin))).Is(200);

        Assert.Equal("ann", (string?)own.Body["requestedBy"]);
        Assert.Equal(["ann", "ann"], await AskersAsync(place, own.Id, place.As(Role.OccupierAdmin, "colleague")));
    }

    [Fact]
    public async Task An_occupier_sees_who_confirmed_a_location_when_that_was_one_of_its_own_people()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Amir, handset = desks.Furniture.Phone(1) });
        await place.PolicyAsync("occupierAdminEditsSettings");
        world.App.Clock.Advance(SitePartition.AgeMax);
        var (ada, colleague) = (place.As(Role.OccupierAdmin, desks.Ada), place.As(Role.OccupierAdmin, "unlisted"));
        var amir = place.As(Role.OccupierUser, desks.Amir);
        var location = await desks.LocationAsync(0);

        await ConfirmAsync(place.Admin);
        Assert.Equal("olga", await ConfirmedByAsync(place.Admin));
        foreach (var token in new[] { ada, colleague, amir })
            Assert.Null(await ConfirmedByAsync(token));

        await ConfirmAsync(ada);
        foreach (var token in new[] { place.Admin, ada, colleague })
            Assert.Equal(desks.Ada, await ConfirmedByAsync(token));
        Assert.Null(await ConfirmedByAsync(amir));

        await ConfirmAsync(colleague);
        Assert.Equal("unlisted", await ConfirmedByAsync(colleague));
        Assert.Null(await ConfirmedByAsync(ada));

        Assert.Equal(
            [(desks.Ada, "unlisted"), ("olga", desks.Ada), (null, "olga")], await ConfirmationsAsync(place.Admin));
        Assert.Equal([(desks.Ada, "unlisted"), (null, desks.Ada), (null, null)], await ConfirmationsAsync(ada));

        async Task ConfirmAsync(string by) =>
            (await desks.NumberAsync(0, "emergency/confirmation", new { location }, token: by)).Is(201);

        async Task<string?> ConfirmedByAsync(string token)
        {
            var told = (await desks.ReadAsync(0, token)).Is(200).Body["emergency"]!;
            Assert.True((bool)told["isConfirmed"]!);
            Assert.NotNull(told["confirmedAt"]);
            return (string?)told["confirmedBy"];
        }

        async Task<IEnumerable<(string?, string?)>> ConfirmationsAsync(string token) =>
            (await place.ListAsync($"{desks.One(0)}/history", token))
                .SelectMany(entry => entry["changes"]?.AsArray() ?? [])
                .Where(change => (string?)change!["field"] == "confirmedBy")
                .Select(change => ((string?)change!["before"], (string?)change["after"]));
    }

    /// <summary>Who asked, on whose behalf and why, at every address that shows the operation.</summary>
    static async Task<IEnumerable<string>> AskersAsync(Place place, string id, string token)
    {
        var listed = (await place.ListAsync($"sites/{place.Site}/operations", token))
            .Single(operation => (string?)operation["id"] == id);
        var seen = (await place.App.GetAsync($"operations/{id}", token)).Is(200).Body;
        var shown = new List<JsonNode> { listed, seen };
        if ((string?)seen["kind"] is "Allocation")
            shown.Add((await place.App.GetAsync($"sites/{place.Site}/allocations/{id}", token)).Is(200).Body);
        return shown.Select(operation => string.Join(' ', new[] { "requestedBy", "onBehalfOf", "note" }
            .Select(member => (string?)operation[member]).OfType<string>()));
    }
}
