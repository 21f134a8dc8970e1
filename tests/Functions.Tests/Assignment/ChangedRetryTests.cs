using Telephony.Functions.Tests.VoiceServices;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Assignment;

/// <summary>A retry of an assignment to a number that somebody else assigned since.</summary>
public sealed class ChangedRetryTests(AzuriteFixture azurite) : IAsyncLifetime
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
    public async Task A_retry_does_not_take_a_number_from_who_got_it_since()
    {
        var place = await World.PlaceAsync(app, 1, 20);
        var desks = await Desks.AtAsync(place);
        var isBusy = false;
        table.Before = async changes =>
        {
            if (isBusy || !InterruptibleTable.Accepts(changes))
                return;
            isBusy = true;
            await desks.AssignAsync(1, new { handset = desks.Furniture.Phone(1) });
        };
        var first = await desks.AssignAsync(0, new { user = desks.Ada, handset = desks.Furniture.Phone(1) });
        Assert.Equal(("Refused", "handset-busy"), ((string?)first["state"], (string?)first["reason"]!["code"]));
        (await desks.HandsetAsync(1, "unassign", new { })).Is(201);
        await desks.AssignAsync(0, new { user = desks.Amir });

        var retry = await app.PostAsync($"operations/{(string?)first["id"]}/retry", place.Admin, new { });
        var ended = await desks.EndAsync(retry.Is(202));

        Assert.Equal(
            ("Refused", "precondition-failed"), ((string?)ended["state"], (string?)ended["reason"]?["code"]));
        Assert.Equal(desks.Amir, (string?)(await desks.ReadAsync(0)).Is(200).Body["user"]);
    }
}
