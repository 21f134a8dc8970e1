using System.Text.Json.Nodes;
using Telephony.Domain.Access;

namespace Telephony.Functions.Tests.Lists;

/// <summary>Lists page by page: everything exactly once, whatever the size of a page.</summary>
public sealed class PagingTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_sites_numbers_come_exactly_once_in_pages_of_any_size()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var offsets = Enumerable.Range(97, 6).Concat([205, 399, 400, 9_999]).ToArray();
        (await place.ImportAsync(new { lines = new[] { new { numbers = place.Numbers(offsets) } } })).Is(201);

        for (var top = 1; top <= offsets.Length + 1; top++)
        {
            var list = await place.ListAsync($"sites/{place.Site}/numbers", top: top);
            Assert.Equal(place.Numbers(offsets), list.Select(number => (string)number["number"]!));
        }
    }

    [Fact]
    public async Task An_accounts_numbers_come_exactly_once_over_all_its_sites()
    {
        var (one, two) = (await world.PlaceAsync(), await world.PlaceAsync());
        var empty = await world.PlaceAsync(numbers: 0);
        await AttachAsync(one, [one.Site, two.Site, empty.Site]);
        // Numbers do not ascend with the sites: a lower one than the last of a page is still to come.
        (await one.ImportAsync(new { lines = new[] { new { numbers = one.Numbers(9_000) } } })).Is(201);
        (await two.ImportAsync(new { lines = new[] { new { numbers = one.Numbers(5_000) } } })).Is(201);
        await AllocateAsync(one, one.Tenant, 9_000);
        (await two.AllocateAsync(new { account = one.Tenant, numbers = one.Numbers(5_000) })).Is(201);
        await AllocateAsync(one, one.Tenant, 1, 5, 6);
        await AllocateAsync(two, one.Tenant, 0, 19);
        await AllocateAsync(two, two.Tenant, 3);
        string[] expected = [.. one.Numbers(1, 5, 6, 5_000, 9_000), .. two.Numbers(0, 19)];

        for (var top = 1; top <= 8; top++)
        {
            var list = await one.ListAsync($"accounts/{one.Tenant}/numbers", top: top);
            Assert.Equal(expected, list.Select(number => (string)number["number"]!).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task An_operators_user_gets_an_accounts_numbers_at_its_own_sites_only()
    {
        var (one, two) = (await world.PlaceAsync(), await world.PlaceAsync());
        await AttachAsync(one, [one.Site, two.Site]);
        await AllocateAsync(one, one.Tenant, 1);
        await AllocateAsync(two, one.Tenant, 2);
        var token = world.App.Token(Role.OperatorUser, "acme", sites: [two.Site]);

        for (var top = 1; top <= 2; top++)
        {
            var list = await one.ListAsync($"accounts/{one.Tenant}/numbers", token, top);
            Assert.Equal([two.Number(2)], list.Select(number => (string)number["number"]!));
        }
    }

    [Theory]
    [InlineData("state=Available", 0, 1, 3, 5)]
    [InlineData("state=Reserved", 2, 4)]
    [InlineData("role=NominatedMain", 1)]
    [InlineData("role=Direct&state=Available", 0, 3, 5)]
    [InlineData("kind=Premium", 3, 4)]
    [InlineData("kind=Premium&state=Reserved", 4)]
    [InlineData("account={tenant}", 2)]
    [InlineData("account={neighbour}&kind=Premium", 4)]
    [InlineData("account={stranger}")]
    public async Task Filters_hold_together_and_over_pages(string filter, params int[] expected)
    {
        var place = await world.PlaceAsync(numbers: 0);
        (await place.ImportAsync(new
        {
            lines = new object[]
            {
                new { numbers = place.Numbers(0, 2, 5) },
                new { numbers = place.Numbers(1), nominated = true },
                new { numbers = place.Numbers(3, 4), kind = "Premium" },
            },
        })).Is(201);
        await AllocateAsync(place, place.Tenant, 2);
        await AllocateAsync(place, place.Neighbour, 4);
        filter = filter.Replace("{tenant}", place.Tenant, StringComparison.Ordinal)
            .Replace("{neighbour}", place.Neighbour, StringComparison.Ordinal)
            .Replace("{stranger}", place.Stranger, StringComparison.Ordinal);

        for (var top = 1; top <= 3; top++)
        {
            var list = await place.ListAsync($"sites/{place.Site}/numbers?{filter}", top: top);
            Assert.Equal(place.Numbers(expected), list.Select(number => (string)number["number"]!));
        }
    }

    [Theory]
    [InlineData("state=available")]
    [InlineData("state=Available,Reserved")]
    [InlineData("state=Available&state=Reserved")]
    [InlineData("state=0")]
    [InlineData("state=")]
    [InlineData("state=%20Available")]
    [InlineData("role=Master")]
    [InlineData("kind=*")]
    [InlineData("account=UPPER")]
    [InlineData("account=")]
    [InlineData("top=0")]
    [InlineData("after=%00")]
    public async Task A_filter_that_is_not_understood_is_refused_and_never_ignored(string query)
    {
        var place = await world.PlaceAsync(numbers: 1);
        var answer = await world.App.GetAsync($"sites/{place.Site}/numbers?{query}", place.Admin);
        answer.IsProblem(400, query.StartsWith("account", StringComparison.Ordinal) ? "bad-id" : "bad-parameter");
        Assert.Equal(query[..query.IndexOf('=', StringComparison.Ordinal)], Assert.Single(answer.Fields));
    }

    [Fact]
    public async Task The_token_of_another_list_is_refused()
    {
        var place = await world.PlaceAsync();
        await AllocateAsync(place, place.Tenant, 1, 2);
        await AllocateAsync(place, "acme", 3);
        await place.AssignAsync(place.Tenant, "a", 1);
        await place.AssignAsync(place.Tenant, "b", 1);
        string[] lists =
        [
            $"sites/{place.Site}/numbers", $"accounts/{place.Tenant}/numbers", $"sites/{place.Site}/operations",
            $"sites/{place.Site}/accounts/{place.Tenant}/voice-services",
        ];

        foreach (var list in lists)
        {
            var next = (string?)(await world.App.GetAsync($"{list}?top=1", place.Admin)).Is(200).Body["next"];
            Assert.NotNull(next);
            foreach (var other in lists)
            {
                var answer = await world.App.GetAsync($"{other}?after={next}", place.Admin);
                if (other == list)
                    answer.Is(200);
                else
                    answer.IsProblem(400, "bad-parameter");
            }
        }
    }

    [Fact]
    public async Task A_token_survives_changes_between_pages()
    {
        var place = await world.PlaceAsync(numbers: 0);
        (await place.ImportAsync(new { lines = new[] { new { numbers = place.Numbers(10, 20, 30) } } })).Is(201);
        var first = (await world.App.GetAsync($"sites/{place.Site}/numbers?state=Available&top=2", place.Admin))
            .Is(200);
        Assert.Equal(place.Numbers(10, 20), first.Items.Select(number => (string)number["number"]!));

        // The number that the token names leaves the list, one comes before it and one after it.
        await AllocateAsync(place, place.Tenant, 20);
        (await place.ImportAsync(new { lines = new[] { new { numbers = place.Numbers(5, 25, 200) } } })).Is(201);

        var rest = await world.App
            .GetAsync($"sites/{place.Site}/numbers?state=Available&after={first.Body["next"]}", place.Admin);
        Assert.Equal(place.Numbers(25, 30, 200), rest.Items.Select(number => (string)number["number"]!));
    }

    [Fact]
    public async Task A_sites_operations_come_exactly_once_and_by_state()
    {
        var place = await world.PlaceAsync();
        var ids = new List<string> { (await world.App.GetAsync($"sites/{place.Site}/operations", place.Platform)).Items
            .Single()["id"]!.ToString() };
        for (var number = 0; number < 4; number++)
            ids.Add((await place.AllocateAsync(place.Tenant, number)).Is(201).Id);

        for (var top = 1; top <= 6; top++)
            Assert.Equal(ids.Order(
                StringComparer.Ordinal), Ids(await place.ListAsync($"sites/{place.Site}/operations", top: top)));
        Assert.Equal(5, (await place.ListAsync($"sites/{place.Site}/operations?state=Succeeded", top: 2)).Count);
        Assert.Empty(await place.ListAsync($"sites/{place.Site}/operations?state=Running", top: 2));
    }

    [Fact]
    public async Task An_accounts_voice_services_come_exactly_once()
    {
        var place = await world.PlaceAsync();
        foreach (var service in new[] { "c", "a", "b-1", "b" })
            await place.AssignAsync(place.Tenant, service, 1);
        for (var top = 1; top <= 5; top++)
        {
            Assert.Equal(
                ["a", "b", "b-1", "c"],
                Ids(await place.ListAsync($"sites/{place.Site}/accounts/{place.Tenant}/voice-services", top: top)));
        }
    }

    static IEnumerable<string> Ids(IEnumerable<JsonNode> items) => items.Select(item => (string)item["id"]!);

    static async Task AllocateAsync(Place place, string account, params int[] offsets) =>
        (await place.AllocateAsync(account, offsets)).Is(201);

    static async Task AttachAsync(Place place, string[] sites)
    {
        var account = (await place.App.GetAsync($"accounts/{place.Tenant}", place.Admin)).Is(200);
        (await place.App.PutAsync($"accounts/{place.Tenant}", place.Admin, new { name = "All", sites }, account.ETag))
            .Is(200);
    }
}
