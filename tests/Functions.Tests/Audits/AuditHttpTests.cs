using System.Text.Json.Nodes;
using Telephony.Functions.Storage;
using Telephony.Functions.Tests.Assignment;

namespace Telephony.Functions.Tests.Audits;

/// <summary>C5: an audit finds what is wrong at a site, says what to do, and changes nothing.</summary>
public sealed class AuditHttpTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task C5_A_site_that_is_well_has_no_findings_and_its_report_is_kept()
    {
        var place = await world.PlaceAsync();
        await place.AssignAsync(place.Tenant, "desk", 2);
        (await place.AllocateAsync("acme", 12)).Is(201);

        var report = (await AuditAsync(place)).Is(201);

        Assert.Empty(report.Body["findings"]!.AsArray());
        Assert.Equal((20, 0, "olga", "Before the summer."), (
            (int?)report.Body["numberCount"], (int?)report.Body["findingCount"], (string?)report.Body["by"],
            (string?)report.Body["note"]));
        Assert.Equal($"/api/v1/sites/{place.Site}/audits/{report.Id}", report.Headers["Location"]);
        var read = (await world.App.GetAsync($"sites/{place.Site}/audits/{report.Id}", place.Admin)).Is(200);
        Assert.Equal(report.Body.ToJsonString(), read.Body.ToJsonString());
    }

    [Fact]
    public async Task C5_What_is_wrong_is_found_with_the_numbers_and_a_way_out()
    {
        var place = await world.PlaceAsync(numbers: 200);
        (await place.AllocateAsync(new { account = place.Tenant, range = place.Range(0, 149) })).Is(201);
        await place.LeaveElsewhereAsync(place.Tenant);
        world.App.Clock.Advance(TimeSpan.FromDays(91));

        var report = (await AuditAsync(place)).Is(201).Body;

        Assert.Equal(
            ["owner-unknown", "reserved-idle"],
            Findings(report).Select(finding => (string?)finding["code"]));
        Assert.Equal((1, 1), ((int?)report["criticalCount"], (int?)report["warningCount"]));
        var ghost = Findings(report).First();
        Assert.Equal((place.Tenant, 150, 100), (
            (string?)ghost["account"], (int?)ghost["numberCount"], ghost["numbers"]!.AsArray().Count));
        Assert.Equal(place.Number(0), (string?)ghost["numbers"]![0]);
        Assert.All(Findings(report), finding => Assert.NotEmpty((string)finding["wayOut"]!));
    }

    [Fact]
    public async Task C5_A_repeat_answers_the_first_report_and_looks_no_second_time()
    {
        var place = await world.PlaceAsync();
        var first = (await AuditAsync(place, "mine")).Is(201);
        (await place.AllocateAsync(new { account = place.Tenant, range = place.Range(0, 19) })).Is(201);
        var before = place.Rows;

        Assert.Equal(first.Body.ToJsonString(), (await AuditAsync(place, "mine")).Is(201).Body.ToJsonString());
        (await world.App.PostAsync($"sites/{place.Site}/audits", place.Admin, new { note = "Other" }, "mine"))
            .IsProblem(422, "idempotency-key-reused");

        Assert.Equal(before, place.Rows);
        Assert.Equal("pool-critical", (string?)Findings((await AuditAsync(place)).Body).Single()["code"]);
    }

    [Fact]
    public async Task C5_The_newest_thirty_reports_are_kept_and_listed_newest_first()
    {
        var place = await world.PlaceAsync(numbers: 1);
        var ids = new List<string>();
        for (var times = 0; times < 32; times++)
        {
            ids.Insert(0, (await AuditAsync(place, $"n{times}")).Is(201).Id);
            world.App.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var listed = await place.ListAsync($"sites/{place.Site}/audits", top: 7);

        Assert.Equal(ids[..30], listed.Select(report => (string)report["id"]!));
        Assert.All(listed, report => Assert.Null(report["findings"]));
        (await world.App.GetAsync($"sites/{place.Site}/audits/{ids[31]}", place.Admin)).IsProblem(404, "not-found");
        (await AuditAsync(place, "n0")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task R1_A_site_that_the_platform_does_not_manage_is_audited_too()
    {
        var place = await world.PlaceAsync();
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);

        Assert.Equal(0, (int?)(await AuditAsync(place)).Is(201).Body["findingCount"]);
    }

    [Fact]
    public async Task C5_Who_has_which_number_and_where_it_rings_is_audited_too()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Ada, handset = desks.Furniture.Phone(1) });
        await desks.AssignAsync(1, new { user = desks.Amir });

        Assert.Equal(
            [("location-unknown", place.Number(1)), ("handsets-nowhere", null)],
            Findings((await AuditAsync(place)).Is(201).Body).Where(finding => (string?)finding["code"] != "pool-low")
                .Select(finding => (
                    (string)finding["code"]!, (string?)finding["numbers"]!.AsArray().FirstOrDefault())));

        var line = (await world.App.Sites.FindAsync(
            place.Site, $"L|{place.Number(0)}", TestContext.Current.CancellationToken))!;
        await world.App.Sites.CommitAsync(
            place.Site, [new RowChange.Delete(line)], TestContext.Current.CancellationToken);
        var claim = (await world.App.Directory.FindAsync(
            "acme", $"V|{desks.Amir}", TestContext.Current.CancellationToken))!;
        await world.App.Directory.CommitAsync(
            "acme", [new RowChange.Delete(claim)], TestContext.Current.CancellationToken);

        Assert.Equal(
            [("assignments-disagree", place.Number(0)), ("user-gone", place.Number(1))],
            Findings((await AuditAsync(place)).Is(201).Body).Where(finding => (string?)finding["severity"] != "Info")
                .Where(finding => (string?)finding["code"] != "pool-low")
                .Select(finding => ((string)finding["code"]!, (string?)finding["numbers"]![0])));
    }

    static IEnumerable<JsonNode> Findings(JsonObject report) =>
        report["findings"]!.AsArray().Select(finding => finding!);

    Task<Answer> AuditAsync(Place place, string? key = null) =>
        world.App.PostAsync($"sites/{place.Site}/audits", place.Admin, new { note = "Before the summer." }, key);
}
