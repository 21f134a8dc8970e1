using System.Text.Json.Nodes;
using static Telephony.Functions.Tests.Lifecycle.StockedPlace;

namespace Telephony.Functions.Tests.Lifecycle;

/// <summary>What the platform does with numbers over HTTP, from their arrival until they are gone.</summary>
public sealed class LifecycleTests(World world) : IClassFixture<World>
{
    /// <summary>What is done, with what, to which number; the state it then has.</summary>
    public static TheoryData<string, string, int, string> Ways => new()
    {
        { "offers", "{}", Staged, "Available" },
        { "port-ins", """{"outcome":"Arrived"}""", PortingIn, "Available" },
        { "port-ins", """{"outcome":"Cancelled"}""", PortingIn, "Retired" },
        { "port-outs", """{"outcome":"Started"}""", Reserved, "PortingOut" },
        { "port-outs", """{"outcome":"Left"}""", PortingOut, "Retired" },
        { "port-outs", """{"outcome":"Cancelled"}""", PortingOut, "Reserved" },
        { "blocks", """{"reason":"Nuisance calls"}""", Available, "Blocked" },
        { "blocks", """{"reason":"Nuisance calls","until":"2026-03-03T09:00:00+01:00"}""", Cooldown, "Blocked" },
        { "unblocks", "{}", Blocked, "Available" },
        { "retirements", """{"reason":"Given back"}""", Available, "Retired" },
        { "retirements", """{"reason":"Given back"}""", Staged, "Retired" },
        { "retirements", """{"reason":"Given back"}""", Blocked, "Retired" },
        { "cooldown-ends", """{"reason":"In use for an hour only"}""", Cooldown, "Available" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task It_is_done_once_and_the_operation_says_why(string what, string body, int number, string state)
    {
        var place = await world.StockedAsync();
        var more = JsonNode.Parse(body)!;

        var answer = (await place.DoAsync(what, number, more, key: "once")).Is(201);

        Assert.Equal(state, await place.StateAsync(number));
        Assert.Equal(("Succeeded", 1, (string?)more["reason"]), (
            (string?)answer.Body["state"], (int?)answer.Body["numberCount"], (string?)answer.Body["note"]));
        Assert.DoesNotContain(place.Rows, row => row.StartsWith("I|", StringComparison.Ordinal));

        var before = place.Rows;
        Assert.Equal(answer.Text, (await place.DoAsync(what, number, more, key: "once")).Is(201).Text);
        Assert.Equal(before, place.Rows);
        (await place.DoAsync(what, Unknown, more, key: "once")).IsProblem(422, "idempotency-key-reused");
        (await place.DoAsync(what, number, more, token: place.Admin)).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_number_that_arrives_for_an_account_is_that_accounts()
    {
        var place = await world.StockedAsync();

        (await place.DoAsync("port-ins", [5, 6], new { outcome = "Arrived", account = place.Tenant })).Is(201);

        Assert.Equal(place.Numbers(5, 6, Reserved, PortingOut), (await place.HasAsync(place.Tenant)).Order());
        Assert.Equal(
            ["account"],
            (await place.DoAsync("port-ins", 7, new { outcome = "Arrived", account = "nobody" })).Is(400).Fields);
        (await place.DoAsync("port-ins", 7, new { outcome = "Arrived", account = place.Stranger }))
            .IsProblem(409, "account-not-at-site");
        Assert.Equal("PortingIn", await place.StateAsync(7));
    }

    [Fact]
    public async Task A_retired_number_comes_in_again_as_a_new_generation()
    {
        var place = await world.StockedAsync();

        (await place.ImportAsync(new { lines = new[] { new { numbers = place.Numbers(Retired) } } })).Is(201);

        var number = (await place.NumberAsync(Retired)).Body;
        Assert.Equal(("Available", 2), ((string?)number["state"], (int?)number["generation"]));
        (await place.ImportAsync(new { lines = new[] { new { numbers = place.Numbers(Retired) } } }))
            .IsProblem(409, "numbers-refused");
    }

    [Fact]
    public async Task A_block_is_repeated_also_when_its_end_has_come()
    {
        var place = await world.PlaceAsync(5);
        var body = new { reason = "For a minute", until = world.App.Clock.GetUtcNow().AddMinutes(1) };
        var first = (await place.DoAsync("blocks", 0, body, key: "minute")).Is(201);

        world.App.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(first.Text, (await place.DoAsync("blocks", 0, body, key: "minute")).Is(201).Text);
        var late = (await place.DoAsync("blocks", 1, body)).Is(400);
        Assert.Equal(("until", "in-the-past"), (late.Fields.Single(), (string?)late.Errors[0]["code"]));
    }

    [Fact]
    public async Task An_operators_admin_nominates_where_the_site_lets_it()
    {
        var place = await world.PlaceAsync(5);
        (await place.DoAsync("nominations", 0, token: place.Admin)).IsProblem(403, "forbidden");

        await place.RulesAsync(rules => rules["mainNomination"] = "OperatorAllowed");
        (await place.DoAsync("nominations", 0, token: place.Admin)).Is(201);
        Assert.Equal("NominatedMain", (string?)(await place.NumberAsync(0)).Body["role"]);
        (await place.DoAsync("nominations", 0, new { withdraw = true }, token: place.Admin)).Is(201);
        Assert.Equal("Direct", (string?)(await place.NumberAsync(0)).Body["role"]);
        (await place.DoAsync("nominations", 0, token: world.Rival)).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_file_says_in_which_state_its_numbers_come_in()
    {
        var place = await world.PlaceAsync(0);
        var file = "number,state\n" + string.Join('\n', new[] { "Staged", "", "PortingIn", "Retired", "available" }
            .Select((state, i) => $"{place.Number(i)},{state}"));

        var answer = (await place.ImportFileAsync(file)).Is(201);

        Assert.Equal(
            [("state", 5, "unknown-state"), ("state", 6, "unknown-state")],
            answer.Errors.Select(error => ((string?)error["field"], (int?)error["row"], (string?)error["code"])));
        Assert.Equal(
            ["Staged", "Available", "PortingIn"],
            [await place.StateAsync(0), await place.StateAsync(1), await place.StateAsync(2)]);
    }
}
