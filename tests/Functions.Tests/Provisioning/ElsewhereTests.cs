using Telephony.Domain.Access;

namespace Telephony.Functions.Tests.Provisioning;

/// <summary>A number is live at one site at most, and people can ask at which.</summary>
public sealed class ElsewhereTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Json_with_a_number_that_another_site_has_is_refused_whole_and_a_dry_run_says_so()
    {
        var (there, here) = (await world.PlaceAsync(5, "rival"), await world.PlaceAsync(5));
        var body = new { lines = new[] { new { numbers = (string[])[here.Number(7), there.Number(3)] } } };
        var before = here.Rows;

        var dry = (await here.App.PostAsync($"sites/{here.Site}/imports?dryRun=true", here.Platform, body)).Is(200);
        var answer = await here.ImportAsync(body);

        Assert.Equal("Refused", (string?)dry.Body["state"]);
        answer.IsProblem(409, "numbers-refused");
        foreach (var error in new[] { Assert.Single(dry.Errors), Assert.Single(answer.Errors) })
        {
            Assert.Equal(
                (there.Number(3), "live-elsewhere"), ((string?)error["number"], (string?)error["code"]));
            Assert.DoesNotContain(there.Site, error.ToJsonString());
        }

        Assert.Equal(before, here.Rows);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_a_file_the_rows_that_another_site_has_are_left_out_unless_it_is_strict(bool strict)
    {
        var (there, here) = (await world.PlaceAsync(5, "rival"), await world.PlaceAsync(5));
        var file = $"number\n{here.Number(7)}\n{there.Number(3)}\n{here.Number(8)}\n";

        var query = strict ? "?strict=true" : "?strict=false";
        var dry = (await here.ImportFileAsync(file, query + "&dryRun=true")).Is(200);
        var answer = await here.ImportFileAsync(file, query, key: "once");

        Assert.Equal(
            [(3, "number", "live-elsewhere")],
            answer.Errors.Select(error => ((int?)error["row"], (string?)error["field"], (string?)error["code"])));
        Assert.Equal(dry.Body["errors"]!.ToJsonString(), answer.Body["errors"]!.ToJsonString());
        if (strict)
        {
            answer.IsProblem(400, "rows-refused");
            return;
        }

        Assert.Equal(("Partial", 2), ((string?)answer.Is(201).Body["state"], (int?)answer.Body["numberCount"]));
        Assert.Equal(answer.Text, (await here.ImportFileAsync(file, query, key: "once")).Is(201).Text);
        Assert.DoesNotContain(here.Rows, row => row.StartsWith("I|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_that_its_site_retires_may_come_in_elsewhere()
    {
        var (there, here) = (await world.PlaceAsync(5, "rival"), await world.PlaceAsync(5));
        var body = new { lines = new[] { new { numbers = there.Numbers(3) } } };
        (await here.ImportAsync(body)).IsProblem(409, "numbers-refused");

        (await there.App.PostAsync($"sites/{there.Site}/retirements", there.Platform, new
        {
            numbers = there.Numbers(3), reason = "Moved to another site",
        })).Is(201);

        (await here.ImportAsync(body)).Is(201);
        (await there.ImportAsync(body)).IsProblem(409, "numbers-refused");
    }

    [Fact]
    public async Task Who_sees_the_site_learns_which_one_has_a_number()
    {
        var (there, here) = (await world.PlaceAsync(5, "rival"), await world.PlaceAsync(5));
        var (theirs, ours) = ($"numbers/%2B{there.Number(3)[1..]}", $"numbers/{here.Number(3)}");

        Assert.Equal(there.Site, (string?)(await world.App.GetAsync(theirs, world.Platform)).Is(200).Body["site"]);
        Assert.Equal(here.Site, (string?)(await world.App.GetAsync(ours, world.Platform)).Is(200).Body["site"]);
        Assert.Equal(here.Site, (string?)(await world.App.GetAsync(ours, world.Admin)).Is(200).Body["site"]);
        Assert.Equal(here.Site, (string?)(await world.App.GetAsync(ours, UserAt(here.Site))).Is(200).Body["site"]);

        string[] nowhere = [here.Number(9), "0207946000", "%2B0207946000", "442070010003", "nothing"];
        (string Path, string Token)[] hidden =
        [
            (theirs, world.Admin), (ours, world.Rival), (ours, UserAt("another-site")),
            ($"{ours}?operator=rival", world.Platform),
            .. nowhere.Select(number => ($"numbers/{number}", world.Platform)),
        ];
        foreach (var (path, token) in hidden)
            (await world.App.GetAsync(path, token)).IsProblem(404, "not-found");
    }

    string UserAt(string site) => world.App.Token(Role.OperatorUser, "acme", sites: [site], user: "ursula");
}
