using System.Globalization;
using System.Text.Json.Nodes;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Tests.Holds;

/// <summary>A hold for a future starter, with an end date.</summary>
public sealed class HoldTests(World world) : IClassFixture<World>
{
    const string Name = "Robin Ash";

    [Fact]
    public async Task Numbers_are_held_until_the_end_and_then_anybodys_again_though_nothing_runs()
    {
        var place = await world.PlaceAsync(5);
        var held = (await HoldAsync(place, new { numbers = place.Numbers(0, 1) })).Is(201);

        Assert.Equal(
            (place.Tenant, Name, false),
            ((string?)held.Body["account"], (string?)held.Body["name"], (bool?)held.Body["isOver"]));
        Assert.Equal(place.Numbers(0, 1), NumbersOf(held.Body));
        Assert.EndsWith($"/holds/{held.Id}", held.Headers["Location"], StringComparison.Ordinal);
        (await place.AllocateAsync(place.Neighbour, 0)).IsProblem(409, "numbers-refused");
        Assert.Equal(place.Numbers(0, 1), (await place.ListAsync($"sites/{place.Site}/numbers?state=Held"))
            .Select(number => (string)number["number"]!));

        world.App.Clock.Advance(TimeSpan.FromDays(30));
        (await ReserveAsync(place, held.Id)).IsProblem(409, "hold-over");
        Assert.True((bool)(await world.App.GetAsync($"sites/{place.Site}/holds/{held.Id}", place.Admin)).Is(200)
            .Body["isOver"]!);
        // Whoever writes its block next writes that down; then nobody needs the name.
        (await place.AllocateAsync(place.Neighbour, 0)).Is(201);
        (await world.App.GetAsync($"sites/{place.Site}/holds/{held.Id}", place.Admin)).IsProblem(404, "not-found");
        Assert.Empty(await place.ListAsync($"sites/{place.Site}/holds"));
        var site = Id<Site>.Parse(place.Site);
        Assert.Equal(1, await new HoldTable(world.App.Sites).ForgetAsync(site, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(place.Rows, row => row.Contains(Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_count_is_chosen_by_the_sites_rules_and_not_bound_by_the_accounts_maximum()
    {
        var place = await world.PlaceAsync(6);
        await place.RulesAsync(rules => rules["maxPerAccount"] = 1);

        Assert.Equal(place.Numbers(0, 1, 2), NumbersOf((await HoldAsync(place, new { count = 3 })).Is(201).Body));
        (await HoldAsync(place, new { count = 4 })).IsProblem(409, "pool-exhausted");
    }

    [Fact]
    public async Task A_repeat_answers_the_first_result_and_another_name_with_the_key_is_another_request()
    {
        var place = await world.PlaceAsync(5);
        var first = (await HoldAsync(place, new { numbers = place.Numbers(0, 1) }, key: "mine")).Is(201);
        var rows = place.Rows;

        Assert.Equal(first.Text, (await HoldAsync(place, new { numbers = place.Numbers(0, 1) }, key: "mine")).Text);
        (await HoldAsync(place, new { numbers = place.Numbers(0, 1) }, key: "mine", name: "Kim Elm"))
            .IsProblem(422, "idempotency-key-reused");
        (await HoldAsync(place, new { count = 1 }, key: "mine")).IsProblem(422, "idempotency-key-reused");
        Assert.Equal(rows, place.Rows);

        // Also when it is over, and past: what it says of the numbers is what it said at first.
        (await ReserveAsync(place, first.Id)).Is(201);
        world.App.Clock.Advance(TimeSpan.FromDays(31));
        var later = (await HoldAsync(place, new { numbers = place.Numbers(0, 1) }, key: "mine", days: -1)).Is(201);
        Assert.Equal((first.Id, null), (later.Id, (string?)later.Body["name"]));
        Assert.Equal(place.Numbers(0, 1), NumbersOf(later.Body));
    }

    [Fact]
    public async Task The_name_stands_in_one_row_and_goes_with_the_hold()
    {
        var place = await world.PlaceAsync(5);
        var held = (await HoldAsync(place, new { numbers = place.Numbers(0, 1, 2) })).Is(201);
        Assert.StartsWith($"K|{held.Id} ", Assert.Single(place.Rows, IsNamed), StringComparison.Ordinal);

        (await ReserveAsync(place, held.Id, new { numbers = place.Numbers(1) })).Is(201);
        Assert.Single(place.Rows, IsNamed);
        (await ReserveAsync(place, held.Id)).Is(201);
        Assert.DoesNotContain(place.Rows, IsNamed);

        var other = (await HoldAsync(place, new { numbers = place.Numbers(3) })).Is(201);
        (await ChangeAsync(HttpMethod.Delete, place, other.Id, await ETagAsync(place, other.Id))).Is(200);
        Assert.DoesNotContain(place.Rows, IsNamed);

        static bool IsNamed(string row) => row.Contains(Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_can_be_taken_and_what_is_not_in_it_is_named()
    {
        var place = await world.PlaceAsync(5);
        var held = (await HoldAsync(place, new { range = place.Range(0, 2) })).Is(201);

        var first = (await ReserveAsync(place, held.Id, new { numbers = place.Numbers(1) }, key: "mine")).Is(201);
        var refused = await ReserveAsync(place, held.Id, new { numbers = place.Numbers(1, 2, 4) });
        refused.IsProblem(409, "numbers-refused");
        Assert.Equal(
            [(place.Number(1), "not-in-hold"), (place.Number(4), "not-in-hold")],
            refused.Errors.Select(error => ((string?)error["number"], (string?)error["code"])));
        var left = await world.App.GetAsync($"sites/{place.Site}/holds/{held.Id}", place.Admin);
        Assert.Equal(place.Numbers(0, 2), NumbersOf(left.Is(200).Body));

        var rest = (await ReserveAsync(place, held.Id)).Is(201);
        Assert.Equal(place.Numbers(0, 2), rest.Body["numbers"]!.AsArray().Select(number => (string)number!["number"]!));
        Assert.Equal(place.Numbers(0, 1, 2), await place.HasAsync(place.Tenant));
        (await ReserveAsync(place, held.Id)).IsProblem(404, "not-found");
        var repeat = await ReserveAsync(place, held.Id, new { numbers = place.Numbers(1) }, key: "mine");
        Assert.Equal(first.Text, repeat.Is(201).Text);
    }

    [Fact]
    public async Task It_can_be_prolonged_and_renamed_by_who_saw_it_as_it_is()
    {
        var place = await world.PlaceAsync(5);
        var held = (await HoldAsync(place, new { numbers = place.Numbers(0) })).Is(201);
        var etag = await ETagAsync(place, held.Id);
        Assert.Equal(held.ETag, etag);
        var body = new { until = Until(60), name = "Robyn Ash" };

        (await ChangeAsync(HttpMethod.Patch, place, held.Id, null, body)).IsProblem(428, "precondition-required");
        var changed = (await ChangeAsync(HttpMethod.Patch, place, held.Id, etag, body, "mine")).Is(200);
        Assert.Equal("HoldChange", (string?)changed.Body["kind"]);
        (await ChangeAsync(HttpMethod.Patch, place, held.Id, etag, new { name = "Else" }))
            .IsProblem(412, "precondition-failed");
        var repeat = await ChangeAsync(HttpMethod.Patch, place, held.Id, etag, body, "mine");
        Assert.Equal(changed.Text, repeat.Is(200).Text);

        var now = (await world.App.GetAsync($"sites/{place.Site}/holds/{held.Id}", place.Admin)).Is(200);
        Assert.Equal(("Robyn Ash", Until(60)), (
            (string?)now.Body["name"],
            DateTimeOffset.Parse((string)now.Body["until"]!, CultureInfo.InvariantCulture)));
        world.App.Clock.Advance(TimeSpan.FromDays(45));
        (await ReserveAsync(place, held.Id)).Is(201);
    }

    [Fact]
    public async Task Ended_its_numbers_are_in_the_pool_at_once_and_a_repeat_says_so_again()
    {
        var place = await world.PlaceAsync(5);
        var held = (await HoldAsync(place, new { numbers = place.Numbers(0, 1) })).Is(201);
        var etag = await ETagAsync(place, held.Id);

        var ended = (await ChangeAsync(HttpMethod.Delete, place, held.Id, etag, key: "mine")).Is(200);

        Assert.Equal(2, (int?)ended.Body["numberCount"]);
        (await place.AllocateAsync(place.Neighbour, 0, 1)).Is(201);
        Assert.Equal(ended.Text, (await ChangeAsync(HttpMethod.Delete, place, held.Id, etag, key: "mine")).Text);
        (await ChangeAsync(HttpMethod.Delete, place, held.Id, etag)).IsProblem(404, "not-found");
        (await world.App.GetAsync($"sites/{place.Site}/holds/{held.Id}", place.Admin)).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Holds_are_listed_page_by_page_and_by_account()
    {
        var place = await world.PlaceAsync(8);
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var account = i % 2 == 0 ? place.Tenant : place.Neighbour;
            ids.Add((await HoldAsync(place, new { numbers = place.Numbers(i) }, account: account)).Is(201).Id);
        }

        Assert.Equal(
            ids.Order(StringComparer.Ordinal),
            (await place.ListAsync($"sites/{place.Site}/holds", top: 3)).Select(hold => (string)hold["id"]!));
        Assert.Equal(
            new[] { ids[0], ids[2] }.Order(StringComparer.Ordinal),
            (await place.ListAsync($"sites/{place.Site}/holds?account={place.Tenant}", top: 1))
                .Select(hold => (string)hold["id"]!));
        Assert.Contains(
            Name,
            (await world.App.SendAsync(HttpMethod.Get, $"sites/{place.Site}/holds", place.Admin, request =>
                request.Headers.Add("Accept", "text/csv"))).Is(200).Text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"account":"{a}","name":"x","until":"2026-04-01T00:00:00Z","count":101}""", 400, "count")]
    [InlineData("""{"account":"{a}","name":"x","until":"2026-04-01T00:00:00Z"}""", 400, "numbers")]
    [InlineData("""{"account":"{a}","name":"  ","until":"2026-04-01T00:00:00Z","count":1}""", 400, "name")]
    [InlineData("""{"account":"nobody","name":"x","until":"2026-04-01T00:00:00Z","count":1}""", 400, "account")]
    [InlineData("""{"account":"{a}","name":"x","until":"2026-03-01T00:00:00Z","count":1}""", 409, "until")]
    [InlineData("""{"account":"{a}","name":"x","until":"2030-01-01T00:00:00Z","count":1}""", 409, "until")]
    public async Task What_cannot_be_held_is_refused_by_field_and_changes_nothing(string body, int status, string field)
    {
        var place = await world.PlaceAsync(5);
        var before = place.Rows;

        var answer = await world.App.PostAsync(
            $"sites/{place.Site}/holds", place.Admin, body.Replace("{a}", place.Tenant, StringComparison.Ordinal));

        Assert.Equal((status, field), (answer.Status, answer.Fields.First()));
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task An_account_that_is_not_at_the_site_and_a_site_out_of_care_hold_nothing()
    {
        var place = await world.PlaceAsync(5);
        (await HoldAsync(place, new { count = 1 }, account: place.Stranger)).IsProblem(409, "account-not-at-site");
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);
        (await HoldAsync(place, new { count = 1 })).IsProblem(409, "site-not-managed");
    }

    [Fact]
    public async Task Names_are_not_for_occupiers()
    {
        var place = await world.PlaceAsync(5);
        (await world.App.GetAsync(
            $"sites/{place.Site}/holds", world.App.Token(Role.OccupierAdmin, "acme", place.Tenant)))
            .IsProblem(403, "forbidden");
    }

    DateTimeOffset Until(int days) => world.App.Clock.GetUtcNow().AddDays(days);

    Task<Answer> HoldAsync(
        Place place, object which, string? key = null, string name = Name, string? account = null, int days = 30)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(which)!.AsObject();
        body["account"] = account ?? place.Tenant;
        body["name"] = name;
        body["until"] = Until(days).ToString("O", CultureInfo.InvariantCulture);
        return world.App.PostAsync($"sites/{place.Site}/holds", place.Admin, body.ToJsonString(), key);
    }

    Task<Answer> ReserveAsync(Place place, string hold, object? body = null, string? key = null) =>
        world.App.PostAsync($"sites/{place.Site}/holds/{hold}/reserve", place.Admin, body ?? new { }, key);

    async Task<string?> ETagAsync(Place place, string hold) =>
        (await world.App.GetAsync($"sites/{place.Site}/holds/{hold}", place.Admin)).Is(200).ETag;

    Task<Answer> ChangeAsync(
        HttpMethod method, Place place, string hold, string? etag, object? body = null, string? key = null) =>
        world.App.SendAsync(method, $"sites/{place.Site}/holds/{hold}", place.Admin, request =>
        {
            if (body is not null)
                request.Content = System.Net.Http.Json.JsonContent.Create(body);
            request.Headers.Add("Idempotency-Key", key ?? world.App.NewKey());
            if (etag is not null)
                request.Headers.TryAddWithoutValidation("If-Match", etag);
        });

    static IEnumerable<string> NumbersOf(JsonObject hold) =>
        hold["numbers"]!.AsArray().Select(number => (string)number!);
}
