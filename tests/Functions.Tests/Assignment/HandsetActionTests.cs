namespace Telephony.Functions.Tests.Assignment;

/// <summary>Handsets are moved, swapped, and logged in to, over HTTP.</summary>
public sealed class HandsetActionTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_handset_moves_with_its_number_once_however_often_it_is_asked()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Ada, handset = desks.Furniture.Phone(1) });
        var path = $"handsets/{desks.Furniture.Phone(1)}";

        (await desks.Furniture.ChangeAsync(path, new { space = "a", port = "p-a2" }))
            .IsProblem(409, "place-refused");
        var moved = (await desks.HandsetAsync(1, "move", new { space = "a", port = "p-a2" }, "m")).Is(201);
        Assert.Equal(
            moved.Id, (await desks.HandsetAsync(1, "move", new { space = "a", port = "p-a2" }, "m")).Is(201).Id);
        Assert.Equal("p-a2", (string?)(await desks.Furniture.GetAsync(path)).Body["port"]);
        Assert.Equal("1 High Street, floor 2", await desks.LocationAsync(0));

        (await desks.HandsetAsync(1, "move", new { space = "b", port = "p-b" })).IsProblem(409, "place-refused");
        (await desks.HandsetAsync(1, "move", new { space = "sofa", port = "p-a" }))
            .IsProblem(409, "assignment-refused");
        (await desks.HandsetAsync(9, "move", new { space = "a", port = "p-a" }))
            .IsProblem(409, "assignment-refused");
        Assert.Equal("p-a2", (string?)(await desks.Furniture.GetAsync(path)).Body["port"]);
    }

    [Fact]
    public async Task What_numbers_ring_on_is_not_removed_and_they_are_named_or_a_list_that_has_them()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Ada, handset = desks.Furniture.Phone(3) });
        await desks.AssignAsync(1, new { user = desks.Amir, space = "a" });
        await desks.LetVisitAsync(1);
        (await desks.HandsetAsync(3, "login", new { number = place.Number(1) })).Is(201);

        var handset = await desks.Furniture.DeleteAsync($"handsets/{desks.Furniture.Phone(3)}");
        handset.IsProblem(409, "place-in-use");
        Assert.Equal(place.Numbers(0, 1), handset.Errors.Select(error => (string?)error["number"]));
        await desks.AssignAsync(2, new { space = "a" });
        var space = await desks.Furniture.DeleteAsync("spaces/a");
        space.IsProblem(409, "place-in-use");
        Assert.Contains(
            "GET …/assignments?space=a lists", (string?)space.Errors[^1]["wayOut"], StringComparison.Ordinal);
        Assert.Equal(
            place.Numbers(1, 2),
            (await place.ListAsync($"{desks.Base}/assignments?space=a")).Select(line => (string)line["number"]!));
    }

    [Fact]
    public async Task Two_handsets_swap_their_numbers_and_either_end_unassigns()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Ada, handset = desks.Furniture.Phone(1) });
        await desks.AssignAsync(1, new { user = desks.Amir, handset = desks.Furniture.Phone(3) });

        (await desks.HandsetAsync(1, "swap", new { with = desks.Furniture.Phone(3) })).Is(201);
        Assert.Equal(desks.Furniture.Spelled(3), (string?)(await desks.ReadAsync(0)).Body["handset"]);
        Assert.Equal(desks.Furniture.Spelled(1), (string?)(await desks.ReadAsync(1)).Body["handset"]);
        (await desks.HandsetAsync(1, "swap", new { with = desks.Furniture.Phone(2) }))
            .IsProblem(409, "assignment-refused");

        (await desks.HandsetAsync(1, "unassign", new { })).Is(201);
        (await desks.ReadAsync(1)).IsProblem(404, "not-found");
        (await desks.HandsetAsync(1, "unassign", new { })).IsProblem(409, "assignment-refused");
        foreach (var action in (string[])["unassign", "logout"])
        {
            var unknown = await desks.HandsetAsync(9, action, new { });
            unknown.IsProblem(409, "assignment-refused");
            Assert.Equal(["unknown-handset"], Desks.Codes(unknown.Body));
        }
    }

    [Fact]
    public async Task A_visitor_logs_in_is_found_there_and_is_logged_out_by_hand_from_afar_or_by_the_clock()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Ada, handset = desks.Furniture.Phone(1) });
        await desks.AssignAsync(1, new { user = desks.Amir });

        (await desks.HandsetAsync(3, "login", new { number = place.Number(0) })).IsProblem(409, "assignment-refused");
        await desks.LetVisitAsync(0);
        await desks.LetVisitAsync(1);
        (await desks.HandsetAsync(3, "login", new { number = place.Number(0), hours = 13 }))
            .IsProblem(409, "assignment-refused");
        (await desks.HandsetAsync(3, "login", new { number = place.Number(0), hours = 25 })).IsProblem(400, "invalid");

        (await desks.HandsetAsync(3, "login", new { number = place.Number(0), hours = 3 })).Is(201);
        var visiting = (await desks.ReadAsync(0)).Is(200).Body;
        Assert.Equal(desks.Furniture.Spelled(3), (string?)visiting["session"]!["handset"]);
        Assert.Equal(desks.Furniture.Spelled(3), (string?)visiting["emergency"]!["handset"]);
        (await desks.HandsetAsync(3, "login", new { number = place.Number(1) })).IsProblem(409, "assignment-refused");

        (await desks.HandsetAsync(3, "logout", new { })).Is(201);
        Assert.Null((await desks.ReadAsync(0)).Body["session"]);
        (await desks.HandsetAsync(3, "logout", new { })).IsProblem(409, "assignment-refused");

        (await desks.HandsetAsync(3, "login", new { number = place.Number(1) })).Is(201);
        (await desks.NumberAsync(1, "logout", new { })).Is(201);
        Assert.Null((await desks.ReadAsync(1)).Body["session"]);

        (await desks.HandsetAsync(3, "login", new { number = place.Number(0), hours = 3 })).Is(201);
        place.App.Clock.Advance(TimeSpan.FromHours(3) - TimeSpan.FromTicks(1));
        await place.App.SweepAsync();
        Assert.NotNull((await desks.ReadAsync(0)).Body["session"]);
        place.App.Clock.Advance(TimeSpan.FromTicks(1));
        await place.App.SweepAsync();
        Assert.Null((await desks.ReadAsync(0)).Body["session"]);
    }
}
