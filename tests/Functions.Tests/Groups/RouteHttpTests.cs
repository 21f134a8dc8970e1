using System.Text.Json.Nodes;
using Telephony.Domain.Access;
using Telephony.Functions.Tests.MainNumber;

namespace Telephony.Functions.Tests.Groups;

/// <summary>What a caller meets, over HTTP; and the hours that a site gives to all.</summary>
public sealed class RouteHttpTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_change_of_the_sites_hours_reaches_all_that_keep_them_and_nobody_else()
    {
        var place = await world.PlaceAsync();
        (await place.ConfigureAsync(new { hoursSource = "Own" }, account: place.Neighbour)).Is(200);
        Assert.Equal(("InHours", "InHours"), (await ModeAsync(place), await ModeAsync(place, place.Neighbour)));

        (await place.ScheduleAsync(new
        {
            holidays = new[] { new { name = "Founders' day", firstDay = "2026-03-02" } },
        })).Is(200);
        Assert.Equal(("Holiday", "InHours"), (await ModeAsync(place), await ModeAsync(place, place.Neighbour)));

        (await place.ScheduleAsync(new { })).IsProblem(412, "precondition-failed");
        var etag = (await world.App.GetAsync($"sites/{place.Site}/schedule", place.Admin)).Is(200).ETag;
        (await place.ScheduleAsync(new { businessHours = Array.Empty<object>() }, etag)).Is(200);
        Assert.Equal(("OutOfHours", "InHours"), (await ModeAsync(place), await ModeAsync(place, place.Neighbour)));

        static async Task<string> ModeAsync(Place place, string? account = null) =>
            (string)(await place.RouteAsync("2026-03-02T12:00:00Z", account))["mode"]!;
    }

    [Fact]
    public async Task The_rule_that_decided_is_said_to_people_and_to_programs()
    {
        var place = await world.PlaceAsync();
        var rule = (await place.RouteAsync("2026-07-06T12:00:00Z"))["rule"]!;
        Assert.Equal(
            ("BusinessHours", "Open by the site's times: Monday 08:30–18:00.", "2026-07-06T08:30", "2026-07-06T18:00"),
            ((string?)rule["kind"], (string?)rule["text"], (string?)rule["from"], (string?)rule["to"]));
    }

    [Fact]
    public async Task Over_a_time_each_change_is_listed_and_is_the_answer_at_its_moment()
    {
        var place = await world.PlaceAsync();
        var path = $"{place.MainPath()}/route/changes?from=2026-03-27T00:00:00Z&to=2026-03-31T00:00:00Z";
        var changes = (await world.App.GetAsync(path, place.Admin)).Is(200).Body["changes"]!.AsArray();

        // The clock goes forward on Sunday.
        Assert.Equal(
            ["2026-03-27T00:00", "2026-03-27T08:30", "2026-03-27T18:00", "2026-03-30T07:30", "2026-03-30T17:00"],
            changes.Select(change => ((string)change!["at"]!)[..16]));
        foreach (var change in changes)
        {
            var at = await place.RouteAsync(((string)change!["at"]!).Replace("+00:00", "Z", StringComparison.Ordinal));
            Assert.True(JsonNode.DeepEquals(change, at));
        }
    }

    [Fact]
    public async Task R7_R29_The_operators_main_number_is_the_reception_of_who_names_none_and_has_hours_of_its_own()
    {
        var place = await world.PlaceForMainsAsync();
        await place.AssignAsync(place.Owner, "lines", 1);
        await place.PutMainInServiceAsync(5, place.Owner);
        (await place.ConfigureAsync(
            new { hoursSource = "Own", businessHours = Array.Empty<object>() }, account: place.Owner)).Is(200);
        (await place.ConfigureAsync(new { inHours = new { kind = "Reception" } })).Is(200);

        var first = (await place.RouteAsync("2026-03-02T12:00:00Z"))["first"]!;
        Assert.Equal(
            ("MainNumber", place.Number(5), "OutOfHours", "Voicemail"),
            ((string?)first["kind"], (string?)first["number"], (string?)first["route"]!["mode"],
                (string?)first["route"]!["first"]!["kind"]));

        // What others have configured is not for occupiers.
        var occupier = world.App.Token(Role.OccupierAdmin, "acme", place.Tenant);
        var path = $"{place.MainPath()}/route?at=2026-03-02T12:00:00Z";
        var own = (await world.App.GetAsync(path, occupier)).Is(200).Body;
        Assert.Equal(("MainNumber", null), ((string?)own["first"]!["kind"], own["first"]!["route"]));
    }

    [Theory]
    [InlineData("route?at=2026-03-02", "at")]
    [InlineData("route?at=1999-03-02T09:00:00Z", "at")]
    [InlineData("route?at=9999-12-31T23:59:59Z", "at")]
    [InlineData("route/changes?from=2026-03-02T09:00:00Z&to=2026-03-02T09:00:00Z", "to")]
    [InlineData("route/changes?from=2026-03-02T09:00:00Z&to=2026-04-02T09:00:01Z", "to")]
    public async Task A_time_that_cannot_be_answered_is_refused(string query, string name)
    {
        var place = await world.PlaceAsync();
        var answer = await world.App.GetAsync($"{place.MainPath()}/{query}", place.Admin);
        answer.IsProblem(400, "bad-parameter");
        Assert.Equal([name], answer.Fields);
    }

    [Theory]
    [InlineData("", 7)]
    [InlineData("&to=2026-04-02T09:00:00Z", 31)]
    public async Task Changes_are_those_of_a_week_or_of_at_most_31_days(string to, int days)
    {
        var place = await world.PlaceAsync();
        var path = $"{place.MainPath()}/route/changes?from=2026-03-02T09:00:00Z{to}";
        var answer = (await world.App.GetAsync(path, place.Admin)).Is(200);
        Assert.Equal(
            TimeSpan.FromDays(days), (DateTimeOffset)answer.Body["to"]! - (DateTimeOffset)answer.Body["from"]!);
    }

    [Fact]
    public async Task A_call_is_followed_to_the_main_number_after_the_next_as_that_is_configured()
    {
        var place = await world.PlaceForMainsAsync();
        await place.AssignAsync(place.Neighbour, "lines", 1);
        await place.AssignAsync(place.Owner, "lines", 1);
        await place.PutMainInServiceAsync(5);
        await place.PutMainInServiceAsync(6, place.Neighbour);
        await place.PutMainInServiceAsync(7, place.Owner);
        (await place.ConfigureAsync(To("Announcement"), account: place.Owner)).Is(200);
        (await place.ConfigureAsync(To("Forward", place.Number(7)), account: place.Neighbour)).Is(200);
        (await place.ConfigureAsync(To("Forward", place.Number(6)))).Is(200);

        var next = (await place.RouteAsync("2026-03-02T12:00:00Z"))["first"]!["route"]!;
        var last = next["first"]!["route"]!;
        Assert.Equal(
            (place.Neighbour, place.Owner, "Announcement"),
            ((string?)next["account"], (string?)last["account"], (string?)last["first"]!["kind"]));

        static object To(string kind, string? number = null) =>
            number is null ? new { inHours = new { kind } } : new { inHours = new { kind, number } };
    }

    [Fact]
    public async Task A_groups_seconds_are_shown_as_configured()
    {
        var place = await world.PlaceAsync();
        await place.BringIntoServiceAsync(3);
        (await place.ConfigureAsync(new
        {
            huntGroup = new { members = new[] { new { number = place.Number(3) } }, ringSeconds = 10, maxSeconds = 45 },
        })).Is(200);
        var first = (await place.RouteAsync("2026-03-02T12:00:00Z"))["first"]!;
        Assert.Equal((10, 45), ((int)first["ringSeconds"]!, (int)first["notAnswered"]!["afterSeconds"]!));
    }
}
