namespace Telephony.Functions.Tests.Allocation;

/// <summary>A preview's token lets a change happen only while the choice is still the one that was shown.</summary>
public sealed class PreviewTokenTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task While_the_choice_is_the_same_the_change_is_made_whatever_else_has_changed()
    {
        var place = await world.PlaceAsync();
        var token = await TokenAsync(place, place.Tenant);

        (await place.AllocateAsync(place.Neighbour, 19)).Is(201);
        await place.RulesAsync(rules => rules["maxPerAccount"] = 15);
        var done = (await place.AllocateAsync(Wish(place.Tenant, token))).Is(201);

        Assert.Equal(
            place.Numbers(0, 1, 2), done.Body["numbers"]!.AsArray().Select(number => (string)number!["number"]!));
    }

    [Theory]
    [InlineData("somebody took one of them")]
    [InlineData("a rule changed")]
    [InlineData("better ones came")]
    [InlineData("it was used already")]
    public async Task When_another_choice_would_be_made_nothing_is_done(string what)
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Tenant, 15)).Is(201);
        var token = await TokenAsync(place, place.Tenant);

        switch (what)
        {
            case "somebody took one of them":
                (await place.AllocateAsync(place.Neighbour, 17)).Is(201);
                break;
            case "a rule changed":
                await place.RulesAsync(rules => rules["contiguity"] = "Ignore");
                break;
            case "better ones came":
                (await place.ImportAsync(new
                {
                    lines = new[] { new { range = place.Range(30, 32), earmark = place.Tenant } },
                })).Is(201);
                break;
            default:
                (await place.AllocateAsync(Wish(place.Tenant, token))).Is(201);
                break;
        }

        await AssertStaleAsync(place, place.Tenant, token);
    }

    [Fact]
    public async Task A_token_of_another_account_or_site_holds_nothing()
    {
        var (here, there) = (await world.PlaceAsync(), await world.PlaceAsync());

        await AssertStaleAsync(here, here.Tenant, await TokenAsync(here, here.Neighbour));
        await AssertStaleAsync(here, here.Tenant, await TokenAsync(there, there.Tenant));
        await AssertStaleAsync(here, here.Tenant, new string('a', 26));
    }

    [Fact]
    public async Task Even_a_choice_of_no_numbers_is_of_one_site()
    {
        var (here, there) = (await world.PlaceAsync(), await world.PlaceAsync());
        foreach (var place in new[] { here, there })
            await place.RulesAsync(rules => rules["autoAllocate"] = false);
        var preview = (await here.App.PostAsync(
            $"sites/{there.Site}/accounts/acme/voice-services/lines/preview", here.Admin,
            new { code = "voice", quantity = 2 })).Is(200);
        var body = new { code = "voice", quantity = 2, preview = (string)preview.Body["token"]! };

        Assert.Empty(preview.Body["numbers"]!.AsArray());
        (await here.ServiceAsync("acme", "lines", body)).IsProblem(412, "preview-stale");
        (await there.ServiceAsync("acme", "lines", body)).Is(202);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaa|")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaé")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaa\n")]
    public async Task What_is_no_token_is_named_and_nothing_changes(string token)
    {
        var place = await world.PlaceAsync();
        var before = place.Rows;

        var answer = await place.AllocateAsync(Wish(place.Tenant, token));
        answer.IsProblem(400, "invalid");
        Assert.Equal(["preview"], answer.Fields);
        answer = await place.ServiceAsync(place.Tenant, "lines", new { code = "voice", quantity = 1, preview = token });
        answer.IsProblem(400, "invalid");
        Assert.Equal(["preview"], answer.Fields);
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task C1_The_repeat_of_a_change_that_was_previewed_answers_as_the_first_did()
    {
        var place = await world.PlaceAsync();
        var token = await TokenAsync(place, place.Tenant);
        var first = (await place.AllocateAsync(Wish(place.Tenant, token), key: "shown-once")).Is(201);

        (await place.AllocateAsync(place.Neighbour, 7)).Is(201);
        await place.RulesAsync(rules => rules["contiguity"] = "Ignore");

        var repeat = (await place.AllocateAsync(Wish(place.Tenant, token), key: "shown-once")).Is(201);
        Assert.Equal(first.Text, repeat.Text);
        (await place.AllocateAsync(new { account = place.Tenant, count = 3 }, key: "shown-once"))
            .IsProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_list_and_a_range_are_held_to_what_was_shown_too()
    {
        var place = await world.PlaceAsync();
        var wish = new { account = place.Tenant, range = place.Range(3, 5) };
        var preview = (await place.App.PostAsync($"sites/{place.Site}/allocations/preview", place.Admin, wish)).Is(200);
        var token = (string)preview.Body["token"]!;

        (await place.AllocateAsync(new { account = place.Tenant, range = place.Range(3, 4), preview = token }))
            .IsProblem(412, "preview-stale");
        // Now it has one of them already: not the change that was shown.
        (await place.AllocateAsync(place.Tenant, 4)).Is(201);
        (await place.AllocateAsync(new { account = place.Tenant, range = place.Range(3, 5), preview = token }))
            .IsProblem(412, "preview-stale");

        preview = (await place.App.PostAsync($"sites/{place.Site}/allocations/preview", place.Admin, wish)).Is(200);
        token = (string)preview.Body["token"]!;
        (await place.AllocateAsync(new { account = place.Tenant, numbers = place.Numbers(3, 5), preview = token }))
            .IsProblem(412, "preview-stale");
        (await place.AllocateAsync(new { account = place.Tenant, range = place.Range(3, 5), preview = token })).Is(201);
    }

    [Fact]
    public async Task A_voice_service_is_refused_at_once_when_its_choice_has_changed()
    {
        var place = await world.PlaceAsync();
        var preview = (await place.App.PostAsync(
            $"sites/{place.Site}/accounts/{place.Tenant}/voice-services/lines/preview", place.Admin,
            new { code = "voice", quantity = 2 })).Is(200);
        var body = new { code = "voice", quantity = 2, preview = (string)preview.Body["token"]! };
        (await place.AllocateAsync(place.Neighbour, 1)).Is(201);
        var before = place.Rows;

        (await place.ServiceAsync(place.Tenant, "lines", body)).IsProblem(412, "preview-stale");
        Assert.Equal(before, place.Rows);
    }

    [Theory]
    [InlineData("lines", 3, 202)]
    [InlineData("other", 3, 412)]
    [InlineData("lines", 2, 412)]
    public async Task The_same_numbers_for_another_service_are_not_what_was_shown(
        string service, int quantity, int status)
    {
        var place = await world.PlaceAsync();
        // Three and two units need the same three numbers.
        await place.RulesAsync(rules =>
        {
            rules["services"]![0]!["numbersPerUnit"] = 0;
            rules["services"]![0]!["extra"] = 3;
        });
        var preview = (await ShowAsync(place, "lines", 3)).Is(200);
        Assert.Equal(3, (int?)preview.Body["numberCount"]);
        var before = place.Rows;

        var answer = await place.ServiceAsync(
            place.Tenant, service, new { code = "voice", quantity, preview = (string)preview.Body["token"]! });

        Assert.Equal((status, status == 202 ? null : "preview-stale"), (answer.Status, answer.Code));
        if (status != 202)
            Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task The_same_numbers_of_more_that_are_missing_are_not_what_was_shown()
    {
        var place = await world.PlaceAsync(numbers: 4);
        await place.RulesAsync(rules => rules["allOrNothing"] = false);
        var preview = (await place.App.PostAsync(
            $"sites/{place.Site}/allocations/preview", place.Admin, new { account = place.Tenant, count = 6 })).Is(200);
        var token = (string)preview.Body["token"]!;
        Assert.Equal("pool-exhausted", (string?)preview.Body["missing"]!["code"]);

        (await place.AllocateAsync(new { account = place.Tenant, count = 7, preview = token }))
            .IsProblem(412, "preview-stale");
        (await place.AllocateAsync(new { account = place.Tenant, count = 6, preview = token })).Is(201);
    }

    [Fact]
    public async Task That_a_main_number_is_missing_as_well_is_part_of_what_was_shown()
    {
        var place = await world.PlaceAsync(numbers: 4);
        await place.RulesAsync(rules => rules["allOrNothing"] = false);
        var token = (string)(await ShowAsync(place, "lines", 6)).Is(200).Body["token"]!;
        await place.RulesAsync(rules => rules["services"]![0]!["needsMain"] = true);

        (await place.ServiceAsync(place.Tenant, "lines", new { code = "voice", quantity = 6, preview = token }))
            .IsProblem(412, "preview-stale");
    }

    static Task<Answer> ShowAsync(Place place, string service, int quantity) => place.App.PostAsync(
        $"sites/{place.Site}/accounts/{place.Tenant}/voice-services/{service}/preview", place.Admin,
        new { code = "voice", quantity });

    static object Wish(string account, string token) => new { account, count = 3, preview = token };

    static async Task<string> TokenAsync(Place place, string account)
    {
        var preview = await place.App.PostAsync(
            $"sites/{place.Site}/allocations/preview", place.Admin, new { account, count = 3 });
        return (string)preview.Is(200).Body["token"]!;
    }

    static async Task AssertStaleAsync(Place place, string account, string token)
    {
        var before = place.Rows;
        (await place.AllocateAsync(Wish(account, token))).IsProblem(412, "preview-stale");
        Assert.Equal(before, place.Rows);
    }
}
