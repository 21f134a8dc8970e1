using System.Reflection;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Tests.Groups;

namespace Telephony.Functions.Tests.Lists;

/// <summary>Every list as CSV: the same things, the same pages, safe to open.</summary>
public sealed class CsvListTests(World world) : IClassFixture<World>
{
    public static TheoryData<string> Lists =>
    [
        .. from type in typeof(TelephonyApp).Assembly.GetTypes()
           from method in type.GetMethods()
           where method.GetCustomAttributes<AnswersAttribute>().Any(answer => answer.IsPage)
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null
           select trigger.Route!["v1/".Length..],
    ];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Every_list_is_had_as_CSV_with_the_same_items_page_by_page(string route)
    {
        var place = await FilledAsync();
        var path = Path(place, route);
        var json = await place.ListAsync(path, place.Platform);
        Assert.NotEmpty(json);

        var (rows, next) = (new List<Dictionary<string, string>>(), $"{path}&top=2");
        while (next is not null)
        {
            var page = await CsvAsync(place, next);
            Assert.Equal(("text/csv", "text/csv; charset=utf-8"), (page.ContentType, page.Headers["Content-Type"]));
            var items = CsvFile.Rows(page.Text);
            Assert.InRange(items.Count, 1, 2);
            rows.AddRange(items);
            Assert.InRange(rows.Count, 1, json.Count);
            next = Next(page);
        }

        Assert.Equal(json.Count, rows.Count);
        foreach (var (item, row) in json.Zip(rows))
        {
            Assert.All(row.Where(cell => !cell.Key.Contains('.')), cell => Assert.Equal(
                item[cell.Key] switch
                {
                    null => "",
                    System.Text.Json.Nodes.JsonArray list => string.Join(' ', list),
                    var value => value.ToString(),
                },
                Csv.Plain(cell.Value), ignoreCase: true));
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Every_list_tells_JSON_callers_by_a_header_too_where_the_next_page_is(string route)
    {
        var place = await FilledAsync();
        var all = await place.ListAsync(Path(place, route), place.Platform);
        var seen = 0;
        for (var next = $"{Path(place, route)}&top=1"; next is not null;)
        {
            var page = (await world.App.GetAsync(next, place.Platform)).Is(200);
            Assert.Contains("Accept", page.Headers["Vary"], StringComparison.Ordinal);
            seen += page.Items.Count;
            Assert.Equal(page.Body["next"] is null, !page.Headers.ContainsKey("Link"));
            next = Next(page);
        }

        Assert.Equal(all.Count, seen);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Every_list_refuses_what_it_cannot_answer(string route)
    {
        var place = await FilledAsync();
        var answer = await GetAsync(place, Path(place, route), "application/xml");
        answer.IsProblem(406, "not-acceptable");
        Assert.Contains("text/csv", (string?)answer.Body["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_and_pages_hold_for_CSV_and_the_link_keeps_them()
    {
        var place = await FilledAsync();
        var page = await CsvAsync(place, $"sites/{place.Site}/numbers?state=Available&kind=Premium&top=1");

        Assert.Equal(place.Number(30), Csv.Plain(CsvFile.Rows(page.Text).Single()["number"]));
        Assert.StartsWith(
            $"</api/v1/sites/{place.Site}/numbers?state=Available&kind=Premium&top=1&after=", page.Headers["Link"],
            StringComparison.Ordinal);
        var second = await CsvAsync(place, Next(page)!);
        Assert.Equal(place.Number(31), Csv.Plain(CsvFile.Rows(second.Text).Single()["number"]));
        Assert.Null(Next(second));
    }

    [Fact]
    public async Task A_list_without_items_is_a_file_with_a_header()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var page = await CsvAsync(place, $"sites/{place.Site}/numbers");
        Assert.Equal("number", Assert.Single(CsvFile.Read(page.Text))[0]);
        Assert.Equal(
            $"attachment; filename=sites-{place.Site}-numbers.csv; filename*=UTF-8''sites-{place.Site}-numbers.csv",
            page.Headers["Content-Disposition"]);
    }

    [Fact]
    public async Task Names_that_a_spreadsheet_would_run_are_shown_as_text()
    {
        var place = await world.PlaceAsync(numbers: 1);
        var id = $"{place.Tenant}-x";
        const string Name = "=HYPERLINK(\"http://evil\",\"Zoë, Ltd.\")";
        (await world.App.PutAsync($"accounts/{id}", place.Admin, new { name = Name, sites = new[] { place.Site } }))
            .Is(201);

        var page = await CsvAsync(place, "accounts?operator=acme&top=1000");

        var row = CsvFile.Rows(page.Text).Single(row => row["id"] == id);
        Assert.Equal("'" + Name, row["name"]);
        Assert.Equal(place.Site, row["sites"]);
        var numbers = await CsvAsync(place, $"sites/{place.Site}/numbers");
        Assert.Equal("'" + place.Number(0), CsvFile.Rows(numbers.Text)[0]["number"]);
    }

    [Fact]
    public async Task A_refused_list_is_a_problem_whatever_was_accepted()
    {
        var place = await world.PlaceAsync(numbers: 1);
        (await GetAsync(place, $"sites/{place.Site}/numbers?top=0", "text/csv")).IsProblem(400, "bad-parameter");
        (await GetAsync(place, "sites/nowhere/numbers", "text/csv")).IsProblem(404, "not-found");
    }

    /// <summary>A place with at least two of everything that is listed.</summary>
    async Task<Place> FilledAsync()
    {
        for (var i = world.App.Bus.DeadLetters.All.Count + 1; i <= 3; i++)
            world.App.Bus.DeadLetters.Add(ServiceBusModelFactory.ServiceBusReceivedMessage(
                body: BinaryData.FromString("=no command"), messageId: $"m-{i}", sequenceNumber: i));
        var place = await world.PlaceAsync(numbers: 20);
        (await place.ImportAsync(new { lines = new[] { new { range = place.Range(30, 32), kind = "Premium" } } }))
            .Is(201);
        (await place.AllocateAsync(place.Tenant, 1, 2, 32)).Is(201);
        foreach (var service in new[] { "a", "b" })
            await place.AssignAsync(place.Tenant, service, 1);
        foreach (var user in new[] { "u1", "u2", "u3" })
        {
            (await world.App.PutAsync($"accounts/{place.Tenant}/users/{place.Tenant}-{user}", place.Admin, new
            {
                name = user, email = $"{user}@example.com", role = "OccupierAdmin",
            })).Is(201);
        }

        for (var times = 0; times < 2; times++)
        {
            (await world.App.PostAsync($"sites/{place.Site}/holds", place.Admin, new
            {
                account = place.Tenant, name = "=Robin", until = world.App.Clock.GetUtcNow().AddDays(9), count = 1,
            })).Is(201);
            (await world.App.PostAsync($"sites/{place.Site}/requests", place.Admin, new
            {
                kind = "PortIn", account = place.Tenant, text = "=1+1", numbers = place.Numbers(50, 51),
            })).Is(201);
            (await world.App.PostAsync($"sites/{place.Site}/audits", place.Admin, new { })).Is(201);
            (await place.ConfigureAsync(new { }, await place.ETagAsync())).Is(200);
            var schedule = await world.App.GetAsync($"sites/{place.Site}/schedule", place.Admin);
            (await world.App.PutAsync(
                $"sites/{place.Site}/schedule", place.Admin, new { }, schedule.ETag, world.App.NewKey())).Is(200);
        }

        (await world.App.PostAsync($"sites/{place.Site}/places/imports", place.Admin, new
        {
            spaces = new[] { "a", "b", "c" }.Select(id => new { id, kind = "Desk", floor = "=2", label = "@" + id }),
            switches = new[] { "a", "b" }.Select(id => new { id, name = id, portCount = 2 }),
            ports = new[] { "a", "b", "c" }.Select(id => new { id, @switch = id is "c" ? "b" : "a", name = id }),
            handsets = new[] { 1, 2, 3 }.Select(n => new { mac = $"{place.Mac}{n}", space = "a" }),
        })).Is(200);
        await place.ActivateAsync(place.Numbers(1, 2, 32));
        await place.EndInTimeAsync((await world.App.PostAsync($"sites/{place.Site}/assignments", place.Admin, new
        {
            assignments = new[] { 1, 2, 32 }.Select(n => new { number = place.Number(n), space = "a" }),
        })).Is(202).Id);
        return place;
    }

    static string Path(Place place, string route) => route
        .Replace("{site}", place.Site, StringComparison.Ordinal)
        .Replace("{account}", place.Tenant, StringComparison.Ordinal)
        .Replace("{number}", place.Number(1), StringComparison.Ordinal)
        + (route.Contains("{site}", StringComparison.Ordinal) ? "?" : "?operator=acme");

    static string? Next(Answer page) => page.Headers.GetValueOrDefault("Link") is { } link
        ? link[(link.IndexOf("/v1/", StringComparison.Ordinal) + 4)..link.IndexOf('>', StringComparison.Ordinal)]
        : null;

    Task<Answer> GetAsync(Place place, string path, string accept) => world.App.SendAsync(
        HttpMethod.Get, path, place.Platform, request =>
            request.Headers.TryAddWithoutValidation("Accept", accept));

    async Task<Answer> CsvAsync(Place place, string path) => (await GetAsync(place, path, "text/csv")).Is(200);
}
