using System.Text.Json;
using Telephony.Domain.Access;

namespace Telephony.Functions.Tests.BadInput;

/// <summary>
/// Requests for imports, allocations and voice services that cannot be: each names the thing and the way out, and
/// changes nothing.
/// </summary>
public sealed class SiteRequestTests(World world) : IClassFixture<World>
{
    const string Import = "imports";
    const string Allocation = "allocations";
    const string Service = "accounts/{tenant}/voice-services/main";

    /// <summary>Where, what, the status, the code, the field or number named, and its own code.</summary>
    public static TheoryData<string, string, int, string, string, string> Requests => new()
    {
        // Who
        { Allocation, """{"account":"nobody","numbers":["{n1}"]}""", 400, "invalid", "account", "unknown-account" },
        { Allocation, """{"account":"{stranger}","numbers":["{n1}"]}""", 409, "account-not-at-site", "", "" },
        { Allocation, """{"account":"{foreign}","numbers":["{n1}"]}""", 400, "invalid", "account", "unknown-account" },
        { Import, """{"lines":[{"numbers":["{n50}"],"earmark":"nobody"}]}""", 400, "invalid", "lines[0].earmark",
            "unknown-account" },
        { Import, """{"lines":[{"numbers":["{n50}"]},{"numbers":["{n51}"],"earmark":"{stranger}"}]}""", 409,
            "account-not-at-site", "", "" },
        { "accounts/{stranger}/voice-services/main", """{"code":"voice","quantity":1}""", 409, "account-not-at-site",
            "", "" },
        { "accounts/nobody/voice-services/main", """{"code":"voice","quantity":1}""", 404, "not-found", "", "" },
        { "accounts/{tenant}/voice-services/MAIN", """{"code":"voice","quantity":1}""", 400, "bad-id", "service",
            "bad-id" },

        // Which numbers
        { Allocation, """{"account":"{tenant}"}""", 400, "invalid", "numbers", "one-of" },
        { Allocation, """{"account":"{tenant}","numbers":["{n1}"],"range":{"from":"{n1}","to":"{n2}"}}""", 400,
            "invalid", "numbers", "one-of" },
        { Allocation, """{"account":"{tenant}","numbers":[]}""", 400, "invalid", "numbers", "out-of-range" },
        { Allocation, """{"account":"{tenant}","numbers":[null]}""", 400, "invalid", "numbers[0]", "not-a-number" },
        { Allocation, """{"account":"{tenant}","numbers":["{n1}","{n2}","{n1}"]}""", 400, "invalid", "numbers[2]",
            "named-twice" },
        { Allocation, """{"account":"{tenant}","numbers":["{n1}","020 7000 0001"]}""", 409, "numbers-refused",
            "+442070000001", "not-provisioned" },
        { Allocation, """{"account":"{tenant}","numbers":["{n1} ext 5"]}""", 400, "invalid", "numbers[0]",
            "not-a-number" },
        { Allocation, """{"account":"{tenant}","numbers":["call {n1} now"]}""", 400, "invalid", "numbers[0]",
            "not-a-number" },
        { Allocation, """{"account":"{tenant}","numbers":["{n1}/{n2}"]}""", 400, "invalid", "numbers[0]",
            "not-a-number" },
        { Allocation, """{"account":"{tenant}","numbers":["999"]}""", 400, "invalid", "numbers[0]", "not-a-number" },
        { Allocation, """{"account":"{tenant}","numbers":["+999123456789"]}""", 400, "invalid", "numbers[0]",
            "not-a-number" },
        { Allocation, """{"account":"{tenant}","numbers":["442070000001"]}""", 400, "invalid", "numbers[0]",
            "lost-plus-sign" },
        { Allocation, """{"account":"{tenant}","range":{"from":"2070000001","to":"{n2}"}}""", 400, "invalid",
            "range.from", "lost-leading-zero" },
        { Allocation, """{"account":"{tenant}","numbers":["4.42079E+11"]}""", 400, "invalid", "numbers[0]",
            "calculated-number" },
        { Allocation, """{"account":"{tenant}","numbers":["=1+1"]}""", 400, "invalid", "numbers[0]", "not-a-number" },
        { Allocation, """{"account":"{tenant}","range":{"from":"{n5}","to":"{n2}"}}""", 400, "invalid", "range",
            "range-reversed" },
        { Allocation, """{"account":"{tenant}","range":{"from":"+44207000000","to":"{n2}"}}""", 400, "invalid", "range",
            "range-mixed-length" },
        { Allocation, """{"account":"{tenant}","range":{"from":"x","to":"{n2}"}}""", 400, "invalid", "range.from",
            "not-a-number" },
        { Allocation, """{"account":"{tenant}","range":{"from":"{n0}","to":"{n9700}"}}""", 400, "too-many-blocks", "",
            "" },
        { Allocation, """{"account":"{tenant}","range":{"from":"{n18}","to":"{n21}"}}""", 409, "numbers-refused",
            "{n20}", "not-provisioned" },
        { Import, """{"lines":[]}""", 400, "invalid", "lines", "out-of-range" },
        { Import, """{"lines":[null]}""", 400, "bad-json", "lines[0]", "bad-json" },
        { Import, """{"lines":[{}]}""", 400, "invalid", "lines[0].numbers", "one-of" },
        { Import, """{"lines":[{"numbers":["{n50}"]},{"numbers":["{n51}","{n50}"]}]}""", 409, "numbers-refused",
            "{n50}", "named-twice" },
        { Import, """{"lines":[{"range":{"from":"{n15}","to":"{n25}"}}]}""", 409, "numbers-refused", "{n15}",
            "already-provisioned" },
        { Import, """{"lines":[{"range":{"from":"{n100}","to":"{n9899}"}}]}""", 400, "too-many-blocks", "", "" },
        { Import, """{"lines":[{"range":{"from":"{n100}","to":"{n9799}"}},{"numbers":["{n9800}"]}]}""", 400,
            "too-many-blocks", "", "" },
        { Import, """{"lines":[{"numbers":["{n50}"],"kind":"Gold"}]}""", 400, "bad-json", "lines[0].kind", "bad-json" },

        // Which service
        { Service, """{"code":"gold","quantity":1}""", 400, "unknown-service", "", "" },
        { Service, """{"code":"A code\u0000","quantity":1}""", 400, "bad-id", "code", "bad-id" },
        { Service, """{"code":null,"quantity":1}""", 400, "bad-json", "code", "bad-json" },
        { Service, """{"code":"voice","quantity":0}""", 400, "invalid", "quantity", "out-of-range" },
        { Service, """{"code":"voice","quantity":-1}""", 400, "invalid", "quantity", "out-of-range" },
        { Service, """{"code":"voice","quantity":10001}""", 400, "invalid", "quantity", "out-of-range" },
        { Service, """{"code":"voice","quantity":1e2}""", 400, "bad-json", "quantity", "bad-json" },
        { Service, """{"code":"voice","quantity":21}""", 409, "pool-exhausted", "", "" },

        // JSON
        { Allocation, """{"account":"{tenant}","number":["{n1}"]}""", 400, "unknown-member", "number",
            "unknown-member" },
        { Allocation, """{"account":"{tenant}","numbers":["{n1}"],"numbers":["{n2}"]}""", 400, "bad-json", "",
            "bad-json" },
        { Allocation, """{"account":"{tenant}","numbers":["{n1}"]""", 400, "bad-json", "", "bad-json" },
        { Allocation, """{"account":"{tenant}","numbers":"{n1}"}""", 400, "bad-json", "numbers", "bad-json" },
        { Allocation, """{"account":null,"numbers":["{n1}"]}""", 400, "bad-json", "account", "bad-json" },
        { Allocation, "", 400, "bad-json", "$", "bad-json" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_that_cannot_be_is_refused_by_name_with_a_way_out_and_changes_nothing(
        string path, string body, int status, string code, string named, string error)
    {
        var place = await world.PlaceAsync();
        var before = place.Rows;

        var answer = await SendAsync(place, Fill(place, path), Fill(place, body));

        answer.IsProblem(status, code);
        Assert.Equal(before, place.Rows);
        if (error.Length == 0)
        {
            Assert.Empty(answer.Errors);
            return;
        }

        var first = answer.Errors[0];
        Assert.Equal(error, (string?)first["code"]);
        Assert.NotEmpty((string?)first["reason"] ?? "");
        Assert.NotEmpty((string?)first["wayOut"] ?? "");
        if (named.Length > 0)
            Assert.Equal(Fill(place, named), (string?)first["field"] ?? (string?)first["number"]);
    }

    [Fact]
    public async Task Ninety_seven_blocks_are_imported_and_allocated_at_once_and_lie_at_any_alignment()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var whole = new { range = place.Range(50, 9_649) };
        Assert.Equal(
            9_600, (int?)(await place.ImportAsync(new { lines = new[] { whole } })).Is(201).Body["numberCount"]);
        var allocated = (await place.AllocateAsync(new { account = place.Tenant, range = place.Range(50, 9_649) }))
            .Is(201);
        Assert.Equal(9_600, (int?)allocated.Body["numberCount"]);
    }

    [Fact]
    public async Task A_list_names_at_most_9700_numbers()
    {
        var place = await world.PlaceAsync();
        var answer = await place
            .AllocateAsync(new { account = place.Tenant, numbers = Enumerable.Repeat(place.Number(1), 9_701) });
        answer.IsProblem(400, "invalid");
        Assert.Equal("numbers", Assert.Single(answer.Fields));
    }

    [Fact]
    public async Task Every_wrong_number_of_a_list_is_named_at_once()
    {
        var place = await world.PlaceAsync();
        var answer = await place.AllocateAsync(
            new { account = place.Tenant, numbers = new[] { "x", place.Number(1), "", place.Number(1) } });
        answer.IsProblem(400, "invalid");
        Assert.Equal(["numbers[0]", "numbers[2]", "numbers[3]"], answer.Fields);
    }

    [Fact]
    public async Task Numbers_are_taken_in_the_sites_national_form()
    {
        var place = await world.PlaceAsync();
        var national = "0" + place.Number(1)[3..];
        (await place.AllocateAsync(
            new { account = place.Tenant, numbers = new[] { $"({national[..3]}) {national[3..7]}-{national[7..]}" } }))
                .Is(201);
        Assert.Equal(place.Numbers(1), await place.HasAsync(place.Tenant));
        (await world.App.GetAsync($"sites/{place.Site}/numbers/{national}", place.Admin)).Is(200);
    }

    [Fact]
    public async Task An_unknown_site_is_not_there_for_anybody()
    {
        foreach (var token in new[] { world.Platform, world.Admin, world.App
            .Token(Role.OperatorUser, "acme", sites: ["nowhere"]) })
        {
            (await world.App.PostAsync(
                "sites/nowhere/allocations", token, new { account = "acme", numbers = new[] { "+442070000000" } }))
                .IsProblem(404, "not-found");
            (await world.App.GetAsync("sites/nowhere/numbers", token)).IsProblem(404, "not-found");
        }
    }

    [Theory]
    [InlineData("""[null]""", "bad-json")]
    [InlineData("""[{"code":"voice","name":""}]""", "invalid")]
    [InlineData("""[{"code":"voice","name":"two\nlines"}]""", "invalid")]
    [InlineData("""[{"code":"voice","name":"long"}]""", "invalid")]
    [InlineData("""[{"code":"voice","name":"V"},{"code":"voice","name":"W"}]""", "invalid")]
    [InlineData("""[{"code":"Voice","name":"V"}]""", "invalid")]
    [InlineData("""[]""", "invalid")]
    [InlineData("""[{"code":"voice","name":"V","numbersPerUnit":101}]""", "invalid")]
    [InlineData("""[{"code":"voice","name":"V","extra":-1}]""", "invalid")]
    public async Task Rules_that_cannot_be_are_refused_and_nothing_changes(string services, string code)
    {
        var place = await world.PlaceAsync(numbers: 1);
        var before = place.Rows;
        services = services.Replace("long", new string('x', 81), StringComparison.Ordinal);
        var body = $"{{\"managedByPlatform\":true,\"onBehalfAllowed\":true,\"services\":{services},\"policies\":{{}}}}";
        (await world.App.PutAsync($"sites/{place.Site}/rules", place.Platform, body)).IsProblem(400, code);
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task As_many_services_as_there_may_be_with_the_longest_names_can_be_stored()
    {
        var place = await world.PlaceAsync(numbers: 1);
        var services = Enumerable.Range(0, 50).Select(i => new { code = $"{new string('s', 38)}{i:d2}",
            name = new string('é', 80), numbersPerUnit = 100, extra = 1000 });
        await place.RulesAsync(rules => rules["services"] = JsonSerializer.SerializeToNode(services));
    }

    Task<Answer> SendAsync(Place place, string path, string body) =>
        path.Contains("voice-services", StringComparison.Ordinal)
        ? world.App.PutAsync($"sites/{place.Site}/{path}", place.Admin, body, key: world.App.NewKey())
        : world.App.PostAsync($"sites/{place.Site}/{path}", path is Import ? place.Platform : place.Admin, body);

    static string Fill(Place place, string text)
    {
        foreach (var (name, value) in new[] { ("tenant", place.Tenant), ("stranger", place.Stranger),
            ("foreign", "rival") })
            text = text.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        foreach (var offset in new[] { 0, 1, 2, 5, 15, 18, 20, 21, 25, 50, 51, 100, 9_700, 9_799, 9_800, 9_899 })
            text = text.Replace($"{{n{offset}}}", place.Number(offset), StringComparison.Ordinal);
        return text;
    }
}
