using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using Telephony.Domain.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Functions.Tests.History;

/// <summary>Who had a number on that date, over HTTP. Each test begins at a later time than the one before.</summary>
public sealed class NumberHistoryTests(World world) : IClassFixture<World>
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    FakeTimeProvider Clock => world.App.Clock;

    DateTimeOffset Now => Clock.GetUtcNow();

    [Fact]
    public async Task Every_change_of_a_number_is_listed_newest_first_with_how_long_it_stayed_so()
    {
        var (place, days) = await LivedAsync();

        var items = await ListAsync(place);

        Assert.Equal(
            [
                ("Reserved", place.Neighbour, null, days[3], null),
                ("Available", null, place.Tenant, days[2], days[3]),
                ("Reserved", place.Tenant, null, days[1], days[2]),
                ("Available", null, null, days[0], days[1]),
            ],
            items.Select(item => (
                (string?)item["state"], (string?)item["account"], (string?)item["former"], Time(item["since"]),
                Time(item["until"]))));
        Assert.Equal([4, 3, 2, 1], items.Select(item => (int)item["version"]!));
        Assert.Equal((days[1], days[2]), (Time(items[2]["period"]!["from"]), Time(items[2]["period"]!["until"])));
        Assert.Null(items[1]["period"]);
        Assert.Equal(
            ("Allocation", "olga", "OperatorAdmin", "Asked for by number.", 2),
            ((string?)items[2]["kind"], (string?)items[2]["requestedBy"], (string?)items[2]["requesterRole"],
                (string?)items[2]["reason"], (int?)items[2]["rulesVersion"] + 1));
        Assert.Equal("paula", (string?)items[3]["requestedBy"]);
        Assert.DoesNotContain(world.App.Sites.Rows, row =>
            row.PartitionKey == place.Site && row.RowKey.StartsWith("E|", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, -1, "")]
    [InlineData(0, 0, "1")]
    [InlineData(1, -1, "1")]
    [InlineData(1, 0, "2")]
    [InlineData(2, 0, "3")]
    [InlineData(3, 0, "4")]
    public async Task At_a_moment_it_is_one_thing(int day, int seconds, string version)
    {
        var (place, days) = await LivedAsync();
        var time = days[day].AddSeconds(seconds).ToOffset(TimeSpan.FromHours(5));

        var items = await ListAsync(place, $"?on={Uri.EscapeDataString($"{time:yyyy-MM-ddTHH:mm:sszzz}")}");

        Assert.Equal(version, string.Join(' ', items.Select(item => (string)item["version"]!.ToString())));
    }

    [Theory]
    [InlineData(-1, "")]
    [InlineData(0, "1")]
    [InlineData(1, "2 1")]
    [InlineData(2, "3 2")]
    [InlineData(3, "4 3")]
    [InlineData(4, "4")]
    public async Task On_a_day_it_is_all_that_it_was_from_midnight_to_midnight_where_the_site_is(
        int day, string versions)
    {
        var (place, days) = await LivedAsync();
        var date = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(days[0], "Europe/London").AddDays(day);

        var items = await ListAsync(place, $"?on={date:yyyy-MM-dd}");

        Assert.Equal(versions, string.Join(' ', items.Select(item => (string)item["version"]!.ToString())));
    }

    [Theory]
    [InlineData("2026-3-1")]
    [InlineData("2026-02-30")]
    [InlineData("yesterday")]
    [InlineData("")]
    [InlineData("2026-03-01T09:00:00")]
    [InlineData("2026-03-01T09:00:00 01:00")]
    [InlineData("1899-12-31")]
    [InlineData("9999-12-31")]
    [InlineData("2999-01-01")]
    [InlineData("2999-01-01T00:00:00Z")]
    [InlineData("2026-03-01&on=2026-03-02")]
    public async Task A_time_that_is_none_or_is_yet_to_come_is_refused(string on)
    {
        var (place, _) = await LivedAsync();
        var answer = await world.App.GetAsync(Path(place, $"?on={on.Replace(" ", "+")}"), place.Admin);
        answer.IsProblem(400, "bad-parameter");
        Assert.Equal(["on"], answer.Fields);
    }

    [Fact]
    public async Task An_occupier_sees_the_times_that_the_number_was_its_own_and_nobody_else_in_them()
    {
        var (place, days) = await LivedAsync();

        var tenant = await ListAsync(place, token: Occupier(place.Tenant));
        var neighbour = await ListAsync(place, token: Occupier(place.Neighbour));

        var only = Assert.Single(tenant);
        Assert.Equal((2, days[1], days[2]), ((int)only["version"]!, Time(only["since"]), Time(only["until"])));
        Assert.All(["requestedBy", "requesterRole", "onBehalfOf", "note", "former"], member =>
            Assert.False(only.AsObject().ContainsKey(member), member));
        Assert.NotNull(only["operation"]);
        Assert.Equal(4, (int)Assert.Single(neighbour)["version"]!);
        Assert.DoesNotContain(place.Tenant, neighbour[0].ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(await ListAsync(place, $"?on={days[3]:yyyy-MM-ddTHH:mm:ssZ}", Occupier(place.Tenant)));
        var others = $"sites/{place.Site}/numbers/{place.Number(2)}/history";
        (await world.App.GetAsync(others, Occupier(place.Tenant))).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_number_that_is_not_there_has_no_history_and_one_that_is_has_one_even_when_it_was_lost()
    {
        var place = await world.PlaceAsync(numbers: 1);
        (await world.App.GetAsync($"sites/{place.Site}/numbers/{place.Number(50)}/history", place.Admin))
            .IsProblem(404, "not-found");
        (await world.App.GetAsync($"sites/{place.Site}/numbers/none/history", place.Admin)).IsProblem(404, "not-found");

        await DeleteAsync(
            world.App.History, row => row.PartitionKey.StartsWith(place.Site + "|", StringComparison.Ordinal));

        Assert.Empty((await world.App.GetAsync(Path(place), place.Admin)).Is(200).Items);
    }

    [Theory]
    [InlineData("MQ", 200)]
    [InlineData("eA", 400)]
    [InlineData("LTE", 400)]
    public async Task A_page_goes_on_where_the_one_before_ended(string after, int status)
    {
        var (place, _) = await LivedAsync();
        Assert.Equal([4, 3, 2, 1], (await place.ListAsync(Path(place), top: 1)).Select(item => (int)item["version"]!));
        (await world.App.GetAsync(Path(place, $"?after={after}"), place.Admin)).Is(status);
    }

    [Fact]
    public async Task Why_an_account_got_a_number_is_known_after_its_operation_is_forgotten()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(new { account = place.Tenant, count = 2 })).Is(201);
        (await place.AllocateAsync(place.Tenant, 7)).Is(201);
        var before = await ReasonsAsync();
        Assert.StartsWith("One of 2 in a row.", before[0], StringComparison.Ordinal);
        Assert.Equal("Asked for by number.", before[1]);

        await DeleteAsync(world.App.Sites, row =>
            row.PartitionKey == place.Site && row.RowKey.StartsWith("O|", StringComparison.Ordinal));

        Assert.Equal(before, await ReasonsAsync());
        Assert.Equal(before[0], (string?)(await ListAsync(place))[0]["reason"]);

        async Task<string?[]> ReasonsAsync() => [.. await Task.WhenAll(new[] { 0, 7, 9 }.Select(async offset =>
            (string?)(await world.App.GetAsync($"sites/{place.Site}/numbers/{place.Number(offset)}", place.Admin))
                .Is(200).Body["reason"]))];
    }

    [Fact]
    public async Task The_platform_acts_on_behalf_of_the_operator_and_the_history_says_so()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(
            new { account = place.Tenant, numbers = place.Numbers(0) }, token: place.Platform)).Is(201);

        var last = (await ListAsync(place))[0];

        Assert.Equal(
            ("paula", "Platform", "acme"),
            ((string?)last["requestedBy"], (string?)last["requesterRole"], (string?)last["onBehalfOf"]));
    }

    [Fact]
    public async Task As_CSV_it_is_a_file_named_after_the_number()
    {
        var (place, _) = await LivedAsync();
        var answer = (await world.App.SendAsync(HttpMethod.Get, Path(place), place.Admin, request =>
            request.Headers.TryAddWithoutValidation("Accept", "text/csv"))).Is(200);

        var rows = CsvFile.Rows(answer.Text);
        Assert.Equal(["Reserved", "Available", "Reserved", "Available"], rows.Select(row => row["state"]));
        Assert.Equal(Csv.Plain(rows[2]["since"]), rows[2]["period.from"]);
    }

    /// <summary>One day after the other at nine: imported, allocated, released, allocated to another.</summary>
    async Task<(Place Place, DateTimeOffset[] Days)> LivedAsync()
    {
        Clock.Advance(TimeSpan.FromDays(1));
        var days = Enumerable.Range(0, 4).Select(day => Now.AddDays(day)).ToArray();
        var place = await world.PlaceAsync();
        Clock.Advance(TimeSpan.FromDays(1));
        (await place.AllocateAsync(place.Tenant, 0)).Is(201);
        Clock.Advance(TimeSpan.FromDays(1));
        (await world.App.PostAsync(
            $"sites/{place.Site}/releases", place.Admin,
            new { account = place.Tenant, numbers = place.Numbers(0) })).Is(201);
        Clock.Advance(TimeSpan.FromDays(1));
        (await place.AllocateAsync(place.Neighbour, 0)).Is(201);
        Clock.Advance(TimeSpan.FromDays(2));
        return (place, days);
    }

    string Occupier(string account) => world.App.Token(Role.OccupierAdmin, "acme", account);

    static string Path(Place place, string query = "") =>
        $"sites/{place.Site}/numbers/{place.Number(0)}/history{query}";

    async Task<List<JsonNode>> ListAsync(Place place, string query = "", string? token = null) =>
        [.. (await world.App.GetAsync(Path(place, query), token ?? place.Admin)).Is(200).Items];

    static async Task DeleteAsync(MemoryTable table, Func<TableEntity, bool> which)
    {
        foreach (var row in table.Rows.Where(which).ToList())
        {
            Assert.IsType<CommitResult.Committed>(
                await table.CommitAsync(row.PartitionKey, [new RowChange.Delete(row)], Ct));
        }
    }

    static DateTimeOffset? Time(JsonNode? text) =>
        text is null ? null : DateTimeOffset.Parse((string)text!, System.Globalization.CultureInfo.InvariantCulture);
}
