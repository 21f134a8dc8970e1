using Telephony.Functions.Http;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Provisioning;

/// <summary>Files that we wrote ourselves: the sample, and what we export.</summary>
public sealed class KnownFileTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task What_we_export_we_import()
    {
        var (from, to) = (await world.PlaceAsync(numbers: 3), await world.PlaceAsync(numbers: 0));
        var export = await world.App.SendAsync(HttpMethod.Get, $"sites/{from.Site}/numbers", from.Platform, request =>
            request.Headers.TryAddWithoutValidation("Accept", "text/csv"));
        var rows = CsvFile.Rows(export.Text);

        // As it came it says things that an import cannot do, such as to whom the numbers are allocated.
        var whole = await to.ImportFileAsync(export.Text);
        whole.IsProblem(400, "bad-csv");
        Assert.Contains("account", whole.Fields);

        // A number is at one site at most.
        (await world.App.PostAsync($"sites/{from.Site}/retirements", from.Platform, new
        {
            range = from.Range(0, 2), reason = "They move to another site",
        })).Is(201);
        var kept = rows.Select(row => $"{row["number"]},{row["kind"]},{row["earmark"]}");
        (await to.ImportFileAsync("\uFEFFnumber,kind,earmark\r\n" + string.Join("\r\n", kept))).Is(201);
        Assert.Equal(
            rows.Select(row => Csv.Plain(row["number"])),
            (await to.ListAsync($"sites/{to.Site}/numbers")).Select(number => (string)number["number"]!));
    }

    [Fact]
    public async Task C1_A_repeat_gets_the_first_answer_though_the_account_has_left_the_site_since()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var file = $"number,earmark\n{place.Number(0)},{place.Tenant}\n";
        var first = (await place.ImportFileAsync(file, key: "mine")).Is(201);
        await place.LeaveElsewhereAsync(place.Tenant);

        (await place.ImportFileAsync(file, key: "another")).IsProblem(400, "rows-refused");
        var repeat = (await place.ImportFileAsync(file, key: "mine")).Is(201);
        Assert.Equal(first.Body.ToJsonString(), repeat.Body.ToJsonString());
    }

    [Fact]
    public async Task The_sample_file_shows_a_good_row_of_every_sort_and_two_bad_ones()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var file = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "samples", "numbers.csv"), TestContext.Current.CancellationToken);

        var done = (await place.ImportFileAsync(file)).Is(201);

        Assert.Equal(("Partial", 4), ((string?)done.Body["state"], (int?)done.Body["numberCount"]));
        Assert.Equal([(6, "number", "lost-plus-sign"), (7, "number", "named-twice")], done.Errors.Select(error => (
            (int)error["row"]!, (string)error["field"]!, (string)error["code"]!)));
    }
}
