using Telephony.Domain.Access;

namespace Telephony.Functions.Tests.Requirements;

public sealed class ManualAllocationTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task R2_Numbers_are_allocated_to_an_occupier_and_to_the_operator_itself()
    {
        var place = await world.PlaceAsync();
        foreach (var (account, number) in new[] { (place.Tenant, 3), ("acme", 5) })
        {
            var done = (await place.AllocateAsync(account, number)).Is(201);
            Assert.Equal(
                ("Succeeded", account, place.Number(number), "olga"),
                ((string?)done.Body["state"], (string?)done.Body["account"],
                    (string?)done.Body["numbers"]![0]!["number"],
                    (string?)done.Body["requestedBy"]));
            Assert.Equal([place.Number(number)], await place.HasAsync(account));
        }
    }

    [Fact]
    public async Task R3_Only_numbers_that_are_provisioned_at_the_site_are_allocated()
    {
        var (here, there) = (await world.PlaceAsync(), await world.PlaceAsync());
        var before = (here.Rows, there.Rows);

        var answer = await here
            .AllocateAsync(new { account = here.Tenant, numbers = new[] { here.Number(1), there.Number(1) } });

        answer.IsProblem(409, "numbers-refused");
        var error = Assert.Single(answer.Errors);
        Assert.Equal((there.Number(1), "not-provisioned"), ((string?)error["number"], (string?)error["code"]));
        Assert.Equal("Choose one from the site's list.", (string?)error["wayOut"]);
        Assert.Equal(before, (here.Rows, there.Rows), SameRows);
    }

    [Fact]
    public async Task R4_A_reserved_number_is_the_accounts_and_nobody_else_can_take_it()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Tenant, 7)).Is(201);
        var before = place.Rows;

        var number = (await world.App.GetAsync($"sites/{place.Site}/numbers/{place.Number(7)}", place.Admin))
            .Is(200).Body;
        Assert.Equal(
            ("Reserved", place.Tenant, "ByHand", 2),
            ((string?)number["state"], (string?)number["account"], (string?)number["source"], (int?)number["version"]));

        foreach (var (account, token) in new[] { (place.Neighbour, place.Admin), ("acme", place.Admin),
            (place.Neighbour, place.Platform) })
        {
            var refused = await place.AllocateAsync(new { account, numbers = place.Numbers(7) }, token: token);
            refused.IsProblem(409, "numbers-refused");
            Assert.Equal("number-taken", (string?)Assert.Single(refused.Errors)["code"]);
        }

        var service = await place.AssignAsync(place.Neighbour, "main", 19);
        Assert.Equal("Succeeded", (string?)service["state"]);
        Assert.Equal([place.Number(7)], await place.HasAsync(place.Tenant));
        Assert.Contains(
            before.Single(row => row.StartsWith($"A|{place.Tenant} ", StringComparison.Ordinal)), place.Rows);
    }

    [Theory]
    [InlineData(Role.OperatorAdmin)]
    [InlineData(Role.OperatorUser)]
    [InlineData(Role.OccupierAdmin)]
    [InlineData(Role.OccupierUser)]
    public async Task R12_Nobody_but_the_platform_creates_numbers(Role role)
    {
        var place = await world.PlaceAsync();
        var token = world.App.Token(
            role, "acme", role is Role.OccupierAdmin or Role.OccupierUser ? place.Tenant : null,
            role is Role.OperatorUser ? [place.Site] : null);
        var before = place.Rows;

        (await place.ImportAsync(new { lines = new[] { new { numbers = place.Numbers(50) } } }, token: token))
            .IsProblem(403, "forbidden");

        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task R17_The_sites_list_shows_every_number_with_its_state_as_soon_as_it_is_imported()
    {
        var place = await world.PlaceAsync(numbers: 0);
        var imported = (await place.ImportAsync(new
        {
            lines = new object[]
            {
                new { range = place.Range(95, 104) },
                new { numbers = place.Numbers(300), nominated = true },
                new { numbers = place.Numbers(301), kind = "Premium", earmark = place.Tenant },
            },
        })).Is(201);

        Assert.Equal(("Import", 12), ((string?)imported.Body["kind"], (int?)imported.Body["numberCount"]));
        var list = await place.ListAsync($"sites/{place.Site}/numbers");
        Assert.Equal(Enumerable
            .Range(95, 10).Append(300).Append(301).Select(place.Number), list.Select(n => (string)n["number"]!));
        Assert.All(list, number => Assert.Equal("Available", (string?)number["state"]));
        Assert.Equal("NominatedMain", (string?)list[10]["role"]);
        Assert.Equal(("Premium", place.Tenant), ((string?)list[11]["kind"], (string?)list[11]["earmark"]));
    }

    [Fact]
    public async Task R20_R22_R23_The_site_the_occupier_and_the_operator_are_three_views_of_the_same_numbers()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Tenant, 1, 2)).Is(201);
        (await place.AllocateAsync("acme", 3)).Is(201);
        (await place.AllocateAsync(place.Neighbour, 4)).Is(201);

        Assert.Equal(20, (await place.ListAsync($"sites/{place.Site}/numbers")).Count);
        foreach (var (account, numbers) in new[] { (place.Tenant, place.Numbers(1, 2)),
            (place.Neighbour, place.Numbers(4)), ("acme", place.Numbers(3)) })
        {
            Assert.Equal(numbers, await place.HasAsync(account));
            Assert.Equal(numbers, (await place.ListAsync($"accounts/{account}/numbers"))
                .Where(n => (string?)n["site"] == place.Site).Select(n => (string)n["number"]!));
        }

        var own = world.App.Token(Role.OccupierAdmin, "acme", place.Tenant);
        Assert.Equal(2, (await place.ListAsync($"accounts/{place.Tenant}/numbers", own)).Count);
        (await world.App.GetAsync($"accounts/{place.Neighbour}/numbers", own)).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task R21_The_provisioned_numbers_are_viewed_by_state_and_then_allocated_by_hand()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Tenant, 0)).Is(201);
        var free = await place.ListAsync($"sites/{place.Site}/numbers?state=Available");
        Assert.Equal(19, free.Count);

        (await place.AllocateAsync(new { account = place.Tenant, numbers = new[] { (string)free[0]["number"]! } }))
            .Is(201);
        Assert.Equal(place.Numbers(0, 1), await place.HasAsync(place.Tenant));
    }

    [Fact]
    public async Task R25_A_list_or_a_range_is_allocated_whole_or_not_at_all_with_a_reason_for_each_number_in_the_way()
    {
        var place = await world.PlaceAsync(numbers: 0);
        (await place.ImportAsync(new
        {
            lines = new object[]
            {
                new { range = place.Range(90, 110) },
                new { numbers = place.Numbers(111), nominated = true },
                new { numbers = place.Numbers(112), earmark = place.Neighbour },
            },
        })).Is(201);
        (await place.AllocateAsync(place.Neighbour, 99)).Is(201);
        var before = place.Rows;

        var refused = await place.AllocateAsync(new { account = place.Tenant, range = place.Range(95, 113) });
        refused.IsProblem(409, "numbers-refused");
        Assert.Equal(
            [(99, "number-taken"), (111, "nominated-main"), (112, "earmarked"), (113, "not-provisioned")],
            refused.Errors.Select(
                error => (int.Parse(((string)error["number"]!)[^3..], null), (string)error["code"]!)));
        Assert.All(refused.Errors, error => Assert.NotEmpty((string)error["reason"]!));
        Assert.Equal(before, place.Rows);

        (await place.AllocateAsync(new { account = place.Tenant, range = place.Range(100, 110) })).Is(201);
        (await place.AllocateAsync(place.Tenant, 90, 95)).Is(201);
        Assert.Equal(new[] { 90, 95 }
            .Concat(Enumerable.Range(100, 11)).Select(place.Number), await place.HasAsync(place.Tenant));
    }

    [Fact]
    public async Task R32_A_number_that_was_asked_for_by_name_is_never_replaced_by_another()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Neighbour, 5)).Is(201);
        var before = place.Rows;
        (await place.AllocateAsync(place.Tenant, 5)).IsProblem(409, "numbers-refused");
        Assert.Equal(before, place.Rows);

        var got = (await place.AllocateAsync(place.Tenant, 13)).Is(201);
        Assert.Equal("Asked for by number.", (string?)got.Body["numbers"]![0]!["reason"]);
        await place.AssignAsync(place.Tenant, "main", 2);
        Assert.Contains(place.Number(13), await place.HasAsync(place.Tenant));
    }

    static bool SameRows(
        (IReadOnlyList<string>, IReadOnlyList<string>) one, (IReadOnlyList<string>, IReadOnlyList<string>) two) =>
        one.Item1.SequenceEqual(two.Item1) && one.Item2.SequenceEqual(two.Item2);
}
