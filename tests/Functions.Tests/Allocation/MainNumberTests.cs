using System.Text.Json.Nodes;
using Telephony.Domain;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Tests.Allocation;

/// <summary>An account's first service, where it needs a main number.</summary>
public sealed class MainNumberTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Each_account_gets_one_main_number_with_its_first_service_and_nobody_else_gets_it()
    {
        var place = await PlaceAsync(18, 19);
        var first = await place.AssignAsync(place.Tenant, "main", 2);
        Assert.Equal(("Succeeded", 3), ((string?)first["state"], (int?)first["numberCount"]));
        Assert.Equal(
            "Nominated as a main number: it is to be this account's.",
            (string?)first["numbers"]!.AsArray().Single(n => (string?)n!["number"] == place.Number(18))!["reason"]);
        Assert.Equal(2, (int?)(await place.AssignAsync(place.Tenant, "more", 2))["numberCount"]);
        await place.AssignAsync(place.Neighbour, "main", 1);

        Assert.Equal([place.Number(18)], await MainsAsync(place, place.Tenant));
        Assert.Equal([place.Number(19)], await MainsAsync(place, place.Neighbour));
        var none = await place.AssignAsync("acme", "main", 1);
        Assert.Equal(("Partial", 1, "no-nominated-main"), (
            (string?)none["state"], (int?)none["numberCount"], (string?)none["reason"]!["code"]));
        Assert.Empty(await MainsAsync(place, "acme"));
        (await place.AllocateAsync(place.Neighbour, 18)).IsProblem(409, "numbers-refused");
    }

    [Fact]
    public async Task Two_accounts_at_once_do_not_both_get_the_only_one()
    {
        var place = await PlaceAsync(19);
        var accepted = await Task.WhenAll(
            place.ServiceAsync(place.Tenant, "main", 2), place.ServiceAsync(place.Neighbour, "main", 2));

        var ended = new List<JsonObject>();
        foreach (var answer in accepted)
            ended.Add(await place.EndInTimeAsync(answer.Is(202).Id));

        Assert.Equal(["Partial", "Succeeded"], ended.Select(operation => (string)operation["state"]!).Order());
        Assert.Equal([2, 3], ended.Select(operation => (int)operation["numberCount"]!).Order());
        Assert.Equal(
            [place.Number(19)],
            [.. await MainsAsync(place, place.Tenant), .. await MainsAsync(place, place.Neighbour)]);
    }

    [Fact]
    public async Task Where_it_matters_more_nothing_is_given_without_it()
    {
        var place = await PlaceAsync();
        await place.RulesAsync(rules => rules["onNoNominatedMain"] = "Fail");
        var before = place.Rows;

        (await place.ServiceAsync(place.Tenant, "main", 2)).IsProblem(409, "no-nominated-main");

        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task One_that_is_kept_for_the_account_comes_first_and_one_kept_for_another_never()
    {
        var place = await PlaceAsync();
        (await place.ImportAsync(new
        {
            lines = new object[]
            {
                new { numbers = place.Numbers(30), nominated = true, earmark = place.Neighbour },
                new { numbers = place.Numbers(32), nominated = true },
                new { numbers = place.Numbers(34), nominated = true, earmark = place.Tenant },
            },
        })).Is(201);

        await place.AssignAsync(place.Tenant, "main", 1);
        var other = await place.AssignAsync("acme", "main", 1);

        Assert.Equal("Succeeded", (string?)other["state"]);
        Assert.Equal([place.Number(34)], await MainsAsync(place, place.Tenant));
        Assert.Equal([place.Number(32)], await MainsAsync(place, "acme"));
    }

    [Fact]
    public async Task A_main_number_is_no_direct_number()
    {
        var place = await PlaceAsync(19);
        await place.AssignAsync(place.Tenant, "main", 2);
        await place.RulesAsync(rules => rules["maxPerAccount"] = 3);

        (await place.AllocateAsync(new { account = place.Tenant, count = 1 })).Is(201);

        (await place.AllocateAsync(new { account = place.Tenant, count = 1 })).IsProblem(409, "account-full");
        Assert.Equal(4, (await place.HasAsync(place.Tenant)).Count());
    }

    [Fact]
    public async Task Where_the_site_lets_it_the_first_service_nominates_a_number_and_a_preview_shows_which()
    {
        var place = await PlaceAsync();
        await place.RulesAsync(rules => rules["mainNomination"] = "AutomaticOnFirstService");
        var shown = (await world.App.PostAsync(
            $"sites/{place.Site}/accounts/{place.Tenant}/voice-services/main/preview", place.Admin,
            new { code = "voice", quantity = 2 })).Is(200);
        Assert.Equal(
            place.Numbers(0, 1, 2), shown.Body["numbers"]!.AsArray().Select(number => (string)number!["number"]!));

        var first = await place.AssignAsync(
            place.Tenant, "main", new { code = "voice", quantity = 2, preview = (string)shown.Body["token"]! });

        Assert.Equal(("Succeeded", 3), ((string?)first["state"], (int?)first["numberCount"]));
        Assert.Equal([place.Number(2)], await MainsAsync(place, place.Tenant));
        var told = place.App.History.Rows.Single(row => row.RowKey.Contains(
            $"|{OperationId.Parse((string)first["id"]!).Hash}~", StringComparison.Ordinal));
        Assert.Equal(
            [
                (NumberState.Available, NumberState.Available, NumberRole.NominatedMain),
                (NumberState.Available, NumberState.Reserved, NumberRole.NominatedMain),
            ],
            MoveText.Read(told).Where(move => move.Numbers.Contains(E164.Parse(place.Number(2))))
                .Select(move => ((NumberState)move.Way.From!, move.Way.To, (NumberRole)move.Way.Role!)));
    }

    static async Task<IEnumerable<string>> MainsAsync(Place place, string account) =>
        (await place.ListAsync($"sites/{place.Site}/accounts/{account}/numbers?role=NominatedMain"))
            .Select(number => (string)number["number"]!);

    /// <summary>A site of twenty numbers, these of them nominated, whose service needs a main number.</summary>
    async Task<Place> PlaceAsync(params int[] nominated)
    {
        var place = await world.PlaceAsync(numbers: 0);
        await place.RulesAsync(rules => rules["services"]![0]!["needsMain"] = true);
        foreach (var offsets in Enumerable.Range(0, 20).GroupBy(nominated.Contains))
        {
            (await place.ImportAsync(new
            {
                lines = new[] { new { numbers = place.Numbers([.. offsets]), nominated = offsets.Key } },
            })).Is(201);
        }

        return place;
    }
}
