using Telephony.Functions.Tests.Assignment;
using Telephony.Functions.Tests.VoiceServices;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Releases;

/// <summary>A rule comes into the way of a close that has begun.</summary>
public sealed class RefusedCloseTests(AzuriteFixture azurite) : IAsyncLifetime
{
    TestApp app = null!;
    InterruptibleTable sites = null!;
    Place place = null!;
    Desks desks = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(azurite, wrapSites: table => sites = new(table));
        await World.OpenAsync(app);
        place = await World.PlaceAsync(app, 1, 20);
        desks = await Desks.AtAsync(place);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task After_people_lost_their_numbers_it_ended_in_part_and_says_why()
    {
        await desks.AssignAsync(0, new { user = desks.Ada });
        var isOut = false;
        sites.Before = async changes =>
        {
            if (isOut || !InterruptibleTable.Takes(changes))
                return;
            isOut = true;
            await place.RulesAsync(rules => rules["managedByPlatform"] = false);
            throw new IOException("Lost, so that it looks again.");
        };

        var closed = await desks.EndAsync((await app.PostAsync(
            $"sites/{place.Site}/accounts/{place.Tenant}/close", place.Admin, new { })).Is(202));

        Assert.Equal(
            ("Partial", "site-not-managed", 1),
            ((string?)closed["state"], (string?)closed["reason"]!["code"], (int?)closed["numberCount"]));
        Assert.Equal(
            ["unassign-1", "close"], closed["steps"]!.AsArray().Select(step => (string?)step!["name"]));
        (await desks.ReadAsync(0)).IsProblem(404, "not-found");
    }
}
