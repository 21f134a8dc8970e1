namespace Telephony.Functions.Tests.Allocation;

/// <summary>Allocations that name no numbers: the site's rules choose them.</summary>
public sealed class CountTests(World world) : IClassFixture<World>
{
    const int Most = 9_600;

    [Fact]
    public async Task R26_As_many_as_were_asked_for_are_chosen_each_with_its_reason_and_given_by_hand()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Tenant, 14)).Is(201);
        (await place.AllocateAsync(place.Neighbour, 15)).Is(201);

        var done = (await place.AllocateAsync(new { account = place.Tenant, count = 2 })).Is(201).Body;

        Assert.Equal(("Succeeded", 2), ((string?)done["state"], (int?)done["numberCount"]));
        Assert.Equal(
            place.Numbers(12, 13), done["numbers"]!.AsArray().Select(number => (string)number!["number"]!));
        Assert.All(done["numbers"]!.AsArray(), number => Assert.StartsWith(
            "One of 2 in a row next to +44", (string)number!["reason"]!, StringComparison.Ordinal));
        var given = (await place.ListAsync($"sites/{place.Site}/accounts/{place.Tenant}/numbers"))
            .Where(number => (string?)number["operation"] == (string?)done["id"]);
        Assert.Equal(["ByHand", "ByHand"], given.Select(number => (string)number["source"]!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/preview")]
    public async Task Whoever_says_nothing_or_two_things_hears_of_all_three_ways_to_say_it(string path)
    {
        var place = await world.PlaceAsync(numbers: 3);
        foreach (var (wish, field) in new (object, string)[]
        {
            (new { account = place.Tenant }, "numbers"),
            (new { account = place.Tenant, numbers = place.Numbers(0), range = place.Range(0, 1) }, "numbers"),
            (new { account = place.Tenant, numbers = place.Numbers(0), count = 1 }, "count"),
            (new { account = place.Tenant, range = place.Range(0, 1), count = 1 }, "count"),
        })
        {
            var answer = await place.App.PostAsync($"sites/{place.Site}/allocations{path}", place.Admin, wish);
            answer.IsProblem(400, "invalid");
            Assert.Equal([field], answer.Fields);
            Assert.Equal(
                "One of 'numbers', 'range' and 'count' must say what is wanted, and not more than one.",
                (string?)answer.Errors[0]["reason"]);
        }
    }

    [Fact]
    public async Task R2_The_operators_own_account_gets_what_is_kept_for_it_and_an_occupier_does_not()
    {
        var place = await world.PlaceAsync(numbers: 5);
        await place.RulesAsync(rules => rules["keepForOperator"] = 4);
        var before = place.Rows;

        (await place.AllocateAsync(new { account = place.Tenant, count = 2 })).IsProblem(409, "pool-exhausted");
        Assert.Equal(before, place.Rows);

        (await place.AllocateAsync(new { account = place.Tenant, count = 1 })).Is(201);
        (await place.AllocateAsync(new { account = place.Tenant, numbers = place.Numbers(3) }))
            .IsProblem(409, "kept-for-operator");
        (await place.AllocateAsync(new { account = "acme", count = 4 })).Is(201);
    }

    [Fact]
    public async Task Where_a_part_will_do_it_is_given_and_the_operation_says_what_is_missing()
    {
        var place = await world.PlaceAsync(numbers: 3);
        await place.RulesAsync(rules => rules["allOrNothing"] = false);

        var done = (await place.AllocateAsync(new { account = place.Tenant, count = 5 })).Is(201).Body;

        Assert.Equal(("Partial", 3, "pool-exhausted"),
            ((string?)done["state"], (int?)done["numberCount"], (string?)done["reason"]!["code"]));
    }

    [Fact]
    public async Task C1_The_repeat_of_a_count_gives_the_first_answer_and_no_more_numbers()
    {
        var place = await world.PlaceAsync();
        var wish = new { account = place.Tenant, count = 3 };

        var first = (await place.AllocateAsync(wish, key: "count-once")).Is(201);
        var repeat = (await place.AllocateAsync(wish, key: "count-once")).Is(201);

        Assert.Equal(first.Text, repeat.Text);
        Assert.Equal(3, (await place.HasAsync(place.Tenant)).Count());
        (await place.AllocateAsync(new { account = place.Tenant, count = 4 }, key: "count-once"))
            .IsProblem(422, "idempotency-key-reused");
        (await place.AllocateAsync(new { account = place.Tenant, numbers = place.Numbers(0) }, key: "count-once"))
            .IsProblem(422, "idempotency-key-reused");
    }

    [Theory]
    [InlineData("0", "invalid", "out-of-range")]
    [InlineData("-1", "invalid", "out-of-range")]
    [InlineData("9601", "invalid", "out-of-range")]
    [InlineData("1000000000", "invalid", "out-of-range")]
    [InlineData("1.5", "bad-json", "bad-json")]
    [InlineData("1e1", "bad-json", "bad-json")]
    [InlineData("\"5\"", "bad-json", "bad-json")]
    [InlineData("99999999999", "bad-json", "bad-json")]
    [InlineData("true", "bad-json", "bad-json")]
    [InlineData("[5]", "bad-json", "bad-json")]
    public async Task A_count_that_cannot_be_is_named_and_nothing_changes(string count, string code, string error)
    {
        var place = await world.PlaceAsync();
        var before = place.Rows;
        var body = $$"""{"account":"{{place.Tenant}}","count":{{count}}}""";

        foreach (var path in new[] { "allocations", "allocations/preview" })
        {
            var answer = await place.App.PostAsync($"sites/{place.Site}/{path}", place.Admin, body);

            answer.IsProblem(400, code);
            Assert.Equal(("count", error),
                ((string?)Assert.Single(answer.Errors)["field"], (string?)answer.Errors[0]["code"]));
            Assert.NotEmpty((string)answer.Errors[0]["wayOut"]!);
        }

        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task A_count_beside_numbers_or_a_range_is_refused()
    {
        var place = await world.PlaceAsync();

        foreach (var body in new object[]
        {
            new { account = place.Tenant, count = 1, numbers = place.Numbers(0) },
            new { account = place.Tenant, count = 1, range = place.Range(0, 1) },
        })
        {
            var answer = await place.AllocateAsync(body);
            answer.IsProblem(400, "invalid");
            Assert.Equal(["count"], answer.Fields);
        }
    }

    [Fact]
    public async Task As_many_as_one_request_can_give_are_given_with_a_reason_each()
    {
        var place = await world.PlaceAsync(numbers: Most);

        var done = (await place.AllocateAsync(new { account = place.Tenant, count = Most })).Is(201).Body;

        Assert.Equal(Most, (int?)done["numberCount"]);
        Assert.All(done["numbers"]!.AsArray(), number => Assert.NotEmpty((string)number!["reason"]!));
    }
}
