using Telephony.Functions.Tests.VoiceServices;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Groups;

/// <summary>Two configurations that are each right, and together send a call round and round.</summary>
public sealed class RacingConfigurationTests(AzuriteFixture azurite) : IAsyncLifetime
{
    TestApp app = null!;
    InterruptibleTable table = null!;
    Place place = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(azurite, wrapSites: sites => table = new(sites));
        await World.OpenAsync(app);
        place = await World.PlaceAsync(app, 1, 20);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_later_of_two_that_close_a_loop_is_refused_however_close_they_come()
    {
        await place.RulesAsync(rules => rules["mainActivation"] = "OnRequest");
        foreach (var account in new[] { place.Tenant, place.Neighbour })
            await place.AssignAsync(account, "main", 1);
        await place.PutMainInServiceAsync(15);
        await place.PutMainInServiceAsync(16, place.Neighbour);
        var between = 0;
        table.Before = async changes =>
        {
            if (changes.Any(change => change.Row.RowKey == $"M|{place.Tenant}") && between++ == 0)
            {
                (await place.ConfigureAsync(new
                {
                    ifBusy = new { kind = "Forward", number = place.Number(15) },
                }, account: place.Neighbour)).Is(200);
            }
        };

        var refused = await place.ConfigureAsync(new
        {
            ifBusy = new { kind = "Forward", number = place.Number(16) },
        });

        refused.IsProblem(400, "invalid");
        var error = Assert.Single(refused.Body["errors"]!.AsArray())!;
        Assert.Equal(("ifBusy", "loop"), ((string?)error["field"], (string?)error["code"]));
        Assert.Equal(1, between);
        Assert.Null((await place.ReadConfigurationAsync()).ETag);
    }
}
