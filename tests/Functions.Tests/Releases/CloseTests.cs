using System.Globalization;
using System.Text.Json.Nodes;
using Telephony.Domain.Numbers;
using Telephony.Functions.Tests.Assignment;

namespace Telephony.Functions.Tests.Releases;

/// <summary>An occupier leaves a site.</summary>
public sealed class CloseTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Everything_it_has_ends_and_then_the_site_can_be_taken_off_it()
    {
        var place = await OccupiedAsync();
        var account = (await world.App.GetAsync($"accounts/{place.Tenant}", place.Admin)).Is(200);
        var detached = new { name = place.Tenant, sites = Array.Empty<string>() };
        var inTheWay = await world.App.PutAsync($"accounts/{place.Tenant}", place.Admin, detached, account.ETag);
        Assert.Equal("account-has-numbers", (string?)inTheWay.Errors[0]["code"]);

        var closed = await place.EndAsync((await CloseAsync(place)).Is(202));

        Assert.Equal(
            ("Closing", "Succeeded", 5),
            ((string?)closed["kind"], (string?)closed["state"], (int?)closed["numberCount"]));
        Assert.Equal(
            [
                (0, "Released: it was never in service, and is available."),
                (1, "Released: it was never in service, and is available."),
                (2, $"Taken out of service and released: it rests until {Day(90)}."),
                (3, "Released: it was never in service, and is available."),
                (4, "Its hold ended: it is available."),
            ],
            closed["numbers"]!.AsArray().Select((number, i) => (i, (string?)number!["reason"])));
        Assert.Empty(await place.HasAsync(place.Tenant));
        Assert.DoesNotContain(place.Rows, row => row.StartsWith("K|", StringComparison.Ordinal));
        (await world.App.PutAsync($"accounts/{place.Tenant}", place.Admin, detached, account.ETag)).Is(200);
    }

    [Fact]
    public async Task A_number_that_cannot_leave_stays_with_a_reason_and_the_close_ends_in_part()
    {
        var place = await OccupiedAsync();
        await place.MoveAsync(
            place.Numbers(2), order => new NumberCommand.Deactivate(order with { By = Party.Operator }));

        var preview = (await PreviewAsync(place)).Is(200);
        var stays = Assert.Single(preview.Body["stays"]!.AsArray())!;
        var closed = await place.EndAsync((await CloseAsync(place)).Is(202));

        Assert.Equal(
            ("Partial", "numbers-stay", 4, 1), (
            (string?)closed["state"], (string?)closed["reason"]!["code"], (int?)closed["numberCount"],
            (int?)closed["errorCount"]));
        Assert.Equal(stays.ToJsonString(), closed["errors"]![0]!.ToJsonString());
        Assert.Equal(
            (place.Number(2), "under-way", "Deactivating"),
            ((string?)stays["number"], (string?)stays["code"], (string?)stays["from"]));
        Assert.Equal(place.Numbers(2), await place.HasAsync(place.Tenant));
    }

    [Fact]
    public async Task A_preview_names_every_number_and_holds_the_close_to_it()
    {
        var place = await OccupiedAsync();
        var before = place.Rows;
        var preview = (await PreviewAsync(place)).Is(200);
        Assert.Equal(before, place.Rows);
        Assert.Equal(place.Numbers(0, 1, 2, 3, 4), Numbers(preview.Body));
        Assert.Equal(["main"], preview.Body["services"]!.AsArray().Select(id => (string?)id));

        (await place.AllocateAsync(place.Tenant, 7)).Is(201);
        (await CloseAsync(place, (string?)preview.Body["token"])).IsProblem(412, "preview-stale");
        Assert.Equal(6, (await place.HasAsync(place.Tenant)).Count());

        var fresh = (await PreviewAsync(place)).Is(200);
        world.App.Clock.Advance(TimeSpan.FromMinutes(5));
        var closed = await place.EndAsync((await CloseAsync(place, (string?)fresh.Body["token"])).Is(202));
        Assert.Equal("Succeeded", (string?)closed["state"]);
        Assert.Equal(Numbers(fresh.Body), Numbers(closed));
    }

    [Fact]
    public async Task A_preview_names_who_would_lose_a_number_and_which_leases_would_stay()
    {
        var place = await world.PlaceAsync(10);
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Ada, handset = desks.Furniture.Phone(1) });
        var stale = (await PreviewAsync(place)).Is(200);
        await desks.AssignAsync(1, new { user = desks.Amir });
        await desks.AssignAsync(5, new { user = desks.Thea });

        (await CloseAsync(place, (string?)stale.Body["token"])).IsProblem(412, "preview-stale");
        var preview = (await PreviewAsync(place)).Is(200);

        Assert.Equal(
            [(place.Number(0), desks.Ada, desks.Furniture.Spelled(1)), (place.Number(1), desks.Amir, null)],
            preview.Body["inUse"]!.AsArray().Select(
                line => ((string)line!["number"]!, (string)line["user"]!, (string?)line["handset"])));
        Assert.Equal(["a"], preview.Body["leases"]!.AsArray().Select(space => (string?)space));

        var closed = await desks.EndAsync((await CloseAsync(place, (string?)preview.Body["token"])).Is(202));

        Assert.Equal(("Succeeded", 5), ((string?)closed["state"], (int?)closed["numberCount"]));
        (await desks.ReadAsync(0)).IsProblem(404, "not-found");
        (await desks.ReadAsync(5)).Is(200);
        var after = (await PreviewAsync(place)).Is(200);
        Assert.Empty(after.Body["inUse"]!.AsArray());
        Assert.Equal("""["a"]""", after.Body["leases"]!.ToJsonString());
    }

    [Fact]
    public async Task A_repeat_answers_the_first_result_and_an_account_with_nothing_can_be_closed_too()
    {
        var place = await world.PlaceAsync(5);
        var first = (await CloseAsync(place, key: "mine")).Is(202);
        Assert.Equal("Succeeded", (string?)(await place.EndAsync(first))["state"]);
        (await place.AllocateAsync(place.Tenant, 0)).Is(201);

        var repeat = (await CloseAsync(place, key: "mine")).Is(202);

        Assert.Equal((first.Id, 0), (repeat.Id, (int?)repeat.Body["numberCount"]));
        Assert.Equal(place.Numbers(0), await place.HasAsync(place.Tenant));
    }

    [Fact]
    public async Task The_operators_own_account_stays_and_a_site_out_of_care_lets_nobody_leave()
    {
        var place = await world.PlaceAsync(5);
        (await world.App.PostAsync($"sites/{place.Site}/accounts/acme/close", place.Admin, new { }))
            .IsProblem(409, "operators-own-account");
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);
        (await CloseAsync(place)).IsProblem(409, "site-not-managed");
        (await PreviewAsync(place)).IsProblem(409, "site-not-managed");
    }

    [Fact]
    public async Task More_than_one_transaction_can_hold_leaves_part_by_part()
    {
        var place = await world.PlaceAsync(0);
        (await place.ImportAsync(new { lines = new[] { new { range = place.Range(0, 9_599) } } })).Is(201);
        (await place.ImportAsync(new { lines = new[] { new { range = place.Range(9_600, 9_899) } } })).Is(201);
        (await place.AllocateAsync(new { account = place.Tenant, range = place.Range(50, 9_599) })).Is(201);
        (await place.AllocateAsync(new { account = place.Tenant, range = place.Range(9_600, 9_850) })).Is(201);

        var closed = await place.EndAsync((await CloseAsync(place)).Is(202));

        Assert.Equal(("Succeeded", 9_801), ((string?)closed["state"], (int?)closed["numberCount"]));
        Assert.Equal(
            ["leave-1", "leave-2", "close"], closed["steps"]!.AsArray().Select(step => (string?)step!["name"]));
        Assert.Empty(await place.HasAsync(place.Tenant));
    }

    /// <summary>Two that a service took, one in service, one by hand, one held; the last two of them beside.</summary>
    async Task<Place> OccupiedAsync()
    {
        var place = await world.PlaceAsync(10);
        (await place.AllocateAsync(place.Tenant, 2, 3)).Is(201);
        await place.AssignAsync(place.Tenant, "main", 4);
        await place.ActivateAsync(place.Numbers(2));
        var held = await place.ListAsync($"sites/{place.Site}/accounts/{place.Tenant}/numbers");
        Assert.Equal(4, held.Count);
        (await world.App.PostAsync($"sites/{place.Site}/holds", place.Admin, new
        {
            account = place.Tenant, name = "Robin Ash", until = world.App.Clock.GetUtcNow().AddDays(9),
            numbers = place.Numbers(4),
        })).Is(201);
        return place;
    }

    string Day(int days) =>
        world.App.Clock.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    static IEnumerable<string> Numbers(JsonObject body) =>
        body["numbers"]!.AsArray().Select(number => (string)number!["number"]!);

    static Task<Answer> CloseAsync(Place place, string? preview = null, string? key = null) => place.App.PostAsync(
        $"sites/{place.Site}/accounts/{place.Tenant}/close", place.Admin,
        preview is null ? new { } : (object)new { preview }, key);

    static Task<Answer> PreviewAsync(Place place) => place.App.PostAsync(
        $"sites/{place.Site}/accounts/{place.Tenant}/close/preview", place.Admin, new { }, key: "");
}
