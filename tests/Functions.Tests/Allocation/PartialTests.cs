namespace Telephony.Functions.Tests.Allocation;

/// <summary>Where a part is better than nothing: what was given, and why there is no more.</summary>
public sealed class PartialTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("pool-exhausted", 4, "6 numbers are needed and 4 can be chosen")]
    [InlineData("account-full", 3, "it may have 3")]
    public async Task An_allocation_in_part_says_what_was_given_and_why_no_more_and_its_repeat_does_too(
        string code, int given, string words)
    {
        var place = await PlaceAsync(code);
        var body = new { account = place.Tenant, count = 6 };

        var part = (await place.AllocateAsync(body, "mine")).Is(201);

        Assert.Equal(("Partial", given, code), (
            (string?)part.Body["state"], (int?)part.Body["numberCount"], (string?)part.Body["reason"]!["code"]));
        Assert.Contains(words, (string?)part.Body["reason"]!["text"], StringComparison.Ordinal);
        Assert.Equal(given, part.Body["numbers"]!.AsArray().Count);
        Assert.NotNull(part.Body["endedAt"]);
        Assert.Equal(given, (await place.HasAsync(place.Tenant)).Count());

        (await place.ImportAsync(new { lines = new[] { new { range = place.Range(100, 119) } } })).Is(201);
        var before = place.Rows;
        Assert.Equal(part.Text, (await place.AllocateAsync(body, "mine")).Is(201).Text);
        Assert.Equal(
            part.Body.ToJsonString(),
            (await world.App.GetAsync($"operations/{part.Id}", place.Admin)).Is(200).Body.ToJsonString());
        Assert.Equal(before, place.Rows);
    }

    [Theory]
    [InlineData("pool-exhausted")]
    [InlineData("account-full")]
    public async Task Nothing_at_all_is_a_refusal_and_so_is_a_part_where_all_or_nothing_is_the_rule(string code)
    {
        var place = await PlaceAsync(code);
        await place.RulesAsync(rules => rules["allOrNothing"] = true);
        var before = place.Rows;
        (await place.AllocateAsync(new { account = place.Tenant, count = 6 })).IsProblem(409, code);
        Assert.Equal(before, place.Rows);

        await place.RulesAsync(rules => rules["allOrNothing"] = false);
        (await place.AllocateAsync(new { account = place.Tenant, count = 6 })).Is(201);
        before = place.Rows;
        (await place.AllocateAsync(new { account = place.Tenant, count = 1 })).IsProblem(409, code);
        Assert.Equal(before, place.Rows);
    }

    [Theory]
    [InlineData("pool-exhausted", 4)]
    [InlineData("account-full", 3)]
    public async Task A_service_ends_in_part_keeps_what_it_took_and_is_assigned(string code, int given)
    {
        var place = await PlaceAsync(code);

        var ended = await place.AssignAsync(place.Tenant, "main", 6);

        Assert.Equal(("Partial", given, code), (
            (string?)ended["state"], (int?)ended["numberCount"], (string?)ended["reason"]!["code"]));
        Assert.Equal(given, (await place.HasAsync(place.Tenant)).Count());
        Assert.NotEmpty(await place.ServiceVersionAsync(place.Tenant, "main"));
    }

    [Fact]
    public async Task When_direct_numbers_and_a_main_number_are_missing_both_are_told()
    {
        var place = await PlaceAsync("pool-exhausted");
        await place.RulesAsync(rules => rules["services"]![0]!["needsMain"] = true);
        var shown = (await world.App.PostAsync(
            $"sites/{place.Site}/accounts/{place.Tenant}/voice-services/main/preview", place.Admin,
            new { code = "voice", quantity = 6 })).Is(200);

        var ended = await place.AssignAsync(place.Tenant, "main", 6);

        foreach (var missing in new[] { shown.Body["missing"]!, ended["reason"]! })
        {
            Assert.Equal("pool-exhausted", (string?)missing["code"]);
            var text = (string?)missing["text"];
            Assert.StartsWith("6 numbers are needed and 4 can be chosen. ", text, StringComparison.Ordinal);
            Assert.Contains(" The account needs a main number, and no", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_a_service_lacks_comes_when_it_is_asked_for_again_and_there_is_more()
    {
        var place = await PlaceAsync("pool-exhausted");
        await place.AssignAsync(place.Tenant, "main", 6);
        (await place.ImportAsync(new { lines = new[] { new { range = place.Range(100, 119) } } })).Is(201);

        var ended = await place.AssignAsync(
            place.Tenant, "main", 6, await place.ServiceVersionAsync(place.Tenant, "main"));

        Assert.Equal(("Succeeded", 2), ((string?)ended["state"], (int?)ended["numberCount"]));
        Assert.Null(ended["reason"]);
    }

    [Fact]
    public async Task Where_people_allocate_a_service_is_assigned_and_says_what_it_needs()
    {
        var place = await world.PlaceAsync();
        await place.RulesAsync(rules => rules["autoAllocate"] = false);

        var ended = await place.AssignAsync(place.Tenant, "main", 3);

        Assert.Equal(("Partial", 0, "auto-allocate-off"), (
            (string?)ended["state"], (int?)ended["numberCount"], (string?)ended["reason"]!["code"]));
        Assert.Contains("needs 3 direct numbers.", (string?)ended["reason"]!["text"], StringComparison.Ordinal);
        Assert.Empty(await place.HasAsync(place.Tenant));
        (await place.AllocateAsync(place.Tenant, 7, 8, 9)).Is(201);
        Assert.Equal("Succeeded", (string?)(await place.AssignAsync(
            place.Tenant, "main", 3, await place.ServiceVersionAsync(place.Tenant, "main")))["state"]);
    }

    /// <summary>A site of four numbers, or one that gives an account three; a part will do.</summary>
    async Task<Place> PlaceAsync(string code)
    {
        var place = await world.PlaceAsync(numbers: code is "pool-exhausted" ? 4 : 20);
        await place.RulesAsync(rules =>
        {
            rules["allOrNothing"] = false;
            rules["maxPerAccount"] = code is "pool-exhausted" ? null : 3;
        });
        return place;
    }
}
