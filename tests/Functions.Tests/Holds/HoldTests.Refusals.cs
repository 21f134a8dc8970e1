using Telephony.Domain.Access;

namespace Telephony.Functions.Tests.Holds;

public sealed partial class HoldTests
{
    [Theory]
    [InlineData("""{"account":"{a}","name":"x","until":"2026-04-01T00:00:00Z","count":101}""", 400, "count")]
    [InlineData("""{"account":"{a}","name":"x","until":"2026-04-01T00:00:00Z"}""", 400, "numbers")]
    [InlineData("""{"account":"{a}","name":"  ","until":"2026-04-01T00:00:00Z","count":1}""", 400, "name")]
    [InlineData("""{"account":"nobody","name":"x","until":"2026-04-01T00:00:00Z","count":1}""", 400, "account")]
    [InlineData("""{"account":"{a}","name":"x","until":"2026-03-01T00:00:00Z","count":1}""", 409, "until")]
    [InlineData("""{"account":"{a}","name":"x","until":"2030-01-01T00:00:00Z","count":1}""", 409, "until")]
    public async Task What_cannot_be_held_is_refused_by_field_and_changes_nothing(string body, int status, string field)
    {
        var place = await world.PlaceAsync(5);
        var before = place.Rows;

        var answer = await world.App.PostAsync(
            $"sites/{place.Site}/holds", place.Admin, body.Replace("{a}", place.Tenant, StringComparison.Ordinal));

        Assert.Equal((status, field), (answer.Status, answer.Fields.First()));
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task An_account_that_is_not_at_the_site_and_a_site_out_of_care_hold_nothing()
    {
        var place = await world.PlaceAsync(5);
        (await HoldAsync(place, new { count = 1 }, account: place.Stranger)).IsProblem(409, "account-not-at-site");
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);
        (await HoldAsync(place, new { count = 1 })).IsProblem(409, "site-not-managed");
    }

    [Fact]
    public async Task Names_are_not_for_occupiers()
    {
        var place = await world.PlaceAsync(5);
        var token = world.App.Token(Role.OccupierAdmin, "acme", place.Tenant);

        (await world.App.GetAsync($"sites/{place.Site}/holds", token)).IsProblem(403, "forbidden");
    }
}
