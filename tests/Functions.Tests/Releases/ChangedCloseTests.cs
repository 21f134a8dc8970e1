using Telephony.Functions.Tests.Assignment;
using Telephony.Functions.Tests.VoiceServices;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Releases;

/// <summary>A close that was accepted, and by its first step is not what its caller was shown.</summary>
public sealed class ChangedCloseTests(AzuriteFixture azurite) : IAsyncLifetime
{
    TestApp app = null!;
    InterruptibleTable table = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(azurite, wrapSites: sites => table = new(sites));
        await World.OpenAsync(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Nobody_loses_a_number_by_a_close_whose_preview_no_longer_holds()
    {
        var place = await World.PlaceAsync(app, 1, 20);
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Ada });
        var close = $"sites/{place.Site}/accounts/{place.Tenant}/close";
        var preview = (await app.PostAsync($"{close}/preview", place.Admin, new { }, key: "")).Is(200);
        var isChanged = false;
        table.Before = async changes =>
        {
            if (isChanged || !InterruptibleTable.Accepts(changes))
                return;
            isChanged = true;
            (await place.AllocateAsync(place.Tenant, 9)).Is(201);
        };

        var accepted = await app.PostAsync(close, place.Admin, new { preview = (string)preview.Body["token"]! });
        var ended = await place.EndInTimeAsync(accepted.Is(202).Id);

        Assert.True(isChanged);
        Assert.Equal(
            ("Refused", "preview-stale"), ((string?)ended["state"], (string?)ended["reason"]?["code"]));
        Assert.Equal(desks.Ada, (string?)(await desks.ReadAsync(0)).Is(200).Body["user"]);
    }
}
