using System.Globalization;
using System.Text.Json.Nodes;
using Telephony.Domain.Access;

namespace Telephony.Functions.Tests.Rules;

/// <summary>Who may change which rule, and what no rules may say. Nothing of it changes anything.</summary>
public sealed class RulesChangeTests(World world) : IClassFixture<World>
{
    DateTimeOffset Now => world.App.Clock.GetUtcNow();

    [Fact]
    public async Task The_operators_admin_edits_rules_where_the_site_lets_it_and_never_what_is_the_platforms()
    {
        var place = await world.PlaceAsync(numbers: 0, withRules: false);
        var (body, etag) = await place.ReadRulesAsync();
        body["nearExisting"] = false;
        (await place.PutRulesAsync(body, etag, place.Admin)).IsProblem(403, "forbidden");

        await place.RulesAsync(rules => rules["policies"]!["operatorAdminEditsRules"] = true);
        (body, etag) = await place.ReadRulesAsync();
        body["nearExisting"] = false;
        etag = (await place.PutRulesAsync(body, etag, place.Admin)).Is(200).ETag;

        var before = place.Rows;
        body["onBehalfAllowed"] = false;
        body["managedByPlatform"] = false;
        body["policies"]!["operatorUserAllocates"] = true;
        body["keepForOperator"] = 7;
        var refused = await place.PutRulesAsync(body, etag, place.Admin);
        refused.IsProblem(403, "forbidden");
        Assert.Equal(["managedByPlatform", "onBehalfAllowed", "policies.operatorUserAllocates"], refused.Fields);
        Assert.All(refused.Errors, error => Assert.Equal("only-platform", (string?)error["code"]));
        foreach (var token in new[]
        {
            world.App.Token(Role.OperatorUser, "acme", sites: [place.Site]),
            world.App.Token(Role.OccupierAdmin, "acme", place.Tenant),
            world.App.Token(Role.OccupierUser, "acme", place.Tenant),
        })
            (await place.PutRulesAsync(body, etag, token)).IsProblem(403, "forbidden");
        Assert.Equal(before, place.Rows);

        (await place.PutRulesAsync(body, etag)).Is(200);
    }

    [Fact]
    public async Task The_operators_admin_does_not_take_back_what_the_platform_has_scheduled()
    {
        var place = await world.PlaceAsync(numbers: 0, withRules: false);
        await place.RulesAsync(rules => rules["policies"]!["operatorAdminEditsRules"] = true);
        var (body, _) = await place.ReadRulesAsync();
        await place.RulesAsync(rules =>
        {
            rules["onBehalfAllowed"] = false;
            rules["effectiveFrom"] = Now.AddDays(1);
        });
        var (_, etag) = await place.ReadRulesAsync();
        body["keepForOperator"] = 1;

        var refused = await place.PutRulesAsync(body, etag, place.Admin);
        refused.IsProblem(403, "forbidden");
        Assert.Equal(["onBehalfAllowed"], refused.Fields);
        Assert.Contains("version 2", (string?)refused.Errors[0]["reason"], StringComparison.Ordinal);

        (body["onBehalfAllowed"], body["effectiveFrom"]) = (false, Now.AddDays(1));
        (await place.PutRulesAsync(body, etag, place.Admin)).Is(200);
    }

    /// <summary>A change of the body, and field, other field and code of each thing that is wrong with it.</summary>
    public static TheoryData<string, string[]> Wrong => new()
    {
        { """{"contiguity":"Required","allOrNothing":false}""", ["contiguity allOrNothing part-of-a-run"] },
        { """{"maxPerAccount":5,"services":[{"code":"a","name":"A","numbersPerUnit":3,"extra":3}]}""",
            ["services[0] maxPerAccount service-over-maximum"] },
        { """{"maxPerAccount":5,"keepForOperator":6}""", ["keepForOperator maxPerAccount kept-over-maximum"] },
        { """{"onNoNominatedMain":"Fail","services":[{"code":"a","name":"A","needsMain":false}]}""",
            ["onNoNominatedMain services fails-without-main"] },
        { """{"keepForOperator":-1,"maxPerAccount":0}""",
            ["keepForOperator  out-of-range", "maxPerAccount  out-of-range",
                "services[0] maxPerAccount service-over-maximum"] },
        { """{"keepForOperator":10001,"maxPerAccount":10001}""",
            ["keepForOperator  out-of-range", "maxPerAccount  out-of-range"] },
        { """{"services":[{"code":"A","name":"","numbersPerUnit":101,"extra":1001}]}""",
            ["services[0].code  bad-id", "services[0].numbersPerUnit  out-of-range", "services[0].extra  out-of-range",
                "services[0].name  bad-text"] },
        { """{"services":[{"code":"b","name":"B"},{"code":"b","name":" "}]}""",
            ["services[1].code  named-twice", "services[1].name  bad-text"] },
        { """{"services":[{"code":"b","name":"\ud800"}]}""", ["bad-json"] },
        { """{"maxPerAccount":0,"contiguity":"Required","allOrNothing":false,"effectiveFrom":"2020-01-01T00:00:00Z"}""",
            ["maxPerAccount  out-of-range", "effectiveFrom  in-the-past",
                "services[0] maxPerAccount service-over-maximum", "contiguity allOrNothing part-of-a-run"] },
        { """{"onNoNominatedMain":"Fail","autoAllocate":false}""",
            ["onNoNominatedMain autoAllocate fails-without-looking"] },
        { """{"contiguity":"Required","services":[{"code":"a","name":"A","numbersPerUnit":100,"extra":10}]}""",
            ["services[0] premiumPatterns run-over-premium"] },
        { """{"criticalPercent":11,"lowWaterPercent":10}""", ["criticalPercent lowWaterPercent critical-above-low"] },
        { """{"cooldownTreatment":{"kind":"Forward"}}""",
            ["cooldownTreatment.forwardTo cooldownTreatment.kind forward-without-number"] },
        { """{"cooldownTreatment":{"kind":"Announcement","forwardTo":"+442079460000"}}""",
            ["cooldownTreatment.forwardTo cooldownTreatment.kind forward-without-number"] },
        { """{"cooldownTreatment":{"kind":"Forward","forwardTo":"nowhere"}}""",
            ["cooldownTreatment.forwardTo  not-a-number"] },
        { """{"holdMaxDays":0,"reservedIdleWarnDays":0,"cooldownDays":0,"cooldownDaysMain":0}""",
            ["holdMaxDays  out-of-range", "reservedIdleWarnDays  out-of-range", "cooldownDays  out-of-range",
                "cooldownDaysMain  out-of-range"] },
        { """{"holdMaxDays":366,"reservedIdleWarnDays":366,"cooldownDays":366,"cooldownDaysMain":366}""",
            ["holdMaxDays  out-of-range", "reservedIdleWarnDays  out-of-range", "cooldownDays  out-of-range",
                "cooldownDaysMain  out-of-range"] },
        { """{"lowWaterPercent":-1,"lowWaterCount":-1,"criticalPercent":-1}""",
            ["lowWaterPercent  out-of-range", "lowWaterCount  out-of-range", "criticalPercent  out-of-range"] },
        { """{"lowWaterPercent":101,"lowWaterCount":10001,"criticalPercent":101}""",
            ["lowWaterPercent  out-of-range", "lowWaterCount  out-of-range", "criticalPercent  out-of-range"] },
        { """{"services":[]}""", ["services  out-of-range"] },
        { """{"effectiveFrom":"2020-01-01T00:00:00"}""", ["bad-json"] },
        { """{"effectiveFrom":"tomorrow"}""", ["bad-json"] },
        { """{"effectiveFrom":1}""", ["bad-json"] },
        { """{"contiguity":"required"}""", ["bad-json"] },
        { """{"version":7}""", ["unknown-member"] },
        { """{"premiumPatterns":{"repeat":true}}""", ["unknown-member"] },
        { """{"maxPerAccount":"5"}""", ["bad-json"] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Rules_that_cannot_be_are_refused_with_all_that_is_wrong_at_once(string change, string[] expected)
    {
        var place = await world.PlaceAsync(numbers: 0, withRules: false);
        var (body, etag) = await place.ReadRulesAsync();
        // As text: half a surrogate pair is no JSON that a library would write.
        var text = string.Join(',', body
            .Where(member => !change.Contains($"\"{member.Key}\":", StringComparison.Ordinal))
            .Select(member => $"\"{member.Key}\":{member.Value?.ToJsonString() ?? "null"}"));
        var before = place.Rows;

        var refused = await place.PutRulesAsync($"{change[..^1]},{text}}}", etag);

        refused.Is(400);
        Assert.Equal(
            expected,
            refused.Code is "invalid"
                ? refused.Errors.Select(error => $"{error["field"]} {error["otherField"]} {error["code"]}")
                : [refused.Code!]);
        Assert.All(refused.Errors, error => Assert.NotEmpty((string?)error["wayOut"] ?? ""));
        Assert.Equal(before, place.Rows);
    }

    [Theory]
    [InlineData("""{"holdMaxDays":1,"reservedIdleWarnDays":1,"cooldownDays":1,"cooldownDaysMain":1}""")]
    [InlineData("""{"holdMaxDays":365,"reservedIdleWarnDays":365,"cooldownDays":365,"cooldownDaysMain":365}""")]
    [InlineData("""{"lowWaterPercent":0,"lowWaterCount":0,"criticalPercent":0}""")]
    [InlineData("""{"lowWaterPercent":100,"lowWaterCount":10000,"criticalPercent":100}""")]
    [InlineData("""{"mainNomination":"AutomaticOnFirstService"}""")]
    [InlineData("""{"cooldownTreatment":{"kind":"Forward","forwardTo":"+442079460000"}}""")]
    public async Task Rules_at_the_edge_of_what_can_be_are_kept_as_they_were_sent(string change)
    {
        var place = await world.PlaceAsync(numbers: 0, withRules: false);
        var sent = JsonNode.Parse(change)!.AsObject();
        await place.RulesAsync(rules =>
        {
            foreach (var (member, value) in sent)
                rules[member] = value!.DeepClone();
        });

        var (kept, _) = await place.ReadRulesAsync();
        Assert.All(sent, member => Assert.Equal(member.Value!.ToJsonString(), kept[member.Key]!.ToJsonString()));
    }

    [Theory]
    [InlineData(-61, "in-the-past")]
    [InlineData(-60, null)]
    [InlineData(0, null)]
    [InlineData(366 * 86_400, null)]
    [InlineData(366 * 86_400 + 1, "too-far-ahead")]
    public async Task Rules_begin_between_now_and_a_year_ahead(int seconds, string? code)
    {
        var place = await world.PlaceAsync(numbers: 0, withRules: false);
        var (body, etag) = await place.ReadRulesAsync();
        var from = Now.AddSeconds(seconds).ToOffset(TimeSpan.FromHours(-5));
        (body["keepForOperator"], body["effectiveFrom"]) = (1, from);

        var answer = await place.PutRulesAsync(body, etag);

        if (code is not null)
        {
            answer.IsProblem(400, "invalid");
            Assert.Equal(("effectiveFrom", code), (answer.Fields.Single(), (string?)answer.Errors[0]["code"]));
            return;
        }

        answer.Is(201);
        var begins = seconds > 0 ? answer.Body["scheduled"]![0]!["effectiveFrom"] : answer.Body["effectiveFrom"];
        Assert.Equal(
            seconds > 0 ? from : Now, DateTimeOffset.Parse((string)begins!, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_service_that_accounts_have_stays_and_the_accounts_are_named()
    {
        var place = await world.PlaceAsync();
        await place.RulesAsync(rules => rules["services"] = Services("voice", "team", "fax"));
        await place.AssignAsync(place.Tenant, "main", new { code = "team", quantity = 1 });
        var (body, etag) = await place.ReadRulesAsync();
        body["services"] = Services("voice");
        var before = place.Rows;

        foreach (var hours in new[] { 0, 5 })
        {
            body["effectiveFrom"] = Now.AddHours(hours);
            var refused = await place.PutRulesAsync(body, etag);
            refused.IsProblem(409, "service-in-use");
            var error = Assert.Single(refused.Errors);
            Assert.Equal($"'team' would be gone, and accounts have it: {place.Tenant}.", (string?)error["reason"]);
        }

        Assert.Equal(before, place.Rows);
        body["services"] = Services("voice", "team");
        (await place.PutRulesAsync(body, etag)).Is(200);
    }

    static JsonArray Services(params string[] codes) =>
        [.. codes.Select(code => new JsonObject { ["code"] = code, ["name"] = code })];
}
