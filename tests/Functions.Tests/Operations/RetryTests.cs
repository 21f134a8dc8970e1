using System.Text.Json.Nodes;
using Telephony.Domain.Access;
using Telephony.Functions.Storage;
using Telephony.Functions.Tests.Assignment;
using Telephony.Functions.Tests.Settings;

namespace Telephony.Functions.Tests.Operations;

/// <summary>What an occupier's people asked for, nobody else does again.</summary>
public sealed class RetryTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task What_is_left_of_an_occupiers_assignments_its_people_send_again()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await place.PolicyAsync("occupierAdminAssigns");
        world.App.Clock.Advance(SitePartition.AgeMax);

        var theirs = await EndedAsync(place, "assignments", Wishes(0, 5), place.As(Role.OccupierAdmin));

        Assert.Equal("some-not-assigned", (string?)theirs["reason"]!["code"]);
        Assert.DoesNotContain("retry", (string?)theirs["reason"]!["text"], StringComparison.Ordinal);
        Assert.Contains("new Idempotency-Key", (string?)theirs["reason"]!["text"], StringComparison.Ordinal);
        await IsTheirsAsync(place, theirs);
        var operators = await EndedAsync(place, "assignments", Wishes(1, 6), place.Admin);
        Assert.Contains("then retry", (string?)operators["reason"]!["text"], StringComparison.Ordinal);

        object Wishes(params int[] numbers) =>
            new { assignments = numbers.Select(n => new { number = place.Number(n), user = desks.Ada }) };
    }

    [Fact]
    public async Task What_is_left_of_an_occupiers_settings_its_people_send_again()
    {
        var place = await world.ServedAsync(2);
        await place.PolicyAsync("occupierAdminEditsSettings");
        world.App.Clock.Advance(SitePartition.AgeMax);

        await IsTheirsAsync(place, await EndedAsync(
            place, "settings",
            new { numbers = place.Numbers(0, 3), settings = new { doNotDisturb = new { on = true } } },
            place.As(Role.OccupierAdmin)));
    }

    static async Task<JsonObject> EndedAsync(Place place, string what, object body, string token)
    {
        var accepted = (await place.App.PostAsync($"sites/{place.Site}/{what}", token, body)).Is(202);
        var ended = await place.EndInTimeAsync(accepted.Id);
        Assert.Equal("Partial", (string?)ended["state"]);
        return ended;
    }

    static async Task IsTheirsAsync(Place place, JsonObject ended)
    {
        var refused = await place.App.PostAsync($"operations/{(string?)ended["id"]}/retry", place.Admin, new { });
        refused.IsProblem(403, "forbidden");
        var words = (string?)refused.Body["detail"];
        Assert.Contains("An occupier's people started", words, StringComparison.Ordinal);
        Assert.Contains("new Idempotency-Key", words, StringComparison.Ordinal);
    }
}
