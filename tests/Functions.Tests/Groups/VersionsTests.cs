using System.Text.Json.Nodes;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Functions.Storage;
using Telephony.Functions.Tests.Settings;

namespace Telephony.Functions.Tests.Groups;

/// <summary>What was configured before, for a main number and for a site's schedule, and by whom.</summary>
public sealed class VersionsTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Every_version_of_a_configuration_is_kept_with_who_wrote_it()
    {
        var place = await world.PlaceAsync();
        var path = $"{place.MainPath()}/configuration";
        var first = await PutAsync(place, path, place.Admin, new { displayName = "One" });
        await PutAsync(place, path, place.Platform, new { displayName = "Two" });

        var versions = await place.ListAsync($"{path}/versions", top: 1);

        Assert.Equal([(2, "paula", "Platform"), (1, "olga", "OperatorAdmin")], versions.Select(Writer));
        Assert.Equal(first.Id, (string?)versions[1]["operation"]);
        Assert.Equal(App.Clock.GetUtcNow(), (DateTimeOffset)versions[1]["writtenAt"]!);
        await ReadAsync(
            place, path, read => (string?)read["displayName"], (0, null), (1, "One"), (2, "Two"));
    }

    [Fact]
    public async Task Every_version_of_a_schedule_is_kept_with_who_wrote_it()
    {
        var place = await world.PlaceAsync();
        var path = $"sites/{place.Site}/schedule";
        Assert.Empty(await place.ListAsync($"{path}/versions"));
        var first = await PutAsync(place, path, place.Admin, On("One"));
        await PutAsync(place, path, place.Platform, On("Two"));
        (await place.ConfigureAsync(new { displayName = "Another" })).Is(200);

        var versions = await place.ListAsync($"{path}/versions", top: 1);

        Assert.Equal([(2, "paula", "Platform"), (1, "olga", "OperatorAdmin")], versions.Select(Writer));
        Assert.Equal(first.Id, (string?)versions[1]["operation"]);
        await ReadAsync(
            place, path, read => (string?)read["holidays"]!.AsArray().FirstOrDefault()?["name"],
            (0, null), (1, "One"), (2, "Two"));

        static object On(string name) => new { holidays = new[] { new { name, firstDay = "2026-03-02" } } };
    }

    [Fact]
    public async Task Whoever_wrote_a_version_before_that_was_kept_is_not_named()
    {
        var place = await world.PlaceAsync();
        (await place.ConfigureAsync(new { displayName = "One" })).Is(200);
        var (sites, ct) = (place.App.Sites, TestContext.Current.CancellationToken);
        var row = (await sites.FindAsync(
            place.Site, SiteKeys.FeaturesVersion(Id<Domain.Directory.Account>.Parse(place.Tenant), 1), ct))!;
        row.Remove("User");
        row.Remove("Role");
        Assert.IsType<CommitResult.Committed>(
            await sites.CommitAsync(place.Site, [new RowChange.Replace(row)], ct));

        var version = Assert.Single(await place.ListAsync($"{place.MainPath()}/configuration/versions"));

        Assert.Equal(
            ["operation", "version", "writtenAt"], version.AsObject().Select(member => member.Key).Order());
    }

    [Fact]
    public async Task An_occupier_does_not_see_who_of_the_operator_wrote_what()
    {
        var place = await world.PlaceAsync();
        await PutAsync(place, $"sites/{place.Site}/schedule", place.Admin, new { });
        (await place.ConfigureAsync(new { displayName = "One" })).Is(200);
        var admin = place.As(Role.OccupierAdmin);

        var own = Assert.Single(await place.ListAsync($"{place.MainPath()}/configuration/versions", admin));
        var sites = Assert.Single(await place.ListAsync($"sites/{place.Site}/schedule/versions", admin));

        Assert.Equal(["operation", "version", "writtenAt"], own.AsObject().Select(member => member.Key).Order());
        Assert.Equal(["version", "writtenAt"], sites.AsObject().Select(member => member.Key).Order());
        (await App.GetAsync($"sites/{place.Site}/schedule/versions/1", admin)).Is(200);
        (await App.GetAsync($"{place.MainPath(place.Neighbour)}/configuration/versions", admin))
            .IsProblem(404, "not-found");
    }

    TestApp App => world.App;

    async Task<Answer> PutAsync(Place place, string path, string token, object body)
    {
        var etag = (await App.GetAsync(path, place.Admin)).Is(200).ETag;
        return (await App.PutAsync(path, token, body, etag, App.NewKey())).Is(200);
    }

    async Task ReadAsync(
        Place place, string path, Func<JsonObject, string?> said, params (int Version, string? Says)[] versions)
    {
        foreach (var (version, says) in versions)
            Assert.Equal(says, said((await App.GetAsync($"{path}/versions/{version}", place.Admin)).Is(200).Body));
        foreach (var none in new[] { "3", "-1", "one" })
            (await App.GetAsync($"{path}/versions/{none}", place.Admin)).IsProblem(404, "not-found");
    }

    static (int, string?, string?) Writer(JsonNode version) =>
        ((int)version["version"]!, (string?)version["requestedBy"], (string?)version["requesterRole"]);
}
