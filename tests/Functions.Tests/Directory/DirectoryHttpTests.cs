using System.Text.Json.Nodes;
using Telephony.Domain.Access;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Directory;

public sealed class DirectoryHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    static readonly object London = new
    {
        @operator = "acme", name = "London", country = "GB", timeZone = "Europe/London", address = "1 High Street",
    };

    TestApp app = null!;
    string platform = "";
    string admin = "";

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(azurite);
        platform = app.Token(Role.Platform);
        admin = app.Token(Role.OperatorAdmin, "acme");
        Assert.Equal(201, (await app.PutAsync("operators/acme", platform, new { name = "Acme" })).Status);
        Assert.Equal(201, (await app.PutAsync("sites/london", platform, London)).Status);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Health_is_open_to_all() =>
        Assert.Equal("ok", (string?)(await app.GetAsync("health", token: null)).Body["status"]);

    [Fact]
    public async Task A_site_is_read_back_as_it_was_written_with_the_same_version()
    {
        var read = await app.GetAsync("sites/london", admin);

        Assert.Equal(200, read.Status);
        Assert.Equal(
            """{"id":"london","operator":"acme","name":"London","country":"GB","timeZone":"Europe/London","""
                + "\"address\":\"1 High Street\"}",
            read.Body.ToJsonString());
        Assert.Matches("^\"[A-Za-z0-9_-]+\"$", read.ETag);
        Assert.Equal(read.ETag, (await app.PutAsync("sites/london", platform, London)).ETag);
    }

    [Fact]
    public async Task An_operator_comes_with_its_own_account_and_both_are_renamed_together()
    {
        var created = await app.GetAsync("operators/acme", platform);
        var renamed = await app.PutAsync("operators/acme", platform, new { name = " Acme & Söhne " }, created.ETag);

        Assert.Equal((200, "Acme & Söhne"), (renamed.Status, (string?)renamed.Body["name"]));
        Assert.NotEqual(created.ETag, renamed.ETag);
        var account = (await app.GetAsync("accounts/acme", admin)).Body;
        Assert.Equal(("Operator", "Acme & Söhne"), ((string?)account["kind"], (string?)account["name"]));
        (await app.PutAsync("accounts/acme", admin, new { name = "Mine", sites = Array.Empty<string>() }))
            .IsProblem(409, "operators-own-account");
    }

    [Theory]
    [InlineData("operators/acme", """{"name":"Other"}""")]
    [InlineData("sites/london",
        """{"operator":"acme","name":"Other","country":"GB","timeZone":"Europe/London","address":"2"}""")]
    [InlineData("accounts/tenant", """{"name":"Other","sites":[]}""")]
    [InlineData("accounts/acme/users/ann", """{"name":"Other","email":"a@b.example","role":"OperatorAdmin"}""")]
    public async Task A_change_needs_the_version_that_it_changes(string path, string body)
    {
        var token = path.StartsWith("acc", StringComparison.Ordinal) ? admin : platform;
        await TenantAsync();
        Assert.InRange(
            (await app.PutAsync("accounts/acme/users/ann", admin, User("Ann", "OperatorUser"))).Status, 200, 201);
        var version = (await app.GetAsync(path, token)).ETag!;
        var before = app.Directory.Rows.Select(row => row.ETag).ToList();

        (await app.PutAsync(path, token, body, "")).IsProblem(428, "precondition-required");
        (await app.PutAsync(path, token, body)).IsProblem(412, "precondition-failed");
        (await app.PutAsync(path, token, body, "\"b2xk\"")).IsProblem(412, "precondition-failed");
        foreach (var bad in new[] { "*", "W/" + version, version + "," + version, "x", "\"\"", "\"Kg\"", "\"%\"" })
            (await app.PutAsync(path, token, body, bad)).IsProblem(400, "bad-precondition");

        Assert.Equal(before, app.Directory.Rows.Select(row => row.ETag));
        Assert.Equal(200, (await app.PutAsync(path, token, body, version)).Status);
        (await app.PutAsync(path, token, body.Replace("Other", "Third", StringComparison.Ordinal), version))
            .IsProblem(412, "precondition-failed");
    }

    [Fact]
    public async Task A_put_of_what_is_stored_already_answers_200_and_writes_nothing()
    {
        var before = app.Directory.Rows.Select(row => row.ETag).ToList();
        foreach (var match in new[] { null, "\"b2xk\"" })
            Assert.Equal(200, (await app.PutAsync("sites/london", platform, London, match)).Status);
        Assert.Equal(before, app.Directory.Rows.Select(row => row.ETag));
    }

    [Fact]
    public async Task A_site_id_belongs_to_one_operator_everywhere()
    {
        await app.PutAsync("operators/other", platform, new { name = "Other" });
        var theirs = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(London))!;
        theirs["operator"] = "other";
        var version = (await app.GetAsync("sites/london", platform)).ETag;

        (await app.PutAsync("sites/london", platform, theirs)).IsProblem(409, "id-taken");
        (await app.PutAsync("sites/london", platform, theirs, version)).IsProblem(409, "id-taken");
        Assert.Equal("acme", (string?)(await app.GetAsync("sites/london", platform)).Body["operator"]);
    }

    [Fact]
    public async Task Everything_wrong_with_a_site_is_named_at_once()
    {
        var answer = await app.PutAsync("sites/paris", platform, new
        {
            @operator = "nobody", name = " ", country = "gb", timeZone = "../../etc/passwd", address = "a\nb",
        });

        answer.IsProblem(400, "invalid");
        Assert.Equal(["address", "country", "name", "operator", "timeZone"], answer.Fields.Order());
    }

    [Fact]
    public async Task What_is_wrong_with_a_site_is_not_sent_back_at_length()
    {
        var endless = new string('x', 5_000);
        var answer = await app.PutAsync("sites/paris", platform, new
        {
            @operator = "acme", name = "Paris", country = endless, timeZone = endless, address = "1 Rue",
        });

        Assert.Equal(["country", "timeZone"], answer.Fields.Order());
        Assert.DoesNotContain(endless[..100], answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Europe/London", 201)]
    [InlineData("America/Argentina/Buenos_Aires", 201)]
    [InlineData("UTC", 201)]
    [InlineData("Europe/Nowhere", 400)]
    [InlineData("GMT Standard Time", 400)]
    [InlineData("/usr/share/zoneinfo/UTC", 400)]
    public async Task A_time_zone_is_an_IANA_name(string zone, int status) =>
        Assert.Equal(status, (await app.PutAsync("sites/paris", platform, new
        {
            @operator = "acme", name = "Paris", country = "FR", timeZone = zone, address = "1 Rue",
        })).Status);

    [Fact]
    public async Task An_account_is_attached_to_its_operators_sites_only_and_each_other_one_is_named()
    {
        var answer =
            await app.PutAsync(
            "accounts/tenant", admin, new { name = "T", sites = new[] { "london", "nowhere", "paris" } });
        answer.IsProblem(400, "invalid");
        Assert.Equal(["sites[1]", "sites[2]"], answer.Fields);
        Assert.Equal(404, (await app.GetAsync("accounts/tenant", admin)).Status);

        await TenantAsync();
        Assert.Equal(
            """{"id":"tenant","operator":"acme","kind":"Occupier","name":"Tenant","sites":["london"]}""",
            (await app.GetAsync("accounts/tenant", admin)).Body.ToJsonString());
    }

    [Fact]
    public async Task A_user_fits_its_account_and_its_id_is_taken_within_the_operator()
    {
        await TenantAsync();
        var wrong = await app.PutAsync(
            "accounts/tenant/users/eve", admin, User("Eve", "OperatorAdmin", "not an address"));
        wrong.IsProblem(400, "invalid");
        Assert.Equal(["email", "role"], wrong.Fields.Order());

        var created = await app.PutAsync("accounts/tenant/users/eve", admin, User("Eve", "OccupierUser"));
        Assert.Equal(201, created.Status);
        (await app.PutAsync("accounts/acme/users/eve", admin, User("Eve", "OperatorUser"))).IsProblem(409, "id-taken");

        Assert.Equal(204, (await DeleteAsync("accounts/tenant/users/eve", created.ETag)).Status);
        Assert.Equal(404, (await app.GetAsync("accounts/tenant/users/eve", admin)).Status);
        Assert.Equal(201, (await app.PutAsync("accounts/acme/users/eve", admin, User("Eve", "OperatorUser"))).Status);
    }

    [Fact]
    public async Task A_user_is_removed_at_the_version_that_was_read()
    {
        await TenantAsync();
        var created = await app.PutAsync("accounts/tenant/users/eve", admin, User("Eve", "OccupierUser"));

        (await DeleteAsync("accounts/tenant/users/eve", null)).IsProblem(428, "precondition-required");
        (await DeleteAsync("accounts/tenant/users/eve", "\"b2xk\"")).IsProblem(412, "precondition-failed");
        Assert.Equal(200, (await app.GetAsync("accounts/tenant/users/eve", admin)).Status);
        Assert.Equal(204, (await DeleteAsync("accounts/tenant/users/eve", created.ETag)).Status);
        (await DeleteAsync("accounts/tenant/users/eve", created.ETag)).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_list_comes_in_pages_that_have_each_entry_once()
    {
        var ids = new[] { "a", "a-b", "a0", "ab", "b", "tenant" };
        foreach (var id in ids)
            await app.PutAsync($"accounts/{id}", admin, new { name = id, sites = Array.Empty<string>() });

        var (seen, after) = (new List<string>(), "");
        do
        {
            var page = (await app.GetAsync($"accounts?top=2{after}", admin)).Body;
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            after = page["next"] is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);

        Assert.Equal(ids.Append("acme").Order(StringComparer.Ordinal), seen);
    }

    [Theory]
    [InlineData("top=0")]
    [InlineData("top=1001")]
    [InlineData("top=-1")]
    [InlineData("top=1&top=2")]
    [InlineData("top=99999999999")]
    [InlineData("after=%25")]
    [InlineData("after=")]
    [InlineData("after=QQ")]
    public async Task A_page_that_cannot_be_is_refused(string query) =>
        (await app.GetAsync($"accounts?{query}", admin)).IsProblem(400, "bad-parameter");

    [Fact]
    public async Task The_platform_lists_all_operators_and_an_operator_itself()
    {
        await app.PutAsync("operators/other", platform, new { name = "Other" });
        Assert.Equal(2, (await app.GetAsync("operators", platform)).Body["items"]!.AsArray().Count);
        Assert.Equal(
            "acme", (string?)(await app.GetAsync("operators", admin)).Body["items"]!.AsArray().Single()!["id"]);
    }

    Task<Answer> DeleteAsync(string path, string? match) => app.SendAsync(HttpMethod.Delete, path, admin, request =>
    {
        if (match is not null)
            request.Headers.TryAddWithoutValidation("If-Match", match);
    });

    async Task TenantAsync() => Assert.InRange(
        (await app.PutAsync("accounts/tenant", admin, new { name = "Tenant", sites = new[] { "london" } })).Status,
            200, 201);

    static object User(string name, string role, string email = "eve@tenant.example") => new { name, email, role };
}
