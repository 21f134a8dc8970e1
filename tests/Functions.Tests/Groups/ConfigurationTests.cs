using System.Text.Json.Nodes;
using Telephony.Functions.Tests.MainNumber;

namespace Telephony.Functions.Tests.Groups;

/// <summary>What callers of a main number meet, as people configure it.</summary>
public sealed class ConfigurationTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task What_nobody_has_configured_is_the_default_and_what_is_read_can_be_sent_again()
    {
        var place = await world.PlaceAsync();
        var before = (await place.ReadConfigurationAsync()).Is(200);
        Assert.Null(before.ETag);
        Assert.Equal(("Site", 5), ((string?)before.Body["hoursSource"], before.Body["businessHours"]!.AsArray().Count));

        var written = (await place.ConfigureAsync(before.Body)).Is(200);

        var after = (await place.ReadConfigurationAsync()).Is(200);
        Assert.Equal(before.Text, after.Text);
        Assert.NotNull(after.ETag);
        Assert.Equal(("MainConfiguration", place.Tenant), (
            (string?)written.Body["kind"], (string?)written.Body["account"]));
    }

    [Fact]
    public async Task Everything_that_can_be_configured_is_read_as_it_was_written()
    {
        var place = await world.PlaceAsync();
        await place.BringIntoServiceAsync(3, 4);
        var body = JsonNode.Parse($$$"""
            {
              "displayName": "Acme", "extension": "100", "receptionLabel": "Desk",
              "receptionNumber": "{{{place.Number(3)}}}",
              "timeZone": "Asia/Kathmandu", "hoursSource": "Own",
              "businessHours": [{"day":"Sunday","from":"00:00","to":"24:00"},
                {"day":"Friday","from":"22:15","to":"26:45"}],
              "holidays": [{"name":"a","firstDay":"2026-12-24"},
                {"name":"b","firstDay":"2026-12-24","lastDay":"2026-12-26"},
                {"name":"c","start":"2026-12-24T12:00","end":"2026-12-24T18:30"},
                {"name":"d","yearly":{"month":2,"day":29}},
                {"name":"e","yearly":{"month":5,"week":"Last","weekday":"Sunday"}}],
              "closures": [{"name":"f","start":"2026-04-01T00:00","end":"2026-04-02T00:00"}],
              "override": {"kind":"ForceClosed","until":"2026-12-01T00:00:00+00:00"},
              "inHours": {"kind":"HuntGroup"}, "outOfHours": {"kind":"Reception"}, "holiday": {"kind":"Announcement"},
              "ifNotAnswered": {"to":{"kind":"Voicemail"},"afterSeconds":15},
              "ifBusy": {"kind":"Forward","number":"+442079460999"}, "ifUnreachable": {"kind":"Voicemail"},
              "huntGroup": {"members":[{"number":"{{{place.Number(4)}}}","weight":7},
                {"number":"{{{place.Number(3)}}}","weight":1}],
                "pattern":"Weighted","ringSeconds":10,"skipBusy":false,"maxSeconds":45},
              "voicemail": {"enabled":true,"sendsMail":true,"toEmail":"desk@acme.example"},
              "greetings": {"inHours":"One","outOfHours":"Two","holiday":"Three"}
            }
            """)!.AsObject();

        (await place.ConfigureAsync(body)).Is(200);

        var read = (await place.ReadConfigurationAsync()).Is(200).Body;
        Assert.Equal(body.Select(member => member.Key), read.Select(member => member.Key));
        Assert.All(body, member => Assert.True(
            JsonNode.DeepEquals(member.Value, read[member.Key]), $"{member.Value} became {read[member.Key]}"));
    }

    [Fact]
    public async Task It_is_changed_by_who_saw_it_as_it_is_and_a_repeat_answers_the_first_result()
    {
        var place = await world.PlaceAsync();
        var first = (await place.ConfigureAsync(new { displayName = "One" }, key: "mine")).Is(200);
        (await place.ConfigureAsync(new { displayName = "Two" })).IsProblem(412, "precondition-failed");
        (await place.ConfigureAsync(new { displayName = "Two" }, "")).IsProblem(428, "precondition-required");
        var etag = await place.ETagAsync();
        (await place.ConfigureAsync(new { displayName = "Two" }, etag)).Is(200);
        var rows = place.Rows;

        (await place.ConfigureAsync(new { displayName = "Three" }, etag)).IsProblem(412, "precondition-failed");
        Assert.Equal(first.Text, (await place.ConfigureAsync(new { displayName = "One" }, key: "mine")).Is(200).Text);
        (await place.ConfigureAsync(new { displayName = "Else" }, key: "mine"))
            .IsProblem(422, "idempotency-key-reused");
        Assert.Equal(rows, place.Rows);
        Assert.Equal("Two", (string?)(await place.ReadConfigurationAsync()).Body["displayName"]);
    }

    [Fact]
    public async Task Before_or_after_its_activation_a_main_number_comes_to_the_same()
    {
        var (early, late) = (await world.PlaceForMainsAsync(), await world.PlaceForMainsAsync());
        var body = new { hoursSource = "Own", outOfHours = new { kind = "Announcement" } };

        (await early.ConfigureAsync(body)).Is(200);
        await early.PutMainInServiceAsync(5);
        await late.PutMainInServiceAsync(5);
        (await late.ConfigureAsync(body)).Is(200);

        Assert.Equal((await early.ReadConfigurationAsync()).Text, (await late.ReadConfigurationAsync()).Text);
        var one = await early.RouteAsync("2026-03-02T22:00:00Z");
        var other = await late.RouteAsync("2026-03-02T22:00:00Z");
        Assert.Equal((early.Number(5), late.Number(5)), ((string?)one["mainNumber"], (string?)other["mainNumber"]));
        Assert.Equal($"{one["first"]}", $"{other["first"]}");
    }
}
