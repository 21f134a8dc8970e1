using System.Globalization;
using System.Text.Json.Nodes;

namespace Telephony.Functions.Tests.Rules;

/// <summary>Versions of a site's rules over HTTP: what is in force when, who wrote what, who comes too late.</summary>
public sealed class RulesVersionsTests(World world) : IClassFixture<World>
{
    DateTimeOffset Now => world.App.Clock.GetUtcNow();

    [Fact]
    public async Task A_site_begins_with_the_defaults_and_the_first_version_is_created()
    {
        var place = await world.PlaceAsync(numbers: 0, withRules: false);
        var defaults = (await world.App.GetAsync($"sites/{place.Site}/rules", place.Admin)).Is(200);
        Assert.Equal((0, null, null), ((int)defaults.Body["version"]!, defaults.ETag, defaults.Body["effectiveFrom"]));
        Assert.Empty(defaults.Body["scheduled"]!.AsArray());
        var zero = (await world.App.GetAsync($"sites/{place.Site}/rules/versions/0", place.Admin)).Is(200);
        Assert.Equal(("InForce", null), ((string?)zero.Body["state"], zero.Body["writtenBy"]));
        Assert.Empty((await world.App.GetAsync($"sites/{place.Site}/rules/versions", place.Admin)).Is(200).Items);

        var first = (await PutAsync(place, keep: 1)).Is(201);
        Assert.Equal((1, Now), ((int)first.Body["version"]!, Time(first.Body["effectiveFrom"])));
        zero = (await world.App.GetAsync($"sites/{place.Site}/rules/versions/0", place.Admin)).Is(200);
        Assert.Equal("Past", (string?)zero.Body["state"]);
    }

    [Fact]
    public async Task Of_two_changes_from_the_same_reading_the_second_is_412()
    {
        var place = await world.PlaceAsync(numbers: 0, withRules: false);
        await PutAsync(place, keep: 1);
        var (body, etag) = await place.ReadRulesAsync();
        JsonObject other = body.DeepClone().AsObject();
        (body["keepForOperator"], other["keepForOperator"]) = (2, 3);
        other["effectiveFrom"] = Now.AddHours(1);

        var answers = await Task.WhenAll(place.PutRulesAsync(body, etag), place.PutRulesAsync(other, etag));

        Assert.Equal([200, 412], answers.Select(answer => answer.Status).Order());
        Assert.Equal(2, (await ListAsync(place)).Count);
        // A version that is yet to come is a change of the rules, too.
        await PutAsync(place, keep: 4, hours: 2);
        (await place.PutRulesAsync(body, answers.Single(answer => answer.Status == 200).ETag))
            .IsProblem(412, "precondition-failed");
    }

    [Fact]
    public async Task A_scheduled_version_decides_from_its_time_on_and_each_allocation_says_by_which_it_was_decided()
    {
        var place = await world.PlaceAsync(withRules: false);
        await PutAsync(place, keep: 1, also: World.PlainRules);
        var (body, etag) = await place.ReadRulesAsync();
        body["services"]![0]!["numbersPerUnit"] = 3;
        body["effectiveFrom"] = Now.AddHours(1);
        var scheduled = (await place.PutRulesAsync(body, etag)).Is(200);
        Assert.Equal((1, 2), ((int)scheduled.Body["version"]!, (int)scheduled.Body["scheduled"]![0]!["version"]!));
        Assert.Equal(Now.AddHours(1), Time(scheduled.Body["scheduled"]![0]!["effectiveFrom"]));

        world.App.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        await place.AssignAsync(place.Tenant, "main", 1);
        world.App.Clock.Advance(TimeSpan.FromTicks(1));
        await place.AssignAsync(place.Neighbour, "main", 1);

        Assert.Single(await place.HasAsync(place.Tenant));
        Assert.Equal(3, (await place.HasAsync(place.Neighbour)).Count());
        Assert.Equal([(place.Tenant, 1), (place.Neighbour, 2)], Decided(place).OrderBy(decided => decided.Version));
        var now = (await world.App.GetAsync($"sites/{place.Site}/rules", place.Admin)).Is(200);
        Assert.Equal((2, 0), ((int)now.Body["version"]!, now.Body["scheduled"]!.AsArray().Count));
        Assert.Equal(scheduled.ETag, now.ETag);
    }

    [Fact]
    public async Task The_list_says_of_each_version_who_wrote_it_what_it_changed_and_what_became_of_it()
    {
        var place = await world.PlaceAsync(numbers: 0, withRules: false);
        var start = Now;
        await PutAsync(place, keep: 1);
        await PutAsync(place, keep: 2, hours: 5);
        await PutAsync(place, keep: 3, hours: 4, also: body => body["policies"]!["operatorAdminEditsRules"] = true);
        world.App.Clock.Advance(TimeSpan.FromHours(4));
        await PutAsync(place, keep: 4, hours: 1, token: place.Admin);

        var list = await ListAsync(place);
        Assert.Equal(
            [(4, "Scheduled", 3, null), (3, "InForce", 1, null), (2, "Replaced", 1, 3), (1, "Past", 0, null)],
            list.Select(version => (
                (int)version["version"]!, (string)version["state"]!, (int)version["follows"]!,
                (int?)version["replacedBy"])));
        Assert.Equal(["keepForOperator", "policies.operatorAdminEditsRules"],
            list[1]["changed"]!.AsArray().Select(field => (string?)field));
        Assert.Equal(("olga", "OperatorAdmin", start.AddHours(4)), Writing(list[0]));
        Assert.Equal(("paula", "Platform", start), Writing(list[3]));
        Assert.All(list, version => Assert.Null(version["rules"]));

        var second = (await world.App.GetAsync($"sites/{place.Site}/rules/versions/2", place.Admin)).Is(200).Body;
        Assert.Equal(("Replaced", 2), ((string?)second["state"], (int?)second["rules"]!["keepForOperator"]));
        for (var top = 1; top <= 5; top++)
            Assert.Equal([4, 3, 2, 1], (await ListAsync(place, top)).Select(version => (int)version["version"]!));
    }

    [Fact]
    public async Task What_will_be_so_anyhow_is_answered_and_sending_what_is_in_force_cancels_what_is_to_come()
    {
        var place = await world.PlaceAsync(numbers: 0, withRules: false);
        await PutAsync(place, keep: 1);
        var (body, etag) = await place.ReadRulesAsync();
        var later = body.DeepClone().AsObject();
        (later["keepForOperator"], later["effectiveFrom"]) = (2, Now.AddDays(1));
        var scheduled = (await place.PutRulesAsync(later, etag)).Is(200);

        var again = (await place.PutRulesAsync(later, etag)).Is(200);
        Assert.Equal((scheduled.ETag, scheduled.Body.ToJsonString()), (again.ETag, again.Body.ToJsonString()));

        var cancelled = (await place.PutRulesAsync(body, scheduled.ETag)).Is(200);
        Assert.Empty(cancelled.Body["scheduled"]!.AsArray());
        Assert.Equal((3, 1), ((int)cancelled.Body["version"]!, (int)cancelled.Body["keepForOperator"]!));
        Assert.Equal(["InForce", "Replaced", "Past"], (await ListAsync(place)).Select(v => (string?)v["state"]));
    }

    [Fact]
    public async Task Ten_versions_wait_for_their_time_and_the_refusal_of_one_more_says_how_to_go_on()
    {
        var place = await world.PlaceAsync(numbers: 0, withRules: false);
        await PutAsync(place, keep: 0, also: body => body["nearExisting"] = false);
        for (var hour = 1; hour <= 10; hour++)
            (await PutAsync(place, keep: hour, hours: hour)).Is(200);

        var refused = await PutAsync(place, keep: 11, hours: 11);
        refused.IsProblem(409, "too-many-scheduled");
        Assert.Contains("earlier time", (string?)refused.Body["detail"], StringComparison.Ordinal);
        (await PutAsync(place, keep: 11, hours: 10)).Is(200);
        (await PutAsync(place, keep: 12, hours: 1)).Is(200);
        Assert.Equal(10, (await ListAsync(place)).Count(version => (string?)version["state"] == "Replaced") - 1);
    }

    [Theory]
    [InlineData("versions/13", 404)]
    [InlineData("versions/-1", 404)]
    [InlineData("versions/+1", 404)]
    [InlineData("versions/99999999999", 404)]
    [InlineData("versions/one", 404)]
    [InlineData("versions?after=MQ", 200)]
    [InlineData("versions?after=LTE", 400)]
    [InlineData("versions?after=eA", 400)]
    public async Task A_version_that_is_no_version_is_not_there(string path, int status)
    {
        var place = await world.PlaceAsync(numbers: 0, withRules: false);
        await PutAsync(place, keep: 1);
        (await world.App.GetAsync($"sites/{place.Site}/rules/{path}", place.Admin)).Is(status);
    }

    async Task<Answer> PutAsync(
        Place place, int keep, int? hours = null, string? token = null, Action<JsonObject>? also = null)
    {
        var (body, etag) = await place.ReadRulesAsync();
        body["keepForOperator"] = keep;
        if (hours is { } later)
            body["effectiveFrom"] = Now.AddHours(later);
        also?.Invoke(body);
        return await place.PutRulesAsync(body, etag, token);
    }

    Task<List<JsonNode>> ListAsync(Place place, int top = 1000) =>
        place.ListAsync($"sites/{place.Site}/rules/versions", top: top);

    /// <summary>The rules that each change of numbers was decided by, as they are stored with it.</summary>
    IEnumerable<(string Account, int Version)> Decided(Place place) => world.App.History.Rows
        .Where(row => row.PartitionKey.StartsWith($"{place.Site}|", StringComparison.Ordinal))
        .Where(row => row.ContainsKey("Account"))
        .Select(row => (row.GetString("Account"), row.GetInt32("RulesVersion")!.Value));

    static (string?, string?, DateTimeOffset) Writing(JsonNode version) =>
        ((string?)version["writtenBy"], (string?)version["writerRole"], Time(version["writtenAt"]));

    static DateTimeOffset Time(JsonNode? text) =>
        DateTimeOffset.Parse((string)text!, CultureInfo.InvariantCulture);
}
