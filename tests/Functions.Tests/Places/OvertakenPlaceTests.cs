using Telephony.Domain;
using Telephony.Domain.Places;
using Telephony.Functions.Storage;
using Telephony.Functions.Tests.VoiceServices;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Places;

/// <summary>Somebody moves a handset while another request has read it and not yet what it stands on, or so.</summary>
public sealed class OvertakenPlaceTests(AzuriteFixture azurite) : IAsyncLifetime
{
    TestApp app = null!;
    InterruptibleTable sites = null!;
    Furniture at = null!;

    string Handset => $"handsets/{at.Phone(1)}";

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(azurite, wrapSites: table => sites = new(table));
        await World.OpenAsync(app);
        at = new(await World.PlaceAsync(app, 1, 0));
        await at.FurnishAsync();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Whoever_moves_a_handset_from_a_space_that_goes_meanwhile_learns_that_it_has_changed()
    {
        await CreateSpaceAsync();
        (await at.PutAsync(Handset, new { space = "x" })).Is(201);
        var seen = (await at.GetAsync(Handset)).ETag!;
        sites.BeforeFind = InterruptibleTable.Once(
            key => key == SiteKeys.Place(Space.RefOf(Id<Space>.Parse("x"))), async () =>
            {
                (await at.PutAsync(Handset, new { }, seen)).Is(200);
                (await at.DeleteAsync("spaces/x")).Is(204);
            });

        (await at.PutAsync(Handset, new { space = "sofa" }, seen)).IsProblem(412, "precondition-failed");
    }

    [Fact]
    public async Task An_import_takes_a_handset_from_a_space_that_came_while_it_read_the_site()
    {
        (await at.PutAsync(Handset, new { space = "a" })).Is(201);
        sites.BeforeRange = InterruptibleTable.Once(
            key => key == SiteKeys.PlacesFrom(PlaceKind.Handset), async () =>
            {
                await CreateSpaceAsync();
                (await at.ChangeAsync(Handset, new { space = "x" })).Is(200);
            });

        var body = new { handsets = new[] { new { mac = at.Phone(1), space = "sofa" } } };
        Assert.Equal(1, (int?)(await at.ImportAsync(body)).Is(200).Body["changed"]);

        Assert.Equal("sofa", (string?)(await at.GetAsync(Handset)).Body["space"]);
        (await at.DeleteAsync("spaces/x")).Is(204);
    }

    async Task CreateSpaceAsync() =>
        (await at.PutAsync("spaces/x", new { kind = "SharedArea", floor = "2", label = "X" })).Is(201);
}
