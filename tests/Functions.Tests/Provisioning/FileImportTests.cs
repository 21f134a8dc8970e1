using System.Text.Json.Nodes;
using Telephony.Functions.Tests.OpenApi;

namespace Telephony.Functions.Tests.Provisioning;

/// <summary>Numbers from a file: good rows go in, bad ones are named by row and column.</summary>
public sealed class FileImportTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Every_row_goes_in_as_its_columns_say()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var done = await place.ImportFileAsync($"""
            number,kind,nominated,earmark
            {place.Number(0)},,,
            {National(place, 1)},Premium,false,{place.Tenant}
            "{place.Number(2)}",Standard,TRUE,
            """);

        done.Is(201);
        Assert.Equal(("Succeeded", 3), ((string?)done.Body["state"], (int?)done.Body["numberCount"]));
        Assert.Null(done.Body["errors"]);
        Assert.Equal(
            [
                (place.Number(0), "Standard", "Direct", null), (place.Number(1), "Premium", "Direct", place.Tenant),
                (place.Number(2), "Standard", "NominatedMain", null),
            ],
            (await place.ListAsync($"sites/{place.Site}/numbers")).Select(n => (
                (string)n["number"]!, (string)n["kind"]!, (string)n["role"]!, (string?)n["earmark"])));
    }

    [Fact]
    public async Task The_file_that_the_APIs_description_shows_goes_in_whole()
    {
        var place = await world.PlaceAsync(numbers: 0);

        var preview = (await place.ImportFileAsync(CsvText.ImportExample, "?dryRun=true")).Is(200);

        Assert.Equal(("Succeeded", 3), ((string?)preview.Body["state"], (int?)preview.Body["numberCount"]));
    }

    [Fact]
    public async Task Ranges_go_in_and_columns_stand_in_any_order()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var done = await place.ImportFileAsync(
            $"kind,to,from\nPremium,{place.Number(105)},{place.Number(95)}\n"
            + $",{place.Number(200)},{place.Number(200)}\n");

        Assert.Equal(12, (int?)done.Is(201).Body["numberCount"]);
        Assert.Equal(11, (await place.ListAsync($"sites/{place.Site}/numbers?kind=Premium")).Count);
    }

    [Fact]
    public async Task Bad_rows_are_named_by_row_and_column_and_the_good_ones_go_in()
    {
        var place = await world.PlaceAsync(numbers: 5);
        var file = string.Join("\r\n",
            "number,kind,nominated,earmark",
            $"{place.Number(10)},,,",
            $"{place.Number(3)},,,",
            place.Number(11)[1..] + ",,,",
            National(place, 12)[1..] + ",Gold,maybe,",
            $"{place.Number(10)},,,",
            $"\"{place.Number(13)}\",\"Pre\nmium\",,",
            $"{place.Number(14)},,,nobody",
            $"{place.Number(15)},,,{place.Stranger}",
            "4.42079E+11,,,UPPER",
            $"{place.Number(16)},,",
            $"{place.Number(17)}\"x\",,,",
            $"=\"{place.Number(17)}\",,,",
            $"\"=\"\"{place.Number(17)}\"\"\",,,",
            "",
            ",,,",
            $"{place.Number(18)},,,", "");

        var done = (await place.ImportFileAsync(file)).Is(201);

        Assert.Equal(("Partial", 2, 15), (
            (string?)done.Body["state"], (int?)done.Body["numberCount"], (int?)done.Body["errorCount"]));
        Assert.Equal(
            [
                (3, "number", "already-provisioned"), (4, "number", "lost-plus-sign"),
                (5, "number", "lost-leading-zero"), (5, "kind", "unknown-kind"), (5, "nominated", "not-a-flag"),
                (6, "number", "named-twice"), (7, "kind", "unknown-kind"), (9, "earmark", "unknown-account"),
                (10, "earmark", "account-not-at-site"), (11, "number", "calculated-number"), (11, "earmark", "bad-id"),
                (12, null, "wrong-column-count"), (13, null, "stray-quote"),
                (14, null, "formula"), (15, null, "formula"),
            ],
            Errors(done));
        Assert.All(done.Errors, error =>
        {
            Assert.NotEmpty((string?)error["reason"] ?? "");
            Assert.NotEmpty((string?)error["wayOut"] ?? "");
        });
        Assert.Contains("row 2", (string?)done.Errors[5]["reason"], StringComparison.Ordinal);
        Assert.Equal("12 of 14 rows have errors", ((string)done.Body["reason"]!["text"]!).Split(';')[0]);
        Assert.EndsWith(
            "send them alone, with a new Idempotency-Key.", (string?)done.Body["reason"]!["text"],
            StringComparison.Ordinal);
        Assert.Equal(
            [.. place.Numbers(0, 1, 2, 3, 4, 10, 18)],
            (await place.ListAsync($"sites/{place.Site}/numbers")).Select(n => (string)n["number"]!));
    }

    [Fact]
    public async Task A_range_with_a_number_in_the_way_stays_out_whole_and_says_which()
    {
        var place = await world.PlaceAsync(numbers: 5);
        var done = await place.ImportFileAsync(
            $"from,to\n{place.Number(3)},{place.Number(20)}\n{place.Number(30)},{place.Number(39)}\n"
            + $"{place.Number(35)},{place.Number(50)}\n{place.Number(60)},{place.Number(55)}\n"
            + $"{place.Number(100)},{place.Number(9_899)}\n");

        Assert.Equal(10, (int?)done.Is(201).Body["numberCount"]);
        Assert.Equal(
            [(2, "from", "already-provisioned"), (4, "from", "named-twice"), (5, "from", "range-reversed"),
                (6, "to", "range-too-long")],
            Errors(done));
        Assert.Equal(place.Number(3), (string?)done.Errors[0]["number"]);
        Assert.StartsWith(place.Number(35), (string?)done.Errors[1]["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_strict_one_bad_row_keeps_all_out_and_every_error_is_told_at_once()
    {
        var place = await world.PlaceAsync(numbers: 5);
        var before = place.Rows;

        var refused = await place.ImportFileAsync(
            $"number\n{place.Number(10)}\nx\n{place.Number(3)}\n", "?strict=true", "mine");

        refused.IsProblem(400, "rows-refused");
        Assert.Equal([(3, "number", "not-a-number"), (4, "number", "already-provisioned")], Errors(refused));
        var taken = await place.ImportFileAsync($"number\n{place.Number(10)}\n{place.Number(3)}\n", "?strict=true");
        taken.IsProblem(400, "rows-refused");
        Assert.Equal([(3, "number", "already-provisioned")], Errors(taken));
        Assert.Equal(before, place.Rows);

        (await place.ImportFileAsync($"number\n{place.Number(10)}\n", "?strict=true", "mine")).Is(201);
    }

    [Fact]
    public async Task When_every_row_is_bad_nothing_changes_and_the_key_stays_free()
    {
        var place = await world.PlaceAsync(numbers: 5);
        var before = place.Rows;
        (await place.ImportFileAsync("number\nx\ny\n", key: "mine")).IsProblem(400, "rows-refused");
        var there = await place.ImportFileAsync($"number\n{place.Number(1)}\n{place.Number(2)}\n", key: "mine");
        there.IsProblem(400, "rows-refused");
        Assert.Equal([(2, "number", "already-provisioned"), (3, "number", "already-provisioned")], Errors(there));
        Assert.Equal(before, place.Rows);
        (await place.ImportFileAsync($"number\n{place.Number(10)}\n", key: "mine")).Is(201);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?strict=false")]
    [InlineData("?strict=true")]
    public async Task C1_A_repeat_answers_as_the_first_time_though_the_numbers_are_there_now(string query)
    {
        var place = await world.PlaceAsync(numbers: 5);
        var file = $"number,earmark\n{place.Number(10)},{place.Tenant}\n"
            + (query.EndsWith("true", StringComparison.Ordinal) ? "" : $"{place.Number(3)},\nx,\n");
        var first = (await place.ImportFileAsync(file, query, "mine")).Is(201);
        var before = place.Rows;

        for (var i = 0; i < 2; i++)
        {
            var repeat = (await place.ImportFileAsync(file, query, "mine")).Is(201);
            Assert.Equal(first.Body.ToJsonString(), repeat.Body.ToJsonString());
        }

        var found = await world.App.GetAsync($"sites/{place.Site}/imports/{first.Id}", place.Platform);
        Assert.Equal(first.Body.ToJsonString(), found.Is(200).Body.ToJsonString());
        (await place.ImportFileAsync(file + "\n", query, "mine")).IsProblem(422, "idempotency-key-reused");
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task Strict_and_not_strict_are_different_wishes()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var file = $"number\n{place.Number(10)}\n";
        (await place.ImportFileAsync(file, key: "mine")).Is(201);
        (await place.ImportFileAsync(file, "?strict=true", "mine")).IsProblem(422, "idempotency-key-reused");
    }

    [Theory]
    [InlineData("", "Partial", 1)]
    [InlineData("&strict=true", "Refused", 0)]
    public async Task A_dry_run_says_what_would_happen_and_changes_nothing(string strict, string state, int count)
    {
        var place = await world.PlaceAsync(numbers: 5);
        var before = place.Rows;
        var file = $"number\n{place.Number(10)}\nx\n{place.Number(3)}\n";

        var preview = (await place.ImportFileAsync(file, "?dryRun=true" + strict, "mine")).Is(200);

        Assert.Equal((state, count, 2), (
            (string?)preview.Body["state"], (int?)preview.Body["numberCount"], (int?)preview.Body["errorCount"]));
        Assert.Equal([(3, "number", "not-a-number"), (4, "number", "already-provisioned")], Errors(preview));
        Assert.Equal("rows-refused", (string?)preview.Body["reason"]!["code"]);
        Assert.DoesNotContain("send them alone", (string?)preview.Body["reason"]!["text"], StringComparison.Ordinal);
        Assert.Equal(before, place.Rows);
        (await place.ImportFileAsync($"number\n{place.Number(11)}\n", key: "mine")).Is(201);
    }

    [Fact]
    public async Task A_dry_run_of_JSON_says_what_would_happen_and_changes_nothing()
    {
        var place = await world.PlaceAsync(numbers: 5);
        var before = place.Rows;
        foreach (var (body, state, count, code) in new (object, string, int, string?)[]
        {
            (new { lines = new[] { new { numbers = place.Numbers(10, 11) } } }, "Succeeded", 2, null),
            (new { lines = new[] { new { numbers = place.Numbers(10, 3) } } }, "Refused", 0, "numbers-refused"),
            (new { lines = new[] { new { numbers = place.Numbers(10), earmark = "no" } } }, "Refused", 0, "invalid"),
        })
        {
            var preview = (await world.App.PostAsync($"sites/{place.Site}/imports?dryRun=true", place.Platform, body))
                .Is(200).Body;
            Assert.Equal((state, count), ((string?)preview["state"], (int?)preview["numberCount"]));
            Assert.Equal(code, (string?)preview["reason"]?["code"]);
            Assert.Equal(code is null ? 0 : 1, preview["errors"]!.AsArray().Count);
        }

        Assert.Equal(before, place.Rows);
    }

    static List<(int Row, string? Column, string Code)> Errors(Answer answer) =>
        [.. answer.Body["errors"]!.AsArray().Select(error => Named(error!))];

    static (int, string?, string) Named(JsonNode error) =>
        ((int)error["row"]!, (string?)error["field"], (string)error["code"]!);

    static string National(Place place, int offset) => "0" + place.Number(offset)[3..];
}
