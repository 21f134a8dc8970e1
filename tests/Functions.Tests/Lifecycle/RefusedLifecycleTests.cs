using System.Text.Json.Nodes;
using static Telephony.Functions.Tests.Lifecycle.StockedPlace;

namespace Telephony.Functions.Tests.Lifecycle;

/// <summary>What cannot be done with a number: the reason, from where to where, and nothing changed.</summary>
public sealed class RefusedLifecycleTests(World world) : IClassFixture<World>
{
    const string Reason = """{"reason":"Why not"}""";
    const string Nothing = "{}";

    /// <summary>What is asked for, with what, of which number; why not, from which state to which.</summary>
    public static TheoryData<string, string, int, string, string?, string?> Refused => new()
    {
        { "retirements", Reason, Reserved, "no-transition", "Reserved", "Retired" },
        { "retirements", Reason, PortingIn, "no-transition", "PortingIn", "Retired" },
        { "retirements", Reason, Cooldown, "no-transition", "Cooldown", "Retired" },
        { "retirements", Reason, Unknown, "not-provisioned", null, "Retired" },
        { "offers", Nothing, Reserved, "no-transition", "Reserved", "Available" },
        { "offers", Nothing, Blocked, "no-transition", "Blocked", "Available" },
        { "blocks", Reason, Reserved, "no-transition", "Reserved", "Blocked" },
        { "blocks", Reason, PortingOut, "no-transition", "PortingOut", "Blocked" },
        { "blocks", """{"reason":"Why not","until":"2030-01-01T00:00:00Z"}""", Blocked,
            "no-transition", "Blocked", "Blocked" },
        { "unblocks", Nothing, Available, "no-transition", "Available", null },
        { "unblocks", Nothing, Retired, "no-transition", "Retired", null },
        { "port-ins", """{"outcome":"Arrived"}""", Reserved, "no-transition", "Reserved", "Available" },
        { "port-ins", """{"outcome":"Cancelled"}""", Available, "no-transition", "Available", "Retired" },
        { "port-outs", """{"outcome":"Started"}""", Available, "no-transition", "Available", "PortingOut" },
        { "port-outs", """{"outcome":"Left"}""", Reserved, "no-transition", "Reserved", "Retired" },
        { "port-outs", """{"outcome":"Cancelled"}""", Reserved, "no-transition", "Reserved", null },
        { "cooldown-ends", Reason, Reserved, "no-transition", "Reserved", "Available" },
        { "cooldown-ends", Reason, Staged, "no-transition", "Staged", "Available" },
        { "nominations", Nothing, Cooldown, "no-transition", "Cooldown", null },
        { "nominations", """{"withdraw":true}""", Blocked, "no-transition", "Blocked", null },
    };

    /// <summary>What is wrong before any number is looked at: which field, and the error's code.</summary>
    public static TheoryData<string, string, string, string> Malformed => new()
    {
        { "blocks", """{"reason":"Why not","until":"2026-03-02T09:00:00Z"}""", "until", "in-the-past" },
        { "blocks", """{"reason":"Why not","until":"2026-03-02T10:00:00+02:00"}""", "until", "in-the-past" },
        { "blocks", """{"reason":"  "}""", "reason", "bad-text" },
        { "retirements", """{"reason":"Two\nlines"}""", "reason", "bad-text" },
        { "cooldown-ends", $$"""{"reason":"{{LongText}}"}""", "reason", "bad-text" },
        { "port-ins", """{"outcome":"Arrived","account":"nobody"}""", "account", "unknown-account" },
        { "port-ins", """{"outcome":"Cancelled","account":"nobody"}""", "account", "not-taken" },
    };

    static string LongText => new('a', 201);

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Every_number_in_the_way_is_named_with_its_state_and_nothing_is_changed(
        string what, string body, int number, string code, string? from, string? to)
    {
        var place = await world.StockedAsync();
        var before = place.Rows;
        // Beside one that could be had, where that is easily said.
        int[] numbers = what is "retirements" ? [Available, number] : [number];

        var answer = await place.DoAsync(what, numbers, JsonNode.Parse(body));

        answer.IsProblem(409, "numbers-refused");
        var error = Assert.Single(answer.Errors);
        Assert.Equal((place.Number(number), code, from, to), (
            (string?)error["number"], (string?)error["code"], (string?)error["from"], (string?)error["to"]));
        Assert.NotEmpty((string?)error["wayOut"] ?? "");
        Assert.Equal(before, place.Rows);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task What_is_wrong_is_named_by_its_field_and_nothing_is_changed(
        string what, string body, string field, string code)
    {
        var place = await world.StockedAsync();
        var before = place.Rows;

        var answer = await place.DoAsync(what, Available, JsonNode.Parse(body));

        answer.IsProblem(400, "invalid");
        Assert.Equal([(field, code)], answer.Errors.Select(error => ((string?)error["field"], (string?)error["code"])));
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task Where_the_platform_does_not_manage_the_site_nothing_is_done_but_imports()
    {
        var place = await world.StockedAsync();
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);
        var before = place.Rows;

        (await place.DoAsync("offers", Staged)).IsProblem(409, "site-not-managed");
        (await place.DoAsync("retirements", Available, new { reason = "Why not" })).IsProblem(409, "site-not-managed");

        Assert.Equal(before, place.Rows);
        (await place.ImportAsync(new { lines = new[] { new { numbers = place.Numbers(Unknown) } } })).Is(201);
    }
}
