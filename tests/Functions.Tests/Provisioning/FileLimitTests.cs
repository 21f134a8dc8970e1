using System.Text;
using Telephony.Functions.Operations;
using Telephony.Functions.Provisioning;

namespace Telephony.Functions.Tests.Provisioning;

/// <summary>Files that are no table of numbers, or too much of one: refused with the row, nothing changed.</summary>
public sealed class FileLimitTests(World world) : IClassFixture<World>
{
    static readonly string[] NotInUtf8 = ["utf-16", "utf-16BE", "utf-32", "utf-32BE", "latin1"];

    public static TheoryData<string, string, int, string?> Files => new()
    {
        { "", "no-header", 1, null },
        { "\uFEFF", "no-header", 1, null },
        { "number\r\n", "no-rows", 2, null },
        { "number;kind\n{n};Premium\n", "wrong-separator", 1, null },
        { "number\tkind\n{n}\tPremium\n", "wrong-separator", 1, null },
        { "Number\n{n}\n", "unknown-column", 1, "Number" },
        { "number,colour\n{n},red\n", "unknown-column", 1, "colour" },
        { "number,\n{n},\n", "unknown-column", 1, "" },
        { "{n}\n{m}\n", "unknown-column", 1, "{n}" },
        { "number,number\n{n},{m}\n", "duplicate-column", 1, "number" },
        { "kind\nPremium\n", "missing-column", 1, "number" },
        { "from\n{n}\n", "missing-column", 1, "to" },
        { "number,from,to\n{n},{n},{m}\n", "one-of", 1, "number" },
        { "number\n{n}\n\"{m}\n{n}\n", "unclosed-quote", 3, null },
        { "number\n{n}\n{m}\0\n", "bad-encoding", 3, null },
        { "number\n{n}\n" + new string(',', 300_000), "row-too-long", 3, null },
        { "number\n{n}\n\"" + string.Concat(Enumerable.Repeat("x\n", 100_000)), "row-too-long", 3, null },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task What_is_no_table_of_numbers_is_refused_whole(string file, string code, int row, string? column)
    {
        var place = await world.PlaceAsync(numbers: 0);
        var before = place.Rows;

        var answer = await place.ImportFileAsync(Fill(place, file));

        answer.IsProblem(400, "bad-csv");
        var error = answer.Errors.First(error => (string?)error["code"] == code);
        Assert.Equal((row, column is null ? null : Fill(place, column)), ((int?)error["row"], (string?)error["field"]));
        Assert.NotEmpty((string?)error["wayOut"] ?? "");
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task Another_encoding_is_refused_with_the_row_where_it_shows()
    {
        var place = await world.PlaceAsync(numbers: 0);
        foreach (var name in NotInUtf8)
        {
            var encoding = Encoding.GetEncoding(name);
            foreach (var mark in new[] { encoding.GetPreamble(), [] })
            {
                var file = encoding.GetBytes($"number,kind\n{place.Number(0)},é\n");
                var answer = await place.ImportFileAsync(mark.Concat(file).ToArray());
                answer.IsProblem(400, "bad-csv");
                Assert.Equal("bad-encoding", (string?)answer.Errors[0]["code"]);
                Assert.Equal(name is "latin1" ? 2 : 1, (int?)answer.Errors[0]["row"]);
            }
        }
    }

    [Theory]
    [InlineData("text/csv; charset=iso-8859-1")]
    [InlineData("text/csv; charset=utf-16")]
    [InlineData("application/vnd.ms-excel")]
    [InlineData("text/plain")]
    [InlineData("")]
    public async Task Another_type_is_refused_and_the_right_ones_are_named(string type)
    {
        var place = await world.PlaceAsync(numbers: 0);
        var answer = await place.ImportFileAsync($"number\n{place.Number(0)}\n", type: type);
        answer.IsProblem(415, "unsupported-media-type");
        Assert.Contains("application/json or text/csv", (string?)answer.Body["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?strict=yes")]
    [InlineData("?dryRun=")]
    [InlineData("?dryRun=true&dryRun=true")]
    public async Task A_flag_is_true_or_false(string query)
    {
        var place = await world.PlaceAsync(numbers: 0);
        (await place.ImportFileAsync($"number\n{place.Number(0)}\n", query)).IsProblem(400, "bad-parameter");
    }

    [Fact]
    public async Task JSON_cannot_be_asked_to_go_in_by_halves()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var body = new { lines = new[] { new { numbers = place.Numbers(0) } } };
        (await world.App.PostAsync($"sites/{place.Site}/imports?strict=false", place.Platform, body))
            .IsProblem(400, "bad-parameter");
        (await world.App.PostAsync($"sites/{place.Site}/imports?strict=true", place.Platform, body)).Is(201);
    }

    [Fact]
    public async Task As_many_bad_rows_as_a_file_may_have_get_a_short_answer_with_their_count()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var bad = string.Concat(Enumerable.Repeat("x\n", ImportFileReader.RowsMax - 1));

        var done = (await place.ImportFileAsync($"number\n{bad}{place.Number(0)}\n")).Is(201);

        Assert.Equal(
            ("Partial", 1, ImportFileReader.RowsMax - 1),
            ((string?)done.Body["state"], (int?)done.Body["numberCount"], (int?)done.Body["errorCount"]));
        Assert.Equal(RowErrors.ListedMax, done.Errors.Count);
        Assert.Equal(2, (int?)done.Errors[0]["row"]);
        var refused = await place.ImportFileAsync($"number\n{bad}", "?strict=true");
        refused.IsProblem(400, "rows-refused");
        Assert.Equal((RowErrors.ListedMax, ImportFileReader.RowsMax - 1),
            (refused.Errors.Count, (int?)refused.Body["errorCount"]));
    }

    [Fact]
    public async Task Errors_that_do_not_pack_are_cut_short_and_a_repeat_answers_the_same()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var random = new Random(7);
        var odd = string.Concat(Enumerable.Range(0, RowErrors.ListedMax).Select(_ => string.Concat(
            Enumerable.Range(0, 70).Select(_ => (char)random.Next(0x4E00, 0x9FFF))) + "\n"));
        var file = $"number\n{odd}{place.Number(0)}\n";

        var done = (await place.ImportFileAsync(file, key: "mine")).Is(201);

        Assert.InRange(done.Errors.Count, 100, RowErrors.ListedMax - 1);
        Assert.Equal(RowErrors.ListedMax, (int?)done.Body["errorCount"]);
        var repeat = (await place.ImportFileAsync(file, key: "mine")).Is(201);
        Assert.Equal(done.Body.ToJsonString(), repeat.Body.ToJsonString());
    }

    [Fact]
    public async Task Too_many_rows_bytes_and_blocks_are_refused_with_a_way_out()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var before = place.Rows;
        var rows = await place.ImportFileAsync(
            "number\n" + string.Concat(Enumerable.Repeat("x\n", ImportFileReader.RowsMax + 1)));
        rows.IsProblem(400, "bad-csv");
        Assert.Equal("too-many-rows", (string?)rows.Errors[0]["code"]);
        Assert.Equal("row 100002: The file has more than 100000 rows.", (string?)rows.Body["detail"]);

        (await place.ImportFileAsync("number\n" + new string('\n', FileImport.BytesMax)))
            .IsProblem(413, "body-too-large");

        var all = Enumerable.Range(0, ImportFileReader.RowsMax).Select(i => $"+{442_000_000_000 + i}\n");
        var blocks = await place.ImportFileAsync("number\n" + string.Concat(all));
        blocks.IsProblem(400, "too-many-blocks");
        Assert.Contains("1000 blocks", (string?)blocks.Body["detail"], StringComparison.Ordinal);
        Assert.Contains("Split the file", (string?)blocks.Body["detail"], StringComparison.Ordinal);

        var ranges = Enumerable.Range(0, 2_000).Select(i => 442_000_000_000L + (i * 9_700L))
            .Select(first => $"+{first},+{first + 9_699}\n");
        var parts = await place.ImportFileAsync("from,to\n" + string.Concat(ranges));
        parts.IsProblem(400, "bad-csv");
        Assert.Equal("too-many-blocks", (string?)parts.Errors[0]["code"]);
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task A_file_may_earmark_for_a_limited_number_of_accounts()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var file = string.Concat(Enumerable.Range(0, 201).Select(i => $"{place.Number(i)},nobody-{i}\n"));
        var refused = await place.ImportFileAsync("number,earmark\n" + file);
        refused.IsProblem(400, "rows-refused");
        Assert.Equal("too-many-accounts", (string?)refused.Errors[^1]["code"]);
    }

    static string Fill(Place place, string text) => text
        .Replace("{n}", place.Number(0), StringComparison.Ordinal)
        .Replace("{m}", place.Number(1), StringComparison.Ordinal);
}
