using System.Text.Json.Nodes;
using Telephony.Domain.Access;

namespace Telephony.Functions.Tests.Idempotency;

/// <summary>C1: a repeat with the same key is the same change, and answers as the first did.</summary>
public sealed class IdempotencyTests(World world) : IClassFixture<World>
{
    public static TheoryData<string> Changes => ["import", "allocation", "voice service"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task C1_The_same_key_with_the_same_body_is_the_same_operation_with_the_same_result(string change)
    {
        var place = await world.PlaceAsync();
        var first = await SendAsync(place, change, "mine", 1);
        var ended = await ResultAsync(place, change, first);
        var before = place.Rows;

        for (var i = 0; i < 3; i++)
        {
            var repeat = await SendAsync(place, change, "mine", 1);
            Assert.Equal((first.Status, first.Id), (repeat.Status, repeat.Id));
            Assert.Equal(first.Headers["Operation-Location"], repeat.Headers["Operation-Location"]);
            Assert.Equal(ended.ToJsonString(), repeat.Body.ToJsonString());
        }

        Assert.Equal(before, place.Rows);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task C1_The_same_key_with_another_body_is_refused_and_changes_nothing(string change)
    {
        var place = await world.PlaceAsync();
        await ResultAsync(place, change, await SendAsync(place, change, "mine", 1));
        var before = place.Rows;

        (await SendAsync(place, change, "mine", 2)).IsProblem(422, "idempotency-key-reused");

        Assert.Equal(before, place.Rows);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task C1_The_same_key_of_another_caller_is_another_operation(string change)
    {
        var place = await world.PlaceAsync();
        var first = await SendAsync(place, change, "mine", 1);
        await ResultAsync(place, change, first);
        var other = world.App.Token(Role.Platform, user: "someone-else");

        var second = await SendAsync(place, change, "mine", 2, other);
        await ResultAsync(place, change, second);

        Assert.Equal(first.Status, second.Status);
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task C1_The_same_key_at_another_site_or_for_another_thing_is_another_operation()
    {
        var (here, there) = (await world.PlaceAsync(), await world.PlaceAsync());
        string[] ids =
        [
            (await SendAsync(here, "allocation", "mine", 1)).Is(201).Id,
            (await SendAsync(there, "allocation", "mine", 1)).Is(201).Id,
            (await SendAsync(here, "import", "mine", 1)).Is(201).Id,
            (await SendAsync(here, "voice service", "mine", 1)).Is(202).Id,
            (await here.ServiceAsync(here.Neighbour, "main", 1, key: "mine")).Is(202).Id,
        ];
        Assert.Distinct(ids);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_key_has_one_to_200_printable_characters_and_there_is_one(string change)
    {
        var place = await world.PlaceAsync();
        var before = place.Rows;
        (await SendAsync(place, change, new string('k', 201), 1)).IsProblem(400, "bad-idempotency-key");
        (await SendAsync(place, change, "two words", 1)).IsProblem(400, "bad-idempotency-key");
        (await SendAsync(place, change, null, 1)).IsProblem(400, "missing-idempotency-key");
        (await SendTwoKeysAsync(place, change)).IsProblem(400, "bad-idempotency-key");
        Assert.Equal(before, place.Rows);

        Assert.InRange((await SendAsync(place, change, new string('k', 200), 1)).Status, 201, 202);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("allocation")]
    public async Task A_result_is_found_again_at_the_address_that_it_was_answered_with(string change)
    {
        var place = await world.PlaceAsync();
        var done = await SendAsync(place, change, "mine", 1);
        foreach (var header in new[] { "Location", "Operation-Location" })
        {
            var found = (await world.App.GetAsync(done.Headers[header]["/api/v1/".Length..], place.Platform)).Is(200);
            Assert.Equal(done.Body.ToJsonString(), found.Body.ToJsonString());
        }

        (await world.App.GetAsync(
            $"sites/{place.Site}/{(change is "import" ? "allocations" : "imports")}/{done.Id}", place.Platform))
            .IsProblem(404, "not-found");
    }

    [Fact]
    public async Task C1_A_repeat_gets_the_first_answer_though_the_account_has_left_the_site_since()
    {
        var place = await world.PlaceAsync();
        var body = new { account = place.Tenant, numbers = place.Numbers(1) };
        var first = (await place.AllocateAsync(body, "mine")).Is(201);
        var service = await place.ServiceAsync(place.Tenant, "main", 3, key: "also-mine");
        await place.EndAsync(service);
        await place.LeaveElsewhereAsync(place.Tenant);

        (await place.AllocateAsync(body, "another")).IsProblem(409, "account-not-at-site");
        (await place.ServiceAsync(place.Tenant, "more", 1)).IsProblem(409, "account-not-at-site");
        Assert.Equal(first.Body.ToJsonString(), (await place.AllocateAsync(body, "mine")).Is(201).Body.ToJsonString());
        Assert.Equal(service.Id, (await place.ServiceAsync(place.Tenant, "main", 3, key: "also-mine")).Is(202).Id);
    }

    [Fact]
    public async Task C1_The_same_wish_in_other_words_is_the_same_request()
    {
        var place = await world.PlaceAsync();
        var numbers = place.Numbers(1, 2);
        var first = await place.AllocateAsync(new { account = place.Tenant, numbers }, "mine");
        var again = await place.AllocateAsync(new { numbers = numbers.Reverse(), account = place.Tenant }, "mine");

        Assert.Equal(first.Is(201).Id, again.Is(201).Id);
    }

    [Fact]
    public async Task A_refused_change_leaves_its_key_free()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Neighbour, 1)).Is(201);
        var before = place.Rows;
        (await place.AllocateAsync(new { account = place.Tenant, numbers = place.Numbers(1) }, "mine"))
            .IsProblem(409, "numbers-refused");
        Assert.Equal(before, place.Rows);
        (await place.AllocateAsync(new { account = place.Tenant, numbers = place.Numbers(2) }, "mine")).Is(201);
    }

    [Fact]
    public async Task An_allocation_of_what_the_account_has_succeeds_and_says_so()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Tenant, 1)).Is(201);
        var again = (await place.AllocateAsync(place.Tenant, 1, 2)).Is(201);
        Assert.Equal(1, (int?)again.Body["numberCount"]);
        Assert.Equal(
            [(place.Number(2), "Asked for by number."), (place.Number(1), "The account already had it.")],
            again.Body["numbers"]!.AsArray().Select(number => ((string)number!["number"]!, (string)number["reason"]!)));
    }

    /// <param name="place">Where.</param>
    /// <param name="change">What.</param>
    /// <param name="key">Null sends none.</param>
    /// <param name="body">Another body for another number.</param>
    /// <param name="token">The platform's, unless given.</param>
    Task<Answer> SendAsync(Place place, string change, string? key, int body, string? token = null) =>
        world.App.SendAsync(
        change is "voice service"
            ? HttpMethod.Put : HttpMethod.Post, Path(place, change), token ?? place.Platform, request =>
        {
            request.Content = Body(place, change, body);
            if (change is "voice service")
                request.Headers.TryAddWithoutValidation(
                    body == 1 ? "If-None-Match" : "If-Match", body == 1 ? "*" : "\"MQ\"");
            if (key is not null)
                request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        });

    Task<Answer> SendTwoKeysAsync(Place place, string change) => world.App.SendAsync(
        change is "voice service" ? HttpMethod.Put : HttpMethod.Post, Path(place, change), place.Platform, request =>
        {
            request.Content = Body(place, change, 1);
            request.Headers.TryAddWithoutValidation("If-None-Match", "*");
            request.Headers.TryAddWithoutValidation("Idempotency-Key", ["one", "two"]);
        });

    static string Path(Place place, string change) => $"sites/{place.Site}/" + change switch
    {
        "import" => "imports",
        "allocation" => "allocations",
        _ => $"accounts/{place.Tenant}/voice-services/main",
    };

    static StringContent Body(Place place, string change, int body) => new(
        System.Text.Json.JsonSerializer.Serialize<object>(change switch
        {
            "import" => new { lines = new[] { new { numbers = place.Numbers(100 + body) } } },
            "allocation" => new { account = place.Tenant, numbers = place.Numbers(body) },
            _ => new { code = "voice", quantity = body },
        }),
        System.Text.Encoding.UTF8, "application/json");

    static async Task<JsonObject> ResultAsync(Place place, string change, Answer answer) =>
        change is "voice service" ? await place.EndAsync(answer) : answer.Is(201).Body;
}
