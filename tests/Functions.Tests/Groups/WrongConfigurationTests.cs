using Telephony.Domain.Groups;
using Telephony.Functions.Groups;
using Telephony.Functions.Tests.MainNumber;

namespace Telephony.Functions.Tests.Groups;

/// <summary>What cannot be configured is refused by its field, and nothing changes.</summary>
public sealed class WrongConfigurationTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("hoursSource", "missing", """{"timeZone":"Europe/London"}""")]
    [InlineData("hoursSource", "missing", """{"businessHours":[]}""")]
    [InlineData("hoursSource", "missing", """{"holidays":[]}""")]
    [InlineData("timeZone", "unknown-time-zone", """{"hoursSource":"Own","timeZone":"Mars/Olympus"}""")]
    [InlineData("businessHours[0].to", "end-before-start",
        """{"hoursSource":"Own","businessHours":[{"day":"Monday","from":"18:00","to":"08:00"}]}""")]
    [InlineData("businessHours[1]", "overlaps",
        """
        {"hoursSource":"Own","businessHours":[{"day":"Sunday","from":"20:00","to":"26:00"},
        {"day":"Monday","from":"01:00","to":"08:00"}]}
        """)]
    [InlineData("businessHours[0].from", "bad-time",
        """{"hoursSource":"Own","businessHours":[{"day":"Monday","from":"8 am","to":"18:00"}]}""")]
    [InlineData("businessHours[0]", "missing", """{"hoursSource":"Own","businessHours":[null]}""")]
    [InlineData("holidays[0]", "one-of", """{"hoursSource":"Own","holidays":[{"name":"x"}]}""")]
    [InlineData("holidays[0]", "one-of",
        """{"hoursSource":"Own","holidays":[{"name":"x","firstDay":"2026-05-01","yearly":{"month":5,"day":1}}]}""")]
    [InlineData("holidays[0].yearly", "one-of",
        """{"hoursSource":"Own","holidays":[{"name":"x","yearly":{"month":5,"day":1,"week":"Last"}}]}""")]
    [InlineData("holidays[0].yearly.day", "no-such-date",
        """{"hoursSource":"Own","holidays":[{"name":"x","yearly":{"month":2,"day":31}}]}""")]
    [InlineData("holidays[0].firstDay", "no-such-date",
        """{"hoursSource":"Own","holidays":[{"name":"x","firstDay":"2026-02-29"}]}""")]
    [InlineData("closures[0].start", "no-such-date",
        """{"closures":[{"name":"x","start":"2026-05-01T09:00:00Z","end":"2026-05-01T10:00"}]}""")]
    [InlineData("closures[0].end", "no-such-date",
        """{"closures":[{"name":"x","start":"2026-05-01T09:00","end":"9999-12-31T24:00"}]}""")]
    [InlineData("closures[0].end", "end-before-start",
        """{"closures":[{"name":"x","start":"2026-05-01T09:00","end":"2026-05-01T09:00"}]}""")]
    [InlineData("closures[0].name", "bad-text",
        """{"closures":[{"name":" ","start":"2026-05-01T09:00","end":"2026-05-01T10:00"}]}""")]
    [InlineData("override.until", "in-the-past",
        """{"override":{"kind":"ForceOpen","until":"2026-03-02T09:00:00Z"}}""")]
    [InlineData("inHours.number", "missing", """{"inHours":{"kind":"Forward"}}""")]
    [InlineData("inHours.number", "not-forwarded", """{"inHours":{"kind":"Voicemail","number":"+442079460000"}}""")]
    [InlineData("inHours.number", "emergency-number", """{"inHours":{"kind":"Forward","number":"999"}}""")]
    [InlineData("ifBusy.number", "emergency-number", """{"ifBusy":{"kind":"Forward","number":"112"}}""")]
    [InlineData("ifNotAnswered.to.number", "not-a-number",
        """{"ifNotAnswered":{"to":{"kind":"Forward","number":"reception"}}}""")]
    [InlineData("ifUnreachable.number", "not-dialable",
        """{"ifUnreachable":{"kind":"Forward","number":"+446012345678"}}""")]
    [InlineData("ifNotAnswered.afterSeconds", "out-of-range", """{"ifNotAnswered":{"afterSeconds":0}}""")]
    [InlineData("ifBusy", "no-reception", """{"ifBusy":{"kind":"Reception"}}""")]
    [InlineData("receptionNumber", "not-a-direct-number-in-service", """{"receptionNumber":"{reserved}"}""")]
    [InlineData("huntGroup.members[0].number", "not-a-direct-number-in-service",
        """{"huntGroup":{"members":[{"number":"{reserved}"}]}}""")]
    [InlineData("huntGroup.members[0].number", "not-a-direct-number-in-service",
        """{"huntGroup":{"members":[{"number":"{neighbours}"}]}}""")]
    [InlineData("huntGroup.members[1].number", "named-twice",
        """{"huntGroup":{"members":[{"number":"{reserved}"},{"number":"{reserved}"}]}}""")]
    [InlineData("huntGroup.ringSeconds", "out-of-range", """{"huntGroup":{"ringSeconds":121}}""")]
    [InlineData("voicemail.toEmail", "missing", """{"voicemail":{"sendsMail":true}}""")]
    [InlineData("voicemail.toEmail", "bad-email", """{"voicemail":{"sendsMail":true,"toEmail":"nobody"}}""")]
    [InlineData("holiday", "voicemail-off", """{"voicemail":{"enabled":false}}""")]
    [InlineData("extension", "bad-text", """{"extension":"12a"}""")]
    public async Task It_is_named_with_the_reason_and_the_way_out(string field, string code, string body)
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Tenant, 3)).Is(201);
        (await place.AllocateAsync(place.Neighbour, 4)).Is(201);
        await place.ActivateAsync(place.Numbers(4));
        var before = place.Rows;

        var answer = await place.ConfigureAsync(body
            .Replace("{reserved}", place.Number(3), StringComparison.Ordinal)
            .Replace("{neighbours}", place.Number(4), StringComparison.Ordinal));

        answer.IsProblem(400, "invalid");
        Assert.Contains(
            (field, code), answer.Errors.Select(error => ((string?)error["field"], (string?)error["code"])));
        Assert.All(answer.Errors, error => Assert.NotEmpty((string)error["wayOut"]!));
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public void A_wrong_first_day_is_not_blamed_on_a_last_day_that_was_not_sent()
    {
        var wrong = new SiteSchedule(Holidays: [new("Leap day", FirstDay: "2026-02-29")]);
        Assert.True(ConfigurationInput.Of(wrong).Refused(out var problem, out _));
        Assert.Equal(["holidays[0].firstDay"], problem.Errors.Select(error => error.Field));
    }

    [Fact]
    public void A_zone_that_there_is_not_is_not_sent_back()
    {
        var wrong = new MainConfiguration(TimeZone: new('\a', 5_000), HoursSource: HoursSource.Own);
        Assert.True(ConfigurationInput.Of(wrong, "GB").Refused(out var problem, out _));
        Assert.DoesNotContain('\a', Assert.Single(problem.Errors).Reason);
    }

    [Fact]
    public async Task A_loop_through_others_main_numbers_is_refused_and_says_its_way()
    {
        var place = await world.PlaceForMainsAsync();
        await place.AssignAsync(place.Neighbour, "lines", 1);
        await place.NominateAsync(5, 6);
        await place.WaitsAsync((await place.PutMainAsync(5)).Is(202).Id);
        await place.WaitsAsync((await place.PutMainAsync(6, account: place.Neighbour)).Is(202).Id);
        (await place.ConfigureAsync(
            new { holiday = new { kind = "Forward", number = place.Number(5) } }, account: place.Neighbour)).Is(200);

        var answer = await place.ConfigureAsync(new { ifBusy = new { kind = "Forward", number = place.Number(6) } });

        answer.IsProblem(400, "invalid");
        var error = Assert.Single(answer.Errors);
        Assert.Equal(("ifBusy", "loop"), ((string?)error["field"], (string?)error["code"]));
        Assert.Contains(
            $"{place.Tenant} → {place.Neighbour} → {place.Tenant}", (string?)error["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_out_of_care_and_an_account_that_is_not_there_are_configured_by_nobody()
    {
        var place = await world.PlaceAsync();
        (await place.ConfigureAsync(new { }, account: place.Stranger)).IsProblem(409, "account-not-at-site");
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);
        (await place.ConfigureAsync(new { })).IsProblem(409, "site-not-managed");
        (await place.ScheduleAsync(new { })).IsProblem(409, "site-not-managed");
        (await place.ReadConfigurationAsync()).Is(200);
    }
}
