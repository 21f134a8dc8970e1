using Telephony.Functions.Tests.Settings;
using Telephony.Functions.Tests.VoiceServices;
using Telephony.Testing;
using static Telephony.Functions.Tests.Settings.SettingsDesk;

namespace Telephony.Functions.Tests.Groups;

/// <summary>Two changes that are each right, and together send a call round and round.</summary>
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

        var refused = await InTimeAsync(place.ConfigureAsync(new
        {
            ifBusy = new { kind = "Forward", number = place.Number(16) },
        }));

        refused.IsProblem(400, "invalid");
        var error = Assert.Single(refused.Body["errors"]!.AsArray())!;
        Assert.Equal(("ifBusy", "loop"), ((string?)error["field"], (string?)error["code"]));
        Assert.Equal(1, between);
        Assert.Null((await place.ReadConfigurationAsync()).ETag);
    }

    [Fact]
    public async Task A_configuration_meets_a_setting_that_is_written_at_the_same_time()
    {
        await ServeAsync();
        var between = 0;
        table.Before = async changes =>
        {
            if (changes.Any(change => change.Row.RowKey == $"M|{place.Tenant}") && between++ == 0)
                (await place.SetAsync(place.Number(3), ForwardTo(place.Number(15)))).Is(200);
        };

        var refused = await InTimeAsync(place.ConfigureAsync(Busy));

        refused.IsProblem(400, "invalid");
        Assert.Equal(("ifBusy", "loop"), Assert.Single(FieldsOf(refused)));
        Assert.Equal(1, between);
        Assert.Null((await place.ReadConfigurationAsync()).ETag);
    }

    [Fact]
    public async Task A_setting_meets_a_configuration_that_is_written_at_the_same_time()
    {
        await ServeAsync();
        var between = 0;
        table.Before = async changes =>
        {
            if (changes.Any(change => change.Row.RowKey.StartsWith("N|", StringComparison.Ordinal)) && between++ == 0)
                (await place.ConfigureAsync(Busy)).Is(200);
        };

        var refused = await InTimeAsync(place.SetAsync(place.Number(3), ForwardTo(place.Number(15))));

        refused.IsProblem(409, "settings-refused");
        Assert.Equal(("forwarding.always.number", "call-loop"), Assert.Single(FieldsOf(refused)));
        Assert.Equal(1, between);
    }

    /// <summary>Before it looks again it pauses, by the clock.</summary>
    async Task<Answer> InTimeAsync(Task<Answer> asked)
    {
        await app.AdvanceUntilAsync(() => asked.IsCompleted);
        return await asked;
    }

    object Busy => new { ifBusy = new { kind = "Forward", number = place.Number(3) } };

    /// <summary>The tenant has main number 15, and 3 in service.</summary>
    async Task ServeAsync()
    {
        await place.RulesAsync(rules => rules["mainActivation"] = "OnRequest");
        await place.AssignAsync(place.Tenant, "lines", 1);
        await place.BringIntoServiceAsync(3);
        await place.PutMainInServiceAsync(15);
    }
}
