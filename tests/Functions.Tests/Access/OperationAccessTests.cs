using Telephony.Domain.Access;

namespace Telephony.Functions.Tests.Access;

/// <summary>Who sees which operation, at every address that shows one.</summary>
public sealed class OperationAccessTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("paula", "import by-admin by-user by-platform other")]
    [InlineData("olga", "import by-admin by-user by-platform other")]
    [InlineData("oscar", "import by-admin by-user by-platform other")]
    [InlineData("colleague", "import by-admin by-user by-platform other")]
    [InlineData("ada", "by-admin by-user by-platform")]
    [InlineData("neighbour", "other")]
    [InlineData("user of the occupier", "")]
    [InlineData("user of another site", "404")]
    [InlineData("rita", "404")]
    public async Task An_operation_is_shown_to_those_it_concerns(string caller, string expected)
    {
        var place = await world.PlaceAsync();
        await place.RulesAsync(rules => rules["policies"]!["operatorUserAllocates"] = true);
        var operations = new Dictionary<string, string>
        {
            ["import"] = (string)(await place.ListAsync($"sites/{place.Site}/operations")).Single()["id"]!,
            ["by-admin"] = (await place.AllocateAsync(place.Tenant, 1)).Is(201).Id,
            ["by-user"] = await ByAsync(Token(place, "oscar"), 2),
            ["by-platform"] = await ByAsync(place.Platform, 3),
            ["other"] = (await place.AllocateAsync(place.Neighbour, 4)).Is(201).Id,
        };
        var token = Token(place, caller);

        foreach (var (name, id) in operations)
        {
            var status = expected is "403" or "404"
                ? int.Parse(expected, null)
                : expected.Split(' ').Contains(name) ? 200 : 404;
            var kind = name is "import" ? "imports" : "allocations";
            foreach (var path in new[] { $"operations/{id}", $"sites/{place.Site}/{kind}/{id}" })
                Assert.Equal((name, path, status), (name, path, (await world.App.GetAsync(path, token)).Status));
        }

        var list = await world.App.GetAsync($"sites/{place.Site}/operations?top=1000", token);
        if (expected is "403" or "404")
        {
            list.IsProblem(int.Parse(expected, null), expected is "403" ? "forbidden" : "not-found");
            return;
        }

        Assert.All(list.Items, item => Assert.Null(item["numbers"]));
        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            list.Items.Select(item => operations.Single(o => o.Value == (string)item["id"]!).Key)
                .Order(StringComparer.Ordinal));

        async Task<string> ByAsync(string by, int number) => (await place.AllocateAsync(
            new { account = place.Tenant, numbers = place.Numbers(number) }, token: by)).Is(201).Id;
    }

    [Fact]
    public async Task R14_The_platform_acts_for_the_operator_where_the_site_lets_it_and_the_operation_says_so()
    {
        var place = await world.PlaceAsync();
        var body = new { account = place.Tenant, numbers = place.Numbers(1) };
        var done = (await place.AllocateAsync(body, token: place.Platform)).Is(201);
        Assert.Equal(("paula", "acme"), ((string?)done.Body["requestedBy"], (string?)done.Body["onBehalfOf"]));
        Assert.Null((await place.AllocateAsync(place.Tenant, 2)).Is(201).Body["onBehalfOf"]);

        await place.RulesAsync(rules => rules["onBehalfAllowed"] = false);
        var before = place.Rows;
        (await place.AllocateAsync(new { account = place.Tenant, numbers = place.Numbers(3) }, token: place.Platform))
            .IsProblem(403, "forbidden");
        (await place.ServiceAsync(place.Tenant, "main", 9, token: place.Platform)).IsProblem(403, "forbidden");
        Assert.Equal(before, place.Rows);
        (await place.AllocateAsync(place.Tenant, 3)).Is(201);
    }

    [Fact]
    public async Task An_operators_user_allocates_and_assigns_where_the_sites_policies_say_so_each_for_itself()
    {
        var place = await world.PlaceAsync();
        var token = Token(place, "oscar");
        Assert.Equal((403, 403), await TryAsync(1));
        await place.RulesAsync(rules => rules["policies"]!["operatorUserAllocates"] = true);
        Assert.Equal((201, 403), await TryAsync(2));
        await place.RulesAsync(rules => rules["policies"]!["operatorUserAssignsServices"] = true);
        Assert.Equal((201, 202), await TryAsync(3));
        await place.RulesAsync(rules => rules["policies"]!["operatorUserAllocates"] = false);
        Assert.Equal((403, 202), await TryAsync(4));

        async Task<(int, int)> TryAsync(int number)
        {
            var service = await place.ServiceAsync(place.Tenant, $"s-{number}", 1, token: token);
            if (service.Status == 202)
                await place.EndAsync(service);
            var body = new { account = place.Neighbour, numbers = place.Numbers(19 - number) };
            return ((await place.AllocateAsync(body, token: token)).Status, service.Status);
        }
    }

    string Token(Place place, string caller) => caller switch
    {
        "paula" => place.Platform,
        "olga" => place.Admin,
        "oscar" or "colleague" => world.App.Token(Role.OperatorUser, "acme", sites: [place.Site], user: caller),
        "ada" => world.App.Token(Role.OccupierAdmin, "acme", place.Tenant, user: caller),
        "neighbour" => world.App.Token(Role.OccupierAdmin, "acme", place.Neighbour, user: caller),
        "user of the occupier" => world.App.Token(Role.OccupierUser, "acme", place.Tenant, user: "amir"),
        "user of another site" => world.App.Token(Role.OperatorUser, "acme", sites: ["site-of-another"], user: "oscar"),
        _ => world.Rival,
    };
}
